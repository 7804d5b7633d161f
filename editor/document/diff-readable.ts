import type { Hunk } from "./diff-edits.ts"
import { tokenText, type Tokens } from "./diff-tokens.ts"

/**
 * The same difference cut where a person would cut it: whole words and sentences rather than the end of one and the
 * start of the next, and one replaced phrase rather than replaced words with nothing but blanks between them.
 */
export function readable(hunks: readonly Hunk[], from: Tokens, to: Tokens): Hunk[] {
  const slid: Hunk[] = []
  for (const [index, hunk] of hunks.entries()) {
    const before = slid.at(-1) ?? { from: 0, fromEnd: 0, to: 0, toEnd: 0 }
    const after = hunks[index + 1] ?? { from: from.keys.length, to: to.keys.length }
    slid.push(slide(hunk, from, to, before, after))
  }
  return joined(slid, from)
}

// Far enough for a repeated sentence.
const SLIDE = 100

/** A stretch that was only added or only removed, moved to the best of the places where it says the same. */
function slide(hunk: Hunk, from: Tokens, to: Tokens, before: Hunk, after: { from: number; to: number }): Hunk {
  const added = hunk.from === hunk.fromEnd
  if (!added && hunk.to !== hunk.toEnd) return hunk
  const tokens = added ? to : from
  const side = added ? "to" : "from"
  const [start, end] = added ? [hunk.to, hunk.toEnd] : [hunk.from, hunk.fromEnd]
  const least = -Math.min(SLIDE, start - before[`${side}End`])
  const most = Math.min(SLIDE, after[side] - end)
  let best = 0
  let bestScore = fitness(tokens, start, end)
  const consider = (shift: number) => {
    const score = fitness(tokens, start + shift, end + shift)
    if (score > bestScore) [best, bestScore] = [shift, score]
  }
  for (let shift = -1; shift >= least && isSame(tokens, start + shift, end + shift); shift--) consider(shift)
  for (let shift = 1; shift <= most && isSame(tokens, start + shift - 1, end + shift - 1); shift++) consider(shift)
  return { from: hunk.from + best, fromEnd: hunk.fromEnd + best, to: hunk.to + best, toEnd: hunk.toEnd + best }
}

function isSame(tokens: Tokens, one: number, other: number): boolean {
  return (
    tokens.keys[one] === tokens.keys[other] && tokenText(tokens, one, one + 1) === tokenText(tokens, other, other + 1)
  )
}

/** How natural it is to cut out the tokens from `start` to `end`: best a whole sentence, then a word with its blank. */
function fitness(tokens: Tokens, start: number, end: number): number {
  const opens = tokens.kinds[start] === "space"
  const closes = tokens.kinds[end - 1] === "space"
  const afterSentence =
    tokens.starts[start] === 0 || (tokens.kinds[start - 1] === "space" && endsSentence(tokens, start - 2))
  const isAtEdge = tokens.starts[start] === 0 || tokens.starts[end] === tokens.text.length
  let score = isAtEdge ? 1 : 0
  if (closes && !opens) score += 2
  if (opens && !closes) score += 1.5
  if (closes && afterSentence && endsSentence(tokens, end - 2)) score += 3
  if (opens && endsSentence(tokens, start - 1) && endsSentence(tokens, end - 1)) score += 3
  return score
}

function endsSentence(tokens: Tokens, at: number): boolean {
  return [".", "!", "?", "...", "。"].includes(tokens.keys[at] ?? "")
}

function joined(hunks: readonly Hunk[], from: Tokens): Hunk[] {
  const result: Hunk[] = []
  for (const hunk of hunks) {
    const last = result.at(-1)
    if (last && (isBlank(from, last.fromEnd, hunk.from) || isCrumb(from, last, hunk))) {
      last.fromEnd = hunk.fromEnd
      last.toEnd = hunk.toEnd
    } else {
      result.push({ ...hunk })
    }
  }
  return result
}

function isBlank(tokens: Tokens, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (tokens.kinds[at] !== "space") return false
  return true
}

// A short word kept between two rewritten phrases helps nobody to read either; nor do two between two long ones.
const CRUMBS = [
  { tokens: 3, length: 5, phrases: 7 },
  { tokens: 5, length: 12, phrases: 18 },
]

function isCrumb(from: Tokens, before: Hunk, after: Hunk): boolean {
  const length = tokenText(from, before.fromEnd, after.from).length
  const [one, other] = [phraseLength(before), phraseLength(after)]
  return (
    CRUMBS.some(
      ({ tokens, length: most, phrases }) =>
        after.from - before.fromEnd <= tokens && length <= most && one + other >= phrases,
    ) &&
    Math.min(one, other) > 0 &&
    !from.kinds.slice(before.fromEnd, after.from).includes("leaf")
  )
}

/** The tokens of the longer side, blanks included; none where nothing was replaced. */
function phraseLength({ from, fromEnd, to, toEnd }: Hunk): number {
  return fromEnd > from && toEnd > to ? Math.max(fromEnd - from, toEnd - to) : 0
}
