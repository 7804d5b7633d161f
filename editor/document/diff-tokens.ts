/** What a token is: a reader counts words; the other kinds decide how a change is classed (`ChangeClass`). */
export type TokenKind = "word" | "space" | "punctuation" | "symbol" | "invisible" | "leaf"

/**
 * A text cut into what a person would not cut further: words, whole numbers, telephone numbers, times, addresses of the
 * web, runs of blanks, signs, and one grapheme of anything else. `starts` has one entry more than there are tokens.
 * Tokens with equal `keys` look alike: they differ at most in blanks, quotation marks, dashes or encoding.
 */
export interface Tokens {
  text: string
  starts: number[]
  kinds: TokenKind[]
  keys: string[]
}

/** Stands for a line break or a citation in a text; `leafKey` tells those apart. */
export const LEAF = "\ufffc"

/** Cuts `text` from `start` to `end`; `leafKey` names the leaf at an offset, null where U+FFFC is an author's own. */
export function tokenize(
  text: string,
  leafKey: (offset: number) => string | null = () => null,
  start = 0,
  end = text.length,
): Tokens {
  const tokens: Tokens = { text, starts: [], kinds: [], keys: [] }
  let at = start
  while (at < end) {
    const leaf = text[at] === LEAF ? leafKey(at) : null
    const kind = leaf === null ? kindAt(text, at) : "leaf"
    const next = leaf === null ? Math.min(end, endOf(kind, text, at, end)) : at + 1
    if (kind === "leaf") add(tokens, at, kind, LEAF + leaf)
    else addText(tokens, at, kind, text.slice(at, next))
    at = next
  }
  tokens.starts.push(end)
  return tokens
}

/** Whether no token ever reaches over `offset`, whatever follows: a Latin letter before a blank. */
export function isSafeCut(text: string, offset: number): boolean {
  return text.charCodeAt(offset) === 32 && isLetter(text.charCodeAt(offset - 1))
}

/** The text of the tokens from `first` up to, not including, `last`. */
export function tokenText(tokens: Tokens, first: number, last: number): string {
  return tokens.text.slice(tokens.starts[first], tokens.starts[last])
}

/** The same letters whatever their encoding: composed, and without characters that show nothing. */
export function visible(text: string): string {
  return isAscii(text) ? text : text.normalize("NFC").replace(invisibleInWords, "")
}

const invisibleInWords = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
const invisible = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/
const anySpace = /[\s\u0085]+/y
const anyWord = /[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_\u00ad\u200c\u200d]|['’ʼ](?=\p{L}))*/uy
const startsWord = /[\p{L}\p{M}\p{N}_]/u
const sign = /\p{P}/u
const combining = /\p{M}/u

// Quantifiers are bounded or followed by a different class of character: each of these is linear.
const phone =
  /(?:\+?\d{1,3}[ .\u00a0-]?)?(?:\(\d{3}\)[ .\u00a0-]?|\d{3}[ .\u00a0\u2011-])\d{3}[ .\u00a0\u2011-]\d{4}(?!\d)/y
const phoneAbroad = /\+\d{1,3}(?:[ .\u00a0-]?\d{2,4}){2,5}(?!\d)/y
const time = /\d{1,2}(?:[:.]\d{2}){0,2}[ \u00a0\u202f]?(?:[ap]\.m\.|[ap]m(?![a-z]))/iy
const date = /\d{4}-\d{2}(?:-\d{2})?(?![\d-])/y
const number = /[$€£¥]?\d+(?:[.,:/'’]\d+)*(?:%|[\p{L}\p{M}\p{N}]*)/uy
const web = /[^\s<>"“”\ufffc]+/y

function kindAt(text: string, at: number): TokenKind {
  const code = text.charCodeAt(at)
  if (code < 128) {
    if (isLetter(code) || isDigit(code) || code === 95) return "word"
    if (code <= 32) return "space"
    return startsNumber(text, at) ? "word" : isSymbol(code) ? "symbol" : "punctuation"
  }
  const char = String.fromCodePoint(text.codePointAt(at)!)
  if (startsWord.test(char) || startsNumber(text, at)) return "word"
  if (/[\s\u0085]/.test(char)) return "space"
  if (invisible.test(char)) return "invisible"
  return sign.test(char) ? "punctuation" : "symbol"
}

function startsNumber(text: string, at: number): boolean {
  const char = text[at]!
  if (char === "(" || char === "+") return matchEnd(phone, text, at) > 0 || matchEnd(phoneAbroad, text, at) > 0
  return "$€£¥".includes(char) && isDigit(text.charCodeAt(at + 1))
}

function endOf(kind: TokenKind, text: string, at: number, end: number): number {
  if (kind === "word") return wordEnd(text, at)
  if (kind === "space") return spaceEnd(text, at, end)
  if (kind === "invisible") return at + 1
  if (kind === "punctuation") return runEnd(text, at)
  return at + graphemeLength(text, at)
}

function wordEnd(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (!isLetter(code)) return numberEnd(text, at) || matchEnd(anyWord, text, at) || at + graphemeLength(text, at)
  let next = at + 1
  for (; next < text.length; next++) {
    const code = text.charCodeAt(next)
    if (isLetter(code) || isDigit(code)) continue
    if (code === 39 && isLetter(text.charCodeAt(next + 1))) continue
    if (code >= 128 || code === 95) return matchEnd(anyWord, text, at)
    break
  }
  return text[next] === "@" || text.startsWith("://", next) ? webEnd(text, at, next) : next
}

// A full stop or a bracket after an address belongs to the sentence.
function webEnd(text: string, at: number, least: number): number {
  let end = matchEnd(web, text, at)
  while (end > least && ".,;:!?)]'’*_".includes(text[end - 1]!)) end--
  return end
}

function numberEnd(text: string, at: number): number {
  if (!/[\d+($€£¥]/.test(text[at]!)) return 0
  return (
    matchEnd(phone, text, at) ||
    matchEnd(phoneAbroad, text, at) ||
    matchEnd(time, text, at) ||
    matchEnd(date, text, at) ||
    matchEnd(number, text, at)
  )
}

function spaceEnd(text: string, at: number, end: number): number {
  if (text.charCodeAt(at) === 32 && (at + 1 === end || isLetter(text.charCodeAt(at + 1)))) return at + 1
  return matchEnd(anySpace, text, at) || at + 1
}

// "..." and "--" are one sign each.
function runEnd(text: string, at: number): number {
  const char = String.fromCodePoint(text.codePointAt(at)!)
  let end = at + char.length
  while (text.startsWith(char, end)) end += char.length
  const last = end - char.length
  return text.charCodeAt(end) >= 0x300 && combining.test(text[end]!) ? last + graphemeLength(text, last) : end
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })
const words = new Intl.Segmenter("en", { granularity: "word" })

// A grapheme of more than this many code units is nobody's: a window keeps the segmenter from reading on.
const GRAPHEME_WINDOW = 64

function graphemeLength(text: string, at: number): number {
  const [first] = graphemes.segment(text.slice(at, at + GRAPHEME_WINDOW))
  return first?.segment.length ?? 1
}

// Longer stretches without a blank are cut into code points: the segmenter reads about a megabyte a second.
const SEGMENTED_LENGTH = 20_000
const MOST_UNSPACED = 200_000

// Scripts that write words without blanks between them: Thai, Lao, Burmese, Khmer, kana and Han.
const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}]/u

function addText(tokens: Tokens, start: number, kind: TokenKind, raw: string): void {
  if (kind !== "word" || isAscii(raw) || !unspaced.test(raw)) return add(tokens, start, kind, keyOf(kind, raw))
  // Nobody writes so much without a sign: it is compared as a whole.
  if (raw.length > MOST_UNSPACED) return add(tokens, start, kind, raw)
  const parts = raw.length > SEGMENTED_LENGTH ? raw : Array.from(words.segment(raw), (part) => part.segment)
  let at = start
  for (const part of parts) {
    add(tokens, at, "word", keyOf("word", part))
    at += part.length
  }
}

function add(tokens: Tokens, at: number, kind: TokenKind, key: string): void {
  tokens.starts.push(at)
  tokens.kinds.push(kind)
  tokens.keys.push(key)
}

const likeSigns: Record<string, string> = {
  "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
  "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'",
  "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-",
  "…": "...",
} // prettier-ignore

function keyOf(kind: TokenKind, raw: string): string {
  if (kind === "space") return " "
  if (kind === "punctuation") return likeSigns[raw] ?? raw
  if (kind === "symbol") return likeSigns[raw] ?? raw.normalize("NFC")
  return kind === "word" && !isAscii(raw)
    ? visible(raw)
        .replace(/[’ʼ]/g, "'")
        .replace(/[\u00a0\u202f]/g, " ")
    : raw
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}

function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : 0
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

// < = > + $ ^ ` | ~ are signs of nothing a sentence needs.
function isSymbol(code: number): boolean {
  return "<=>+$^`|~".includes(String.fromCharCode(code))
}
