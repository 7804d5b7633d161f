/** Longer texts say no more about what they are. */
const MOST_CHARACTERS = 20_000
const MOST_WORDS = 400
const LONGEST = 24

/**
 * What a text is known by: its words without case and accents, the hosts of its links and how they stand, and signs of shouting and
 * selling. Each once, however often it stands there. Takes time in proportion to the length of the text.
 */
export function signsOf(text: string): string[] {
  const shown = text.slice(0, MOST_CHARACTERS)
  const folded = shown.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const signs = new Set<string>()
  for (const [, host = ""] of folded.matchAll(/\b(?:https?:\/\/|www\.)([a-z0-9.-]{1,100})/g)) signs.add(`link:${host.split(".").slice(-2).join(".")}`)
  if (signs.size > 0) signs.add(signs.size > 2 ? "links:many" : "links:some")
  if (/[$€£]\s?\d|\d\s?(?:usd|eur|%)/.test(folded)) signs.add("sign:money")
  if (/!{2,}/.test(folded)) signs.add("sign:exclamation")
  const letters = shown.match(/\p{L}/gu)?.length ?? 0
  if (letters > 20 && (shown.match(/\p{Lu}/gu)?.length ?? 0) > letters / 2) signs.add("sign:capitals")
  for (const [word] of folded.matchAll(/[\p{L}\p{N}]{2,40}/gu)) {
    if (signs.size >= MOST_WORDS) break
    signs.add(word.slice(0, LONGEST))
  }
  return [...signs]
}
