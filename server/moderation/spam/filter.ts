import { signsOf } from "./words.ts"

/** How often a sign stood in spam and in what was wanted. */
export interface Counts {
  spam: number
  wanted: number
}

/** What the filter learned: messages of both kinds, and the counts of each sign. */
export interface Learned {
  messages: Counts
  words: ReadonlyMap<string, Counts>
}

/** Fewer examples of either kind teach nothing to rely on. */
export const FEWEST = 10
/** From here on a comment waits. A comment that waits in vain costs a moderator a glance, a published one costs readers more. */
export const THRESHOLD = 0.9
/** The signs that tell most, as in Graham's "A Plan for Spam"; with all of them long texts would always be certain. */
const TELLING = 15
/** How many messages the belief that a new sign tells nothing is worth (Robinson). */
const STRENGTH = 0.45

/** How likely a text is spam, from 0 to 1; null until enough was learned. */
export function spamLikelihood(learned: Learned, text: string): number | null {
  const { messages, words } = learned
  if (messages.spam < FEWEST || messages.wanted < FEWEST) return null
  const chances = signsOf(text)
    .map((sign) => words.get(sign))
    .filter((counts) => counts !== undefined)
    .map((counts) => chance(counts, messages))
    .sort((a, b) => Math.abs(b - 0.5) - Math.abs(a - 0.5))
    .slice(0, TELLING)
  const odds = chances.reduce((sum, one) => sum + Math.log(one) - Math.log(1 - one), 0)
  return 1 / (1 + Math.exp(-odds))
}

function chance({ spam, wanted }: Counts, messages: Counts): number {
  const [ofSpam, ofWanted] = [spam / messages.spam, wanted / messages.wanted]
  const seen = spam + wanted
  const raw = seen === 0 ? 0.5 : ofSpam / (ofSpam + ofWanted)
  return Math.min(0.99, Math.max(0.01, (STRENGTH * 0.5 + seen * raw) / (STRENGTH + seen)))
}
