import { diffArrays } from "diff"
import { fewestMoves } from "./align-moves.ts"
import { type Gap, gapsOf, LIKE_IN_GAP, pair, pairInOrder, pairOneForOne, type Pairs } from "./align-gaps.ts"
import { isLike, likeness, mapWords } from "./align-likeness.ts"
import { DIFFERENT, keyOf, type Piece, samePieces, type Sameness, textOf } from "./align-pieces.ts"

/** Which old piece became which new one. An index that has no counterpart is -1. */
export interface Alignment {
  /** For each new piece the index of the old one, and the other way round. */
  fromOf: number[]
  toOf: number[]
  /** For each new piece how far it is the same as its old one, where that was looked at. */
  same: (Sameness | undefined)[]
  /** For each new piece whether it stands in another order than those around it; as few as can be. */
  moved: boolean[]
}

/**
 * Pairs pieces: those of the same id if they still have anything in common, then those of equal content, then the
 * likest, then those that stand alone between the same neighbours. Takes time in proportion to the pieces and their
 * words, whatever their order.
 */
export function alignPieces(from: readonly Piece[], to: readonly Piece[]): Alignment {
  const pairs: Pairs = { from, to, fromOf: to.map(() => -1), toOf: from.map(() => -1), same: [] }
  const unlike = pairSameIds(pairs)
  if (isOpen(pairs)) pairEqual(pairs)
  if (isOpen(pairs)) pairInOrder(pairs, LIKE)
  if (isOpen(pairs)) pairLike(pairs)
  if (isOpen(pairs)) pairInOrder(pairs, LIKE_IN_GAP)
  if (isOpen(pairs)) pairOneForOne(pairs)
  for (const [one, other] of unlike) pair(pairs, one, other)
  const { fromOf, toOf, same } = pairs
  return { fromOf, toOf, same, moved: fewestMoves(fromOf, (index) => weightOf(pairs, index)) }
}

function isOpen({ fromOf, toOf }: Pairs): boolean {
  return fromOf.includes(-1) && toOf.includes(-1)
}

// With less than this in common an id alone proves nothing: a script may have numbered the blocks anew.
const SAME_ID_LIKENESS = 0.25

/** Returns those of the same id and kind that have nothing in common, to be paired when nothing better was found. */
function pairSameIds(pairs: Pairs): [number, number][] {
  const unlike: [number, number][] = []
  for (const [to, from] of sameIds(pairs).entries()) {
    if (from < 0) continue
    const [one, other] = [pairs.from[from]!, pairs.to[to]!]
    if (one.family !== other.family) continue
    const found = samePieces(one, other)
    pairs.same[to] = found
    if (found !== DIFFERENT || haveCommonParts(one, other) || isLike(one, other, SAME_ID_LIKENESS)) {
      pair(pairs, from, to)
    } else {
      unlike.push([from, to])
    }
  }
  return unlike
}

/** Whether two lists, tables or fact sheets have an item, a row or a fact in common: then their words need no look. */
function haveCommonParts({ nodes: [one] }: Piece, { nodes: [other] }: Piece): boolean {
  if (!one || !other || one.isTextblock) return false
  const ids = new Set<string>()
  for (const child of one.children) if (child.attrs.id) ids.add(child.attrs.id)
  return other.children.some((child) => ids.has(child.attrs.id))
}

/** For each new piece the old one of its id; -1 where there is none, or where either side has the id twice. */
function sameIds({ from, to }: Pairs): number[] {
  const places = idPlaces(from)
  const takers = from.map(() => -1)
  const found: number[] = []
  for (let index = 0; index < to.length; index++) {
    const { id } = to[index]!
    const at = id === null ? -1 : (places.get(id) ?? -1)
    const other = at < 0 ? -1 : takers[at]!
    if (other >= 0) found[other] = -1
    else if (at >= 0) takers[at] = index
    found.push(other >= 0 ? -1 : at)
  }
  return found
}

/** Where each id stands; -1 when it is doubled. */
function idPlaces(pieces: readonly Piece[]): Map<string, number> {
  const places = new Map<string, number>()
  for (let index = 0; index < pieces.length; index++) {
    const { id } = pieces[index]!
    if (id !== null) places.set(id, places.has(id) ? -1 : index)
  }
  return places
}

/** Equal content: what follows or precedes a pair, what each side has once, what fits in order, then the rest. */
function pairEqual(pairs: Pairs): void {
  extendPairs(pairs)
  const open = openByKey(pairs)
  for (const { ones, others } of open) if (ones.length === 1 && others.length === 1) pair(pairs, ones[0]!, others[0]!)
  extendPairs(pairs)
  for (const gap of gapsOf(pairs.fromOf, pairs.toOf)) pairEqualInGap(pairs, gap)
  for (const { ones, others } of open) {
    const left = others.filter((other) => pairs.fromOf[other] === -1)
    for (const [at, one] of ones
      .filter((one) => pairs.toOf[one] === -1)
      .slice(0, left.length)
      .entries())
      pair(pairs, one, left[at]!)
  }
}

/** Pairs equal neighbours of pairs, beginning with the two ends of the page. */
function extendPairs(pairs: Pairs): void {
  const { from, to, fromOf, toOf } = pairs
  const isOpenAt = (one: number, other: number) => toOf[one] === -1 && fromOf[other] === -1
  const extend = (one: number, other: number, step: 1 | -1) => {
    for (; isOpenAt(one, other) && keyOf(from[one]!) === keyOf(to[other]!); one += step, other += step)
      pair(pairs, one, other)
  }
  extend(0, 0, 1)
  for (let one = 0; one < from.length; one++) if (toOf[one] !== -1) extend(one + 1, toOf[one]! + 1, 1)
  extend(from.length - 1, to.length - 1, -1)
  for (let one = from.length - 1; one >= 0; one--) if (toOf[one] !== -1) extend(one - 1, toOf[one]! - 1, -1)
}

// What a person repeats is seldom rearranged: beyond so many edits the order says nothing.
const MOST_EDITS = 400

/** Equal pieces, of which there are several, in the order both sides have them in. */
function pairEqualInGap(pairs: Pairs, { first, last, start, end }: Gap): void {
  const old = pairs.from.slice(first, last).map(keyOf)
  const now = pairs.to.slice(start, end).map(keyOf)
  const level = old.length === now.length ? old.filter((key, at) => key === now[at]).length : 0
  if (level > old.length / 2) {
    for (const [at, key] of old.entries()) if (key === now[at]) pair(pairs, first + at, start + at)
    return
  }
  let [one, other] = [first, start]
  for (const { added, removed, count } of diffArrays(old, now, { maxEditLength: MOST_EDITS }) ?? []) {
    if (!added && !removed) for (let at = 0; at < count; at++) pair(pairs, one + at, other + at)
    if (!added) one += count
    if (!removed) other += count
  }
}

/** Open pieces of equal content on both sides; not those that show nothing, which only their place tells apart. */
function openByKey({ from, to, fromOf, toOf }: Pairs): { ones: number[]; others: number[] }[] {
  const groups = new Map<string, { ones: number[]; others: number[] }>()
  for (const [one, piece] of from.entries()) {
    if (toOf[one] !== -1 || textOf(piece) === "") continue
    const group = groups.get(keyOf(piece))
    if (group) group.ones.push(one)
    else groups.set(keyOf(piece), { ones: [one], others: [] })
  }
  for (const [other, piece] of to.entries()) if (fromOf[other] === -1) groups.get(keyOf(piece))?.others.push(other)
  return [...groups.values()]
}

const LIKE = 0.5
// A word that more pieces share tells nothing about which is which.
const RARE = 24
const CANDIDATES = 4

/** The likest pairs first, among those that share a rare word. */
function pairLike(pairs: Pairs): void {
  const { from, to, fromOf, toOf } = pairs
  const places = new Map<string, number[]>()
  for (const [other, piece] of to.entries()) {
    if (fromOf[other] !== -1) continue
    for (const word of mapWords(piece).keys()) {
      const found = places.get(word)
      if (!found) places.set(word, [other])
      else if (found.length <= RARE) found.push(other)
    }
  }
  const found: [number, number, number][] = []
  for (const [one, piece] of from.entries()) {
    if (toOf[one] !== -1) continue
    for (const other of candidates(piece, places)) {
      if (to[other]!.family !== piece.family) continue
      const score = likeness(piece, to[other]!)
      if (score >= LIKE) found.push([score, one, other])
    }
  }
  found.sort(
    ([a, one, other], [b, another, yetAnother]) => b - a || Math.abs(one - other) - Math.abs(another - yetAnother),
  )
  for (const [, one, other] of found) pair(pairs, one, other)
}

function candidates(piece: Piece, places: ReadonlyMap<string, readonly number[]>): number[] {
  const votes = new Map<number, number>()
  for (const word of mapWords(piece).keys()) {
    const found = places.get(word)
    if (!found || found.length > RARE) continue
    for (const other of found) votes.set(other, (votes.get(other) ?? 0) + 1 / found.length)
  }
  return [...votes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, CANDIDATES)
    .map(([other]) => other)
}

// Of two blocks that changed places the one that was edited, or is shorter, counts as moved: both stand in one place.
function weightOf({ from, to, fromOf, same }: Pairs, index: number): number {
  const [one, other] = [from[fromOf[index]!]!, to[index]!]
  const unchanged = same[index] !== undefined ? same[index] !== DIFFERENT : keyOf(one) === keyOf(other)
  return (unchanged ? 1_000 : 0) + Math.min(999, textOf(other).length)
}
