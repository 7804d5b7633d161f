import { parseFragment } from "parse5"

/**
 * A text as it reads to the eye, in plain small letters and digits, with the way back to the text as it was typed:
 * entities decoded, accents, invisible characters and enclosures dropped, digits of every script made 0 to 9, dashes made
 * hyphens, letters drawn like Latin ones made Latin.
 */
export interface Folded {
  text: string
  /** Where the character at `index` of the folded text begins in the text as typed. */
  from(index: number): number
  /** Where it ends there. */
  to(index: number): number
  /** The character as typed that stands behind `index`. */
  typed(index: number): string
}

/**
 * The ways a text may be read: as it stands, and with its tags taken out, because what is markup in one field is plain
 * text in another. A text without tags has one reading.
 */
export function readings(typed: string): Folded[] {
  const plain = fold(typed, [])
  const tags = typed.includes("<") ? findTags(typed) : []
  return tags.length > 0 ? [plain, fold(typed, tags)] : [plain]
}

/** A stretch of the typed text that stands for `text`. */
interface Piece {
  start: number
  end: number
  text: string
}

// Nothing in such a text folds but capital letters, one to one.
const PLAIN = /^[\t\n\r -%'-;=-~]*$/

function fold(typed: string, tags: readonly Piece[]): Folded {
  if (tags.length === 0 && PLAIN.test(typed)) {
    return { text: readDigits(typed.toLowerCase()), from: (at) => at, to: (at) => at + 1, typed: (at) => typed.charAt(at) }
  }
  const starts: number[] = []
  const ends: number[] = []
  let text = ""
  const add = (folded: string, start: number, end: number) => {
    text += folded
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(start)
      ends.push(end)
    }
  }
  const pieces = [...tags, ...findEntities(typed)].sort((a, b) => a.start - b.start)
  let next = 0
  for (let at = 0; at < typed.length; ) {
    while (next < pieces.length && pieces[next]!.start < at) next++
    const piece = pieces[next]
    if (piece?.start === at) {
      for (const letter of piece.text) add(foldLetter(letter), at, piece.end)
      at = piece.end
    } else {
      const letter = String.fromCodePoint(typed.codePointAt(at)!)
      add(foldLetter(letter), at, at + letter.length)
      at += letter.length
    }
  }
  const end = typed.length
  return {
    text: readDigits(text),
    from: (at) => starts[at] ?? end,
    to: (at) => ends[at] ?? end,
    typed: (at) => typed.slice(starts[at] ?? end, ends[at] ?? end),
  }
}

// Scanned by hand: an expression for tags takes minutes on a text of "<" alone.
function findTags(typed: string): Piece[] {
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

function findEntities(typed: string): Piece[] {
  if (!typed.includes("&")) return []
  const found = [...typed.matchAll(ENTITY)]
  const spellings = [...new Set(found.map(([spelling]) => spelling))]
  const fragment = parseFragment(spellings.join(BETWEEN))
  const decoded = fragment.childNodes.map((node) => ("value" in node ? node.value : "")).join("").split(BETWEEN)
  const meaning = new Map(spellings.map((spelling, index) => [spelling, decoded[index] ?? spelling]))
  return found.flatMap(({ 0: spelling, index }) => {
    const text = meaning.get(spelling)!
    return text === spelling ? [] : { start: index, end: index + spelling.length, text }
  })
}

const known = new Map<string, string>()
/** Letters remembered at a time: more than a page of any language has. */
const MOST_KNOWN = 5_000

const MOST_PARTS = 6

function foldLetter(letter: string): string {
  if (letter <= "\u007f") return letter.toLowerCase()
  let folded = known.get(letter)
  if (folded === undefined) {
    folded = foldUnknown(letter)
    if (known.size < MOST_KNOWN) known.set(letter, folded)
  }
  return folded
}

function foldUnknown(letter: string): string {
  const number = numberInside(letter)
  if (number !== null) return number
  const parts = letter.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\p{M}\p{Cf}\p{Cc}\u115f\u1160\u3164]/gu, "")
  // Whole phrases in one sign spell no number, and would make a long text eighteen times longer.
  return parts.length > MOST_PARTS ? " " : [...parts].map(foldPart).join("")
}

function foldPart(part: string): string {
  if (/\p{Nd}/u.test(part)) return digitValue(part)
  if (/\s/u.test(part)) return part === "\n" ? "\n" : " "
  if (/[\p{Pd}\u2212\u02d7\u2043]/u.test(part)) return "-"
  if (/[\u2018\u2019\u02bc\u02b9]/u.test(part)) return "'"
  return LOOK_ALIKE[part] ?? part
}

// Every script's digits stand together from 0 to 9, those of mathematics, five sets in a row, excepted: NFKD reads them.
function digitValue(digit: string): string {
  const code = digit.codePointAt(0)!
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

/** Numbers in dark circles, which NFKD leaves alone: the first code of each set, and the number it means. */
const CIRCLED = [
  [0x2776, 1, 10],
  [0x2780, 1, 10],
  [0x278a, 1, 10],
  [0x24eb, 11, 10],
  [0x24f5, 1, 10],
  [0x24ff, 0, 1],
] as const

function numberInside(letter: string): string | null {
  const code = letter.codePointAt(0)!
  const set = CIRCLED.find(([first, , count]) => code >= first && code < first + count)
  return set ? String(code - set[0] + set[1]) : null
}

/** Letters drawn like Latin ones, in small letters (after Unicode TS 39, those that can spell what is searched for). */
const LOOK_ALIKE: Record<string, string> = {
  а: "a", в: "b", е: "e", ё: "e", ѕ: "s", і: "i", ї: "i", ј: "j", к: "k", м: "m", н: "h", о: "o", р: "p", с: "c", т: "t", у: "y", х: "x",
  ԁ: "d", ԛ: "q", ԝ: "w", һ: "h", ӏ: "l", з: "3", б: "6", α: "a", β: "b", ε: "e", η: "n", ι: "i", κ: "k", ν: "v", ο: "o", ρ: "p", τ: "t",
  υ: "u", χ: "x", λ: "a", ɑ: "a", ɩ: "i", ꭺ: "a", ᗅ: "a", ꓮ: "a", "∀": "a", "𐊠": "a", "𖽀": "a", "🅰": "a", "🅐": "a", "🅱": "b", ᴀ: "a", ⱥ: "a", ⲁ: "a", "𐌀": "a",
  ı: "i", ł: "l", ø: "o", đ: "d",
}

// "A2O8 II4 536": a letter among digits is meant as one.
function readDigits(text: string): string {
  return text
    .replace(/(?<=\d[ .-]?)[oil]{1,2}(?=\d)/g, (letters) => [...letters].map(digitFor).join(""))
    .replace(/(?<=(?<![a-z0-9])a[# -]?)[oil](?=\d{5})/g, digitFor)
}

function digitFor(letter: string): string {
  return letter === "o" ? "0" : "1"
}
