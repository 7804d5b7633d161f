import { parseFragment } from "parse5"
import { foldLetter } from "./letters.ts"
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

// All else folds one to one: capitals to small letters, tabs to blanks.
const UNUSUAL = /[^\t\n\r -~]+/g

function fold(typed: string, tags: readonly Piece[]): Folded {
  const folding = new Folding()
  let last = 0
  for (const piece of inOrder([...tags, ...findEntities(typed)])) {
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
    if (text === spelling) return []
    return { start: index, end: index + spelling.length, text: [...text].map(foldLetter).join("") }
  })
}

// "A2O8 II4 536": a letter among digits is meant as one.
function readDigits(text: string): string {
  return text
    .replace(/[oil]{1,2}(?=\d)(?<=\d[ .-]?[oil]{1,2})/g, (letters) => [...letters].map(digitFor).join(""))
    .replace(/[oil](?=\d{5})(?<=(?<![a-z0-9])a[# -]?[oil])/g, digitFor)
}

function digitFor(letter: string): string {
  return letter === "o" ? "0" : "1"
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
