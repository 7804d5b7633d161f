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
/** The signs that tell most; more of them change nothing. */
const TELLING = 30
/** Nearer to one half a sign tells nothing. */
const LEAST = 0.1
/** How many messages the belief that a new sign tells nothing is worth (Robinson): one comment is no proof against its words. */
const STRENGTH = 1.5

/**
 * How likely a text is spam, from 0 to 1; null until enough was learned. Signs are joined after Fisher, as Robinson does ("A statistical
 * approach to the spam problem"): a few weak ones do not add up to certainty, and what speaks for both sides stays near one half.
 */
export function spamLikelihood(learned: Learned, text: string): number | null {
  const { messages, words } = learned
  if (messages.spam < FEWEST || messages.wanted < FEWEST) return null
  const chances = signsOf(text)
    .map((sign) => words.get(sign))
    .filter((counts) => counts !== undefined)
    .map((counts) => chance(counts, messages))
    .filter((one) => Math.abs(one - 0.5) > LEAST)
    .sort((a, b) => Math.abs(b - 0.5) - Math.abs(a - 0.5))
    .slice(0, TELLING)
  if (chances.length === 0) return 0.5
  const [unlessSpam, unlessWanted] = [surprise(chances.map((one) => 1 - one)), surprise(chances)]
  return (1 + unlessWanted - unlessSpam) / 2
}

/** Strictly between 0 and 1. */
function chance({ spam, wanted }: Counts, messages: Counts): number {
  const [ofSpam, ofWanted] = [spam / messages.spam, wanted / messages.wanted]
  const seen = spam + wanted
  const raw = seen === 0 ? 0.5 : ofSpam / (ofSpam + ofWanted)
  return (STRENGTH * 0.5 + seen * raw) / (STRENGTH + seen)
}

// How often chance alone would give such chances or less: the chi-square of -2 ln of their product, with twice as many degrees of freedom.
function surprise(chances: readonly number[]): number {
  const half = -chances.reduce((sum, one) => sum + Math.log(one), 0)
  let term = Math.exp(-half)
  let sum = term
  for (let at = 1; at < chances.length; at++) {
    term *= half / at
    sum += term
  }
  return Math.min(1, sum)
}
