import { type ChangeObject, diffArrays } from "diff"
import type { Hunk } from "./diff-edits.ts"
import { readable } from "./diff-readable.ts"
import type { Tokens } from "./diff-tokens.ts"

/**
 * How much comparing one diff may still do, in steps of the search, and in how many stretches that was not enough.
 * Counted, not timed, so that the same two documents always give the same diff.
 */
export interface Budget {
  steps: number
  spent: number
}

// 2 million steps take about 150 ms.
const STEPS_PER_DIFF = 2_000_000
// One stretch may not use up what the others need.
const MAX_EDITS = 1_000

export function newBudget(): Budget {
  return { steps: STEPS_PER_DIFF, spent: 0 }
}

/** The fewest and most readable hunks that turn the tokens of `from` into those of `to`, comparing keys. */
export function diffTokens(from: Tokens, to: Tokens, budget: Budget): Hunk[] {
  const [a, b] = numbered(from.keys, to.keys)
  const hunks =
    Math.min(a.length, b.length) >= REWRITTEN_LENGTH && isRewritten(from, to, a, b)
      ? [{ from: 0, fromEnd: a.length, to: 0, toEnd: b.length }]
      : stretches(a, b).flatMap((stretch) => diffStretch(a, b, stretch, budget))
  return readable(hunks, from, to)
}

// Numbers compare faster than strings, and equal ones are found by index.
function numbered(from: readonly string[], to: readonly string[]): [number[], number[]] {
  const numbers = new Map<string, number>()
  const numberOf = (key: string) => {
    let number = numbers.get(key)
    if (number === undefined) numbers.set(key, (number = numbers.size))
    return number
  }
  return [from.map(numberOf), to.map(numberOf)]
}

// Words that any two English texts share say nothing: below this share of common words a stretch is shown as replaced.
const REWRITTEN_SHARE = 0.15
const REWRITTEN_LENGTH = 12

function isRewritten(from: Tokens, to: Tokens, a: readonly number[], b: readonly number[]): boolean {
  const counts = new Map<number, number>()
  let fromWords = 0
  let toWords = 0
  let common = 0
  for (const [at, number] of a.entries()) {
    if (from.kinds[at] === "space" || from.kinds[at] === "punctuation") continue
    fromWords++
    counts.set(number, (counts.get(number) ?? 0) + 1)
  }
  for (const [at, number] of b.entries()) {
    if (to.kinds[at] === "space" || to.kinds[at] === "punctuation") continue
    toWords++
    const left = counts.get(number) ?? 0
    if (left > 0) common++
    counts.set(number, left - 1)
  }
  return Math.min(fromWords, toWords) >= REWRITTEN_LENGTH && common < REWRITTEN_SHARE * Math.min(fromWords, toWords)
}

const LONG = 3_000

/** Long texts are cut at tokens that each side has once, in the order most of them share. */
function stretches(a: readonly number[], b: readonly number[]): Hunk[] {
  const whole = { from: 0, fromEnd: a.length, to: 0, toEnd: b.length }
  if (a.length + b.length < LONG) return [whole]
  const cuts: Hunk[] = []
  let last = whole
  for (const [from, to] of increasing(uniquePairs(a, b))) {
    cuts.push({ ...last, fromEnd: from, toEnd: to })
    last = { ...whole, from: from + 1, to: to + 1 }
  }
  return [...cuts, last]
}

function uniquePairs(a: readonly number[], b: readonly number[]): [number, number][] {
  const inA = places(a)
  const inB = places(b)
  const pairs: [number, number][] = []
  for (const [number, at] of inA) {
    const other = inB.get(number)
    if (at >= 0 && other !== undefined && other >= 0) pairs.push([at, other])
  }
  return pairs
}

/** Where each number stands; -1 when in several places. In order of first appearance. */
function places(numbers: readonly number[]): Map<number, number> {
  const found = new Map<number, number>()
  for (const [at, number] of numbers.entries()) found.set(number, found.has(number) ? -1 : at)
  return found
}

/** The longest subsequence of pairs, already in order of their first member, whose second members rise too. */
function increasing(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = []
  const before: number[] = []
  for (const [index, pair] of pairs.entries()) {
    let low = 0
    for (let high = tails.length; low < high;) {
      const middle = (low + high) >> 1
      if (pairs[tails[middle]!]![1] < pair[1]) low = middle + 1
      else high = middle
    }
    before.push(low > 0 ? tails[low - 1]! : -1)
    tails[low] = index
  }
  const chain: [number, number][] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) chain.push(pairs[index]!)
  return chain.reverse()
}

function diffStretch(a: readonly number[], b: readonly number[], within: Hunk, budget: Budget): Hunk[] {
  const { from, fromEnd, to, toEnd } = trimmed(a, b, within)
  if (from === fromEnd && to === toEnd) return []
  if (from === fromEnd || to === toEnd) return [{ from, fromEnd, to, toEnd }]
  // The commonest edit of all is not worth a search.
  if (fromEnd - from === 1 && !b.slice(to, toEnd).includes(a[from]!)) return [{ from, fromEnd, to, toEnd }]
  if (toEnd - to === 1 && !a.slice(from, fromEnd).includes(b[to]!)) return [{ from, fromEnd, to, toEnd }]
  const most = Math.min(MAX_EDITS, Math.floor(Math.sqrt(2 * budget.steps)))
  const parts = diffArrays(a.slice(from, fromEnd), b.slice(to, toEnd), { maxEditLength: Math.max(1, most) })
  if (!parts) {
    budget.steps -= (most * most) / 2
    budget.spent++
    return [{ from, fromEnd, to, toEnd }]
  }
  const hunks = hunksOf(parts, from, to)
  const edits = hunks.reduce((sum, hunk) => sum + hunk.fromEnd - hunk.from + hunk.toEnd - hunk.to, 0)
  budget.steps -= (edits * edits) / 2
  return hunks
}

function hunksOf(parts: readonly Omit<ChangeObject<unknown>, "value">[], from: number, to: number): Hunk[] {
  const hunks: Hunk[] = []
  let open: Hunk | null = null
  for (const { added, removed, count } of parts) {
    if (!added && !removed) {
      from += count
      to += count
      open = null
      continue
    }
    if (!open) hunks.push((open = { from, fromEnd: from, to, toEnd: to }))
    if (removed) open.fromEnd = from += count
    if (added) open.toEnd = to += count
  }
  return hunks
}

function trimmed(a: readonly number[], b: readonly number[], { from, fromEnd, to, toEnd }: Hunk): Hunk {
  for (; from < fromEnd && to < toEnd && a[from] === b[to]; to++) from++
  for (; from < fromEnd && to < toEnd && a[fromEnd - 1] === b[toEnd - 1]; toEnd--) fromEnd--
  return { from, fromEnd, to, toEnd }
}
