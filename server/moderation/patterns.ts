/** One of the alternatives, as the source of an expression. */
export function oneOf(...alternatives: string[]): string {
  return `(?:${alternatives.join("|")})`
}

// The class of all letters, \p{L}, compiles to a hundred times the size of these.
const SPACED = String.raw`a-z\u00c0-\u1fff`
/** The letters of folded text, as the inside of a class. */
export const LETTERS = String.raw`${SPACED}\u3040-\uffff`
/** No letter or digit before, save of a script that writes words together. */
export const START = `(?<![0-9${SPACED}])`
/** The same behind a word. */
export const END = `(?![0-9${SPACED}])`

/** One of the words of a text, as the source of an expression. */
export function anyWord(words: string): string {
  return oneOf(...words.trim().split(/\s+/))
}
