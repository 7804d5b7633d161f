import { Mark, type Node } from "prosemirror-model"
import { MAX_PASSAGE } from "./attribute-rules.ts"
import { pageSchema } from "./schema.ts"
import { forbiddenCharacter } from "./text-rules.ts"
import type { Warnings } from "./warnings.ts"

/** Text as a document may hold it: composed letters, blanks for tabs and new lines, nothing that can't be kept. */
export function keepable(text: string, line: number, warnings: Warnings): string {
  const plain = text.replace(/[\t\n\r\f\v\u0085\u2028\u2029]/g, " ")
  if (forbiddenCharacter(plain) === null) return plain.normalize("NFC")
  const kept = Array.from(plain, (char) => {
    const found = forbiddenCharacter(char)
    if (found !== null) warnings.add(line, `A character was left out because it can't be kept: ${found}.`)
    return found === null ? char : ""
  })
  return composed(kept.join(""), line, warnings)
}

/** Text with its letters composed (NFC), and with no more accents piled on a letter than a document may hold. */
export function composed(text: string, line: number, warnings: Warnings): string {
  const thinned = text.replace(/(\p{M}{30})\p{M}+/gu, "$1")
  if (thinned.length < text.length) warnings.add(line, "More than 30 accents on one letter were left out.")
  return thinned.normalize("NFC")
}

/** The words for those who can't see a picture, as a figure may hold them. */
export function altText(text: string, line: number, warnings: Warnings): string {
  const alt = keepable(text, line, warnings).replace(/ +/g, " ").trim()
  if (alt.length <= MAX_PASSAGE) return alt
  warnings.add(line, `The description of a picture was cut after ${MAX_PASSAGE} of ${alt.length} characters.`)
  return alt
    .slice(0, MAX_PASSAGE)
    .replace(/[\ud800-\udbff]$/, "")
    .trim()
}

/** Text as a node, or null when nothing of it can be kept. */
export function textNode(
  text: string,
  line: number,
  warnings: Warnings,
  marks: readonly Mark[] = Mark.none,
): Node | null {
  const kept = keepable(text, line, warnings)
  return kept === "" ? null : pageSchema.text(kept, marks)
}
