import { type Piece, textOf } from "./align-pieces.ts"
import { commonEnd, commonStart } from "./common-ends.ts"

/** How much of their words two pieces share, from 0 to 1. */
export function likeness(one: Piece, other: Piece): number {
  const [a, b] = [textOf(one), textOf(other)]
  const longer = Math.max(a.length, b.length)
  if (longer === 0) return 1
  if (longer > LONG) {
    const shared = sharedEnds(a, b)
    if (shared >= longer * ENDS) return (2 * shared) / (a.length + b.length)
  }
  const words = sharedWords(mapWords(one), mapWords(other))
  return longer <= SHORT ? Math.max(words, sharedPairs(a, b)) : words
}

/** Whether the likeness of two pieces is at least so much; where they plainly begin or end alike nothing is counted. */
export function isLike(one: Piece, other: Piece, least: number): boolean {
  const [a, b] = [textOf(one), textOf(other)]
  const longer = Math.max(a.length, b.length)
  const half = Math.ceil(longer * ENDS)
  // One edit leaves one half as it was.
  if (a.slice(0, half) === b.slice(0, half) || a.slice(-half) === b.slice(-half)) return true
  return sharedEnds(a, b) >= half || likeness(one, other) >= least
}

/** How often each word stands in a piece. */
export function mapWords(piece: Piece): Map<string, number> {
  return (piece.words ??= countWords(textOf(piece)))
}

/** The share of the words of `part` that `whole` has as well, counting each as often as it stands there. */
export function containment(part: ReadonlyMap<string, number>, whole: ReadonlyMap<string, number>): number {
  let all = 0
  let found = 0
  for (const [word, count] of part) {
    all += count
    found += Math.min(count, whole.get(word) ?? 0)
  }
  return all === 0 ? 0 : found / all
}

// An edit in one place of a long text leaves the rest: then nothing needs counting.
const LONG = 120
const ENDS = 0.5
// In a few words one with another letter is still that word.
const SHORT = 20
const word = /[\p{L}\p{M}\p{N}]+/gu

export function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [found] of text.matchAll(word)) {
    const key = found.toLowerCase()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function sharedEnds(a: string, b: string): number {
  const start = commonStart(a, b)
  return start + commonEnd(a, b, Math.min(a.length, b.length) - start)
}

function sharedWords(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let all = 0
  let shared = 0
  for (const count of large.values()) all += count
  for (const [word, count] of small) {
    all += count
    shared += Math.min(count, large.get(word) ?? 0)
  }
  return all === 0 ? 0 : (2 * shared) / all
}

function sharedPairs(a: string, b: string): number {
  return sharedWords(letterPairs(a), letterPairs(b))
}

function letterPairs(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at + 1 < text.length; at++) {
    const key = text.slice(at, at + 2).toLowerCase()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
