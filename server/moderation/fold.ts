import { foldLetter } from "./letters.ts"
import { findEntities, findEscapes, findTags, type Piece } from "./markup.ts"
import { firstIndex } from "./numbers.ts"

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
 * The ways a text may be read: as it stands, and with its tags taken out and its escapes decoded, because what is markup
 * or an address in one field is plain text in another. A text without any has one reading.
 */
export function readings(typed: string): Folded[] {
  const plain = fold(typed, [])
  const markup = [...findTags(typed), ...findEscapes(typed)]
  return markup.length > 0 ? [plain, fold(typed, markup)] : [plain]
}

// All else folds one to one: capitals to small letters, tabs to blanks.
const UNUSUAL = /[^\t\n\r -~]+/g

function fold(typed: string, markup: readonly Piece[]): Folded {
  const folding = new Folding()
  let last = 0
  for (const piece of inOrder([...markup, ...findEntities(typed)])) {
    folding.addText(typed.slice(last, piece.start), last)
    folding.add(piece)
    last = piece.end
  }
  folding.addText(typed.slice(last), last)
  const text = readDigits(folding.text.toLowerCase().replace(/[\t\r]/g, " "))
  return {
    text,
    from: (index) => folding.stretch(index)[0],
    to: (index) => folding.stretch(index)[1],
    typed: (index) => typed.slice(...folding.stretch(index)),
  }
}

/** By their beginnings; what begins inside another is part of it. */
function inOrder(pieces: Piece[]): Piece[] {
  let end = 0
  return pieces
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((piece) => {
      const isOwn = piece.start >= end
      if (isOwn) end = piece.end
      return isOwn
    })
}

/** A Chinese digit is part of words as well: only a row of them is a number. */
const CHINESE = /[零〇一二三四五六七八九幺](?:[ ,.、-]?[零〇一二三四五六七八九幺]){6,}/g
/** Nine places in threes, or what stands right behind the letter a. */
const MIXED = /(?<![a-z0-9])(?:(?:a[ #:.-]{0,3})?[\doilsbz]{2,3}([ .-])[\doilsbz]{3}\1[\doilsbz]{3}|[\doilsbz]{3}([ .-])[\doilsbz]{2}\2[\doilsbz]{4}|a[ #:.-]{0,3}[\doilsbz]{8,9})(?![a-z0-9])/g

// "A2O8 II4 S36": a letter among digits is meant as one.
function readDigits(text: string): string {
  return text
    .replace(CHINESE, (row) => row.replace(/[^ ,.、-]/g, (digit) => (digit === "幺" ? "1" : String(Math.max(0, "〇一二三四五六七八九".indexOf(digit))))))
    .replace(/[oil]{1,2}(?=\d)(?<=\d[ .-]?[oil]{1,2})/g, (letters) => [...letters].map(digitFor).join(""))
    .replace(/(?<=\d)[sbzзб](?=\d)/g, digitFor)
    .replace(/[oil](?=\d{2}[ .-]?\d{3})(?<=(?<![a-z0-9])a[# -]?[oil])/g, digitFor)
    .replace(MIXED, (number) => (isMostlyDigits(number) ? number.replace(/[oilsbz]/g, digitFor) : number))
}

function isMostlyDigits(number: string): boolean {
  return number.replace(/\D/g, "").length >= 6 && number.split(/[ .-]/).every((group) => /\d|^[a#:]?$/.test(group))
}

function digitFor(letter: string): string {
  return { o: "0", s: "5", b: "8", z: "2", з: "3", б: "6" }[letter] ?? "1"
}

/** A folded text growing, and the way back: kept only for what does not fold one to one. */
class Folding {
  text = ""
  readonly #odd: (Piece & { at: number })[] = []

  /** `start` is where the text stands in the text as typed. */
  addText(typed: string, start: number): void {
    let done = 0
    for (const { 0: run, index } of typed.matchAll(UNUSUAL)) {
      this.text += typed.slice(done, index)
      let at = start + index
      for (const letter of run) {
        this.add({ start: at, end: at + letter.length, text: foldLetter(letter) })
        at += letter.length
      }
      done = index + run.length
    }
    this.text += typed.slice(done)
  }

  add(piece: Piece): void {
    if (piece.text.length !== 1 || piece.end - piece.start !== 1) this.#odd.push({ ...piece, at: this.text.length })
    this.text += piece.text
  }

  /** What stands behind the character at `index`, in the text as typed. */
  stretch(index: number): [start: number, end: number] {
    const odd = this.#odd[firstIndex(this.#odd.length, (at) => this.#odd[at]!.at > index) - 1]
    if (odd && index < odd.at + odd.text.length) return [odd.start, odd.end]
    const start = odd ? odd.end + index - odd.at - odd.text.length : index
    return [start, start + 1]
  }
}
