import { parseFragment } from "parse5"
import { foldLetters } from "./letters.ts"

/** A stretch of the typed text that stands for `text`. */
export interface Piece {
  start: number
  end: number
  text: string
}

/** The tags and comments of a text, which stand for nothing. Scanned by hand: an expression takes minutes on a text of "<" alone. */
export function findTags(typed: string): Piece[] {
  const tags: Piece[] = []
  for (let start = typed.indexOf("<"); start >= 0; start = typed.indexOf("<", start)) {
    if (!/[a-z/!?]/i.test(typed.charAt(start + 1))) {
      start++
      continue
    }
    const comment = typed.startsWith("<!--", start)
    const close = typed.indexOf(comment ? "-->" : ">", start + (comment ? 4 : 1))
    // A comment that is not closed swallows the rest; a tag that is not closed is none, and neither is any after it.
    if (close < 0 && !comment) break
    const end = close < 0 ? typed.length : close + (comment ? 3 : 1)
    tags.push({ start, end, text: "" })
    start = end
  }
  return tags
}

const ENTITY = /&(?:#x[0-9a-f]{1,8}|#[0-9]{1,8}|[a-z][a-z0-9]{1,31});?/gi
/** Stands between entities while they are decoded; none of them means it. */
const BETWEEN = "\u0001"

/** "&nbsp;" and "&#50;" */
export function findEntities(typed: string): Piece[] {
  if (!typed.includes("&")) return []
  const found = [...typed.matchAll(ENTITY)]
  const spellings = [...new Set(found.map(([spelling]) => spelling))]
  const fragment = parseFragment(spellings.join(BETWEEN))
  const decoded = fragment.childNodes.map((node) => ("value" in node ? node.value : "")).join("").split(BETWEEN)
  const meaning = new Map(spellings.map((spelling, index) => [spelling, decoded[index] ?? spelling]))
  return found.flatMap(({ 0: spelling, index }) => {
    const text = meaning.get(spelling)!
    if (text === spelling) return []
    return { start: index, end: index + spelling.length, text: foldLetters(text) }
  })
}

/** One letter each: the bytes of a sign together, as they stand in an address. */
const ESCAPE = /%[2-7][0-9a-f]|%c[2-9a-f]%[89ab][0-9a-f]|%d[0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-4](?:%[89ab][0-9a-f]){3}/gi

/** "\\u0041" and "\\x41" of programs. */
const PROGRAM_ESCAPE = /\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,5})\}|x([0-9a-f]{2}))/gi

/** "%20", "%E2%80%91" and "\\u0041" */
export function findEscapes(typed: string): Piece[] {
  return [...findBytes(typed), ...findCodes(typed)]
}

function findCodes(typed: string): Piece[] {
  if (!typed.includes("\\")) return []
  return [...typed.matchAll(PROGRAM_ESCAPE)].map(({ 0: spelling, 1: four, 2: any, 3: two, index }) => {
    const text = foldLetters(String.fromCodePoint(Number.parseInt((four ?? any ?? two)!, 16)))
    return { start: index, end: index + spelling.length, text }
  })
}

function findBytes(typed: string): Piece[] {
  if (!typed.includes("%")) return []
  return [...typed.matchAll(ESCAPE)].flatMap(({ 0: bytes, index }) => {
    const text = Buffer.from(bytes.replaceAll("%", ""), "hex").toString()
    return { start: index, end: index + bytes.length, text: foldLetters(text) }
  })
}
