import { forbiddenCharacter } from "./text-rules.ts"
import type { Warnings } from "./warnings.ts"

/** Text as a document may hold it: composed letters, blanks for tabs and new lines, nothing that can't be kept. */
export function keepable(text: string, line: number, warnings: Warnings): string {
  const composed = text.normalize("NFC").replace(/[\t\n\r\f\v\u0085\u2028\u2029]/g, " ")
  if (forbiddenCharacter(composed) === null) return composed
  const kept = Array.from(composed, (char) => {
    const found = forbiddenCharacter(char)
    if (found !== null) warnings.add(line, `A character was left out because it can't be kept: ${found}.`)
    return found === null ? char : ""
  })
  return kept.join("")
}
