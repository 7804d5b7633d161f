import { refused, understood, type ValueReading } from "./reading.ts"

// What no text of a document may hold, whoever sends it.

/** Lone surrogates, controls, what turns the direction of the text around it, and what XML cannot carry. */
const forbidden = /[\p{Cs}\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u

/** More marks on one letter than any writing needs (Unicode's stream-safe text has no more). */
const pile = /\p{M}{31}/u

/**
 * A text as it is kept: composed (NFC), so that what looks the same is the same, and on one line, because HTML shows
 * line ends and tabs as blanks. Refuses what no text may hold.
 */
export function readLine(raw: string): ValueReading {
  const text = raw.replace(/[\t\n\r\u2028\u2029]+/g, " ")
  const found = forbiddenCharacter(text)
  return found ? refused(`this holds ${found}`) : understood(text.normalize("NFC"))
}

/**
 * Names the first thing in a text that cannot be kept, such as "a control character (U+0000)"; null when all can be. To
 * be asked before `normalize`, which takes minutes to sort a million marks piled on one letter.
 */
export function forbiddenCharacter(text: string): string | null {
  const found = forbidden.exec(text)?.[0]
  if (found === undefined) return pile.test(text) ? "more than 30 accents on one letter" : null
  const code = found.codePointAt(0)!
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`
  if (code >= 0xd800 && code <= 0xdfff) return `half of a character (${shown})`
  if (code >= 0xfffe) return `something that is no character (${shown})`
  return code >= 0x202a ? `a mark that turns the direction of text (${shown})` : `a control character (${shown})`
}

/** A language tag (BCP 47) in its canonical spelling, or null. */
export function readLanguage(tag: string): string | null {
  if (tag.length > 35) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** Whether a text is the path of a picture on this site. */
export function isMediaPath(path: string): boolean {
  return path.length <= 300 && /^\/media\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(path)
}
