/** Longer ones are cut: nobody types them, and an index has limits of its own. */
const WORD_LENGTH = 64

// A number with thousands separators is one word; else letters, digits and the marks that belong to them.
const WORD = /\d{1,3}(?:,\d{3})+(?!\d)|[\p{L}\p{N}\p{M}]+/gu
const ASCII = /^[\0-\x7f]*$/
// Accents of Latin, Greek and Cyrillic; the points of Hebrew and Arabic that most writers leave out. Marks that are
// letters in their own right, as in Devanagari, stay.
const OPTIONAL_MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+/g
const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu
/** Letters that carry their accent inside, so that taking marks off does not reach it. */
const PLAIN: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i" }
const ACCENTED = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "g")
// Scripts that put no blanks between words: each sign is looked for by itself, and those typed together, together.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

// Seven digits or more with at most three separators between any two; blanks within a line only.
const DIGITS_RUN = /\+?\(?\d(?:[().\-/\u2010-\u2013 \u00a0\u202f]{0,3}\d){6,}/g

/** A word of a text as index and queries know it, and where in the text it stands. */
export interface Token {
  word: string
  start: number
  end: number
}

/** The words of a text, without case, accents and punctuation, one after the other as they are asked for. */
export function* tokens(text: string): Generator<Token> {
  for (const { 0: written, index } of text.matchAll(WORD)) {
    if (UNSPACED.test(written)) yield* signs(written, index)
    else yield* token(written, index)
  }
}

/** The words alone. */
export function wordsOf(text: string): string[] {
  const words: string[] = []
  for (const written of text.match(WORD) ?? []) {
    for (const part of UNSPACED.test(written) ? written : [written]) {
      const word = fold(part)
      if (word) words.push(word)
    }
  }
  return words
}

/**
 * The words of a text for the index: those of `tokens`, and each telephone number in it as bare digits at the end, so that
 * "305.207.2001", "(305)207-2001" and "+1 305 207 2001" are one word, found by its last seven digits too.
 */
export function indexedWords(text: string): string[] {
  const numbers = new Set<string>()
  for (const { digits } of digitRuns(text)) {
    numbers.add(digits)
    if (digits.length === 10) numbers.add(digits.slice(3))
  }
  return [...wordsOf(text), ...numbers]
}

/** A telephone number as written in a text, and its digits: national ones of North America without the leading 1. */
export interface DigitRun {
  digits: string
  start: number
  end: number
}

/** Whatever in a text may be a telephone number: 7 to 11 digits, or ten written in the North American way within more. */
export function digitRuns(text: string): DigitRun[] {
  const found: DigitRun[] = []
  for (const match of text.matchAll(DIGITS_RUN)) {
    const groups = [...match[0].matchAll(/\d+/g)]
    const all = groups.join("")
    if (all.length <= 11) found.push({ digits: national(all), start: match.index, end: match.index + match[0].length })
    else found.push(...numbersWithin(groups, match.index))
  }
  return found
}

/** One word without case and accents. */
export function fold(word: string): string {
  if (ASCII.test(word)) return word.toLowerCase().replaceAll(",", "").slice(0, WORD_LENGTH)
  const bare = word.slice(0, 8 * WORD_LENGTH).normalize("NFKD").toLowerCase().replace(OPTIONAL_MARKS, "").normalize("NFC")
  const plain = bare.replace(ACCENTED, (letter) => PLAIN[letter]!).replace(NOT_WORD, "")
  return plain.slice(0, WORD_LENGTH).replace(/[\ud800-\udbff]$/, "")
}

function* token(written: string, start: number): Generator<Token> {
  const word = fold(written)
  if (word) yield { word, start, end: start + written.length }
}

function* signs(run: string, start: number): Generator<Token> {
  let at = start
  for (const sign of run) {
    yield* token(sign, at)
    at += sign.length
  }
}

// "12 (305) 207-2001": the room before the number must not hide it.
function numbersWithin(groups: RegExpExecArray[], offset: number): DigitRun[] {
  return groups.flatMap((first, index) => {
    const [area, exchange, line] = [first[0], groups[index + 1]?.[0] ?? "", groups[index + 2]]
    if (area.length !== 3 || exchange.length !== 3 || line?.[0].length !== 4) return []
    return { digits: area + exchange + line[0], start: offset + first.index, end: offset + line.index + 4 }
  })
}

function national(digits: string): string {
  return digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits
}
