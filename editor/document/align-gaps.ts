import { likeness } from "./align-likeness.ts"
import { type Piece, type Sameness, textOf } from "./align-pieces.ts"

/** Two sequences of pieces and the pairs found so far, by index; -1 for a piece that is still open. */
export interface Pairs {
  from: readonly Piece[]
  to: readonly Piece[]
  fromOf: number[]
  toOf: number[]
  same: (Sameness | undefined)[]
}

export function pair({ fromOf, toOf }: Pairs, from: number, to: number): void {
  if (toOf[from] !== -1 || fromOf[to] !== -1) return
  toOf[from] = to
  fromOf[to] = from
}

/** Open pieces in a row on both sides, behind the same neighbour or before the same; `last` and `end` are excluded. */
export interface Gap {
  first: number
  last: number
  start: number
  end: number
}

export function* gapsOf(fromOf: readonly number[], toOf: readonly number[]): Generator<Gap> {
  for (let start = 0; start < fromOf.length; start++) {
    if (fromOf[start] !== -1) continue
    const end = start + openLength(fromOf, start, fromOf.length)
    const behind = start === 0 ? 0 : fromOf[start - 1]! + 1
    const last = behind + openLength(toOf, behind, toOf.length)
    const next = end === fromOf.length ? toOf.length : fromOf[end]!
    let first = next
    while (first > 0 && toOf[first - 1] === -1) first--
    if (last > behind) yield { first: behind, last, start, end }
    else if (next > first) yield { first, last: next, start, end }
    start = end
  }
}

/** With less than this in common, what stands in one place is not the same thing edited. */
export const LIKE_IN_GAP = 0.3

// Comparing each with each is for gaps of a person's making.
const GAP = 400

/** Between two paired neighbours, in order: the pairs that are likest on the whole, none less like than `least`. */
export function pairInOrder(pairs: Pairs, least: number): void {
  for (const gap of gapsOf(pairs.fromOf, pairs.toOf)) {
    if ((gap.last - gap.first) * (gap.end - gap.start) <= GAP) pairLikestInOrder(pairs, gap, least)
  }
}

function pairLikestInOrder(pairs: Pairs, { first, last, start, end }: Gap, least: number): void {
  const width = end - start + 1
  const best = new Float64Array((last - first + 1) * width)
  const score = (one: number, other: number) => {
    const [piece, counterpart] = [pairs.from[one]!, pairs.to[other]!]
    if (piece.family !== counterpart.family) return 0
    const like = likeness(piece, counterpart)
    // Squared: one pair that is the same but for a word says more than two that are half the same.
    return like >= least ? like * like : 0
  }
  const scores = new Float64Array(best.length)
  for (let row = last - first - 1; row >= 0; row--) {
    for (let column = end - start - 1; column >= 0; column--) {
      const at = row * width + column
      scores[at] = score(first + row, start + column)
      best[at] = Math.max(best[at + width]!, best[at + 1]!, scores[at] > 0 ? scores[at] + best[at + width + 1]! : 0)
    }
  }
  for (let row = 0, column = 0; row < last - first && column < end - start;) {
    const at = row * width + column
    if (scores[at]! > 0 && best[at] === scores[at]! + best[at + width + 1]!)
      pair(pairs, first + row++, start + column++)
    else if (best[at] === best[at + width]) row++
    else column++
  }
}

// A word or a short line may be replaced whole; a longer text that has nothing in common with another is another.
const SHORT = 60

/** Where as many are left as came, each short one of the same type became the one in its place. */
export function pairOneForOne(pairs: Pairs): void {
  for (const gap of gapsOf(pairs.fromOf, pairs.toOf)) pairOneForOneIn(pairs, gap)
}

function pairOneForOneIn(pairs: Pairs, { first, last, start, end }: Gap): void {
  for (let one = first, other = start; one < last && other < end; one++, other++) {
    const ones = openLength(pairs.toOf, one, last)
    const others = openLength(pairs.fromOf, other, end)
    for (let at = 0; at < ones && ones === others; at++) {
      if (canReplace(pairs.from[one + at]!, pairs.to[other + at]!)) pair(pairs, one + at, other + at)
    }
    // Both stand at the same pair now, or at the end.
    one += ones
    other += others
  }
}

function canReplace(one: Piece, other: Piece): boolean {
  if (one.type !== other.type) return false
  // Two ids say that these are two things; so do two kinds of fact.
  if ((one.id !== null && other.id !== null) || !isSameKindOfFact(one, other))
    return likeness(one, other) >= LIKE_IN_GAP
  const [a, b] = [textOf(one), textOf(other)]
  return (a.length <= SHORT && b.length <= SHORT) || likeness(one, other) >= LIKE_IN_GAP / 2
}

function isSameKindOfFact({ nodes: [one] }: Piece, { nodes: [other] }: Piece): boolean {
  return one?.type.name !== "fact" || (one.attrs.key === other!.attrs.key && one.attrs.label === other!.attrs.label)
}

function openLength(of: readonly number[], start: number, end: number): number {
  let at = start
  while (at < end && of[at] === -1) at++
  return at - start
}
