import type { Citation } from "./attributes.ts"
import type { Change, ChangeKind } from "./diff-edits.ts"
import { tokenize } from "./diff-tokens.ts"

type Given = Partial<Change> & Pick<Change, "class" | "description">

/** A change that is not yet in a list: numbered, and given its block, when the list is complete. */
export function newChange(kind: ChangeKind, given: Given): Change {
  const { from = null, to = null, part = null } = given
  const counted = given.class === "text"
  return {
    number: 0,
    kind,
    class: given.class,
    block: null,
    part,
    from,
    to,
    description: given.description,
    added: given.added ?? (counted && to !== null ? countWords(to) : 0),
    removed: given.removed ?? (counted && from !== null ? countWords(from) : 0),
  }
}

const EXCERPT = 100
const plainLine = /^[!-~]*(?: [!-~]+)* ?$/

/** A text as it is named in a sentence: in quotation marks, on one line, shortened to its beginning and end. */
export function quoted(text: string, most = EXCERPT): string {
  if (text.length <= most && plainLine.test(text)) return `“${text.trim()}”`
  const line = (text.length > 4 * most ? text.slice(0, 2 * most) + " … " + text.slice(-most) : text)
    .replace(/\s+/g, " ")
    .trim()
  if (line.length <= most) return `“${line}”`
  const [start, end] = [line.slice(0, (most * 2) / 3), line.slice(-most / 3)]
  return `“${whole(start.replace(/ \S{0,20}$/, ""))} … ${whole(end.replace(/^\S{0,20} /, ""))}”`
}

const oneWord = /^[A-Za-z][A-Za-z0-9]*$/

/** Words as the diff counts them: whole numbers and telephone numbers are one. */
export function countWords(text: string): number {
  if (oneWord.test(text)) return 1
  let count = 0
  for (const kind of tokenize(text).kinds) if (kind === "word") count++
  return count
}

const fieldNames = { source: "source", title: "title", locator: "page or section", quote: "quotation" } as const

/** What differs between two citations, in words: 'page or section “p. 4” → “p. 5”'. */
export function citationFields(from: Citation, to: Citation): string {
  const fields = Object.entries(fieldNames) as [keyof Citation, string][]
  return fields
    .filter(([field]) => from[field] !== to[field])
    .map(([field, name]) => {
      if (!from[field]) return `${name} ${quoted(to[field])} added`
      return to[field]
        ? `${name} ${quoted(from[field])} → ${quoted(to[field])}`
        : `${name} ${quoted(from[field])} removed`
    })
    .join(", ")
}

// Cut between code points: half a character is not text.
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "").trim()
}
