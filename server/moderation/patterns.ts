/** One of the alternatives, as the source of an expression. */
export function oneOf(...alternatives: string[]): string {
  return `(?:${alternatives.join("|")})`
}

/** One of the words of a text, as the source of an expression. */
export function anyWord(words: string): string {
  return oneOf(...words.trim().split(/\s+/))
}
