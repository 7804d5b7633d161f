import { forbiddenCharacter } from "./document/text-rules.ts"

/**
 * A text without the characters no page may hold: controls, and marks that turn the direction of what follows, which
 * come along unseen when numbers are copied from a telephone. Line ends stay.
 */
export function cleanText(text: string): string {
  const plain = text.replace(/\r\n?/g, "\n").replace(/[\t\u2028\u2029]/g, " ")
  if (forbiddenCharacter(plain.replaceAll("\n", " ")) === null) return plain
  return [...plain].filter((character) => character === "\n" || forbiddenCharacter(character) === null).join("")
}
