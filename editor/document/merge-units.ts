import type { Node } from "prosemirror-model"
import { alignBlocks } from "./align.ts"
import type { Alignment } from "./align-passes.ts"
import { blockPiece, keyOf, type Piece } from "./align-pieces.ts"
import { findRegroups } from "./diff-regroup.ts"
import { findReshapes, type Reshape } from "./diff-reshape.ts"
import type { Merging } from "./merge-context.ts"
import type { Place } from "./merge-order.ts"

/** One thing in the three versions: usually one node in each; several where paragraphs were split, joined or made a list. */
export interface Unit extends Place {
  bases: readonly Node[]
  mines: readonly Node[]
  theirses: readonly Node[]
}

type Nodes = readonly Node[]

/** Everything that stands in any of three versions of the children of a node. */
export function unitsOf(base: Nodes, mine: Nodes, theirs: Nodes, merging: Merging): Unit[] {
  const [ours, others] = [alignBlocks(base, mine), alignBlocks(base, theirs)]
  const groups = groupsOf(base, mine, theirs, ours, others, merging)
  const units = groups.map((group) => unitOf(group, base, mine, theirs, ours, others))
  const taken = { base: new Set<number>(), mine: new Set<number>(), theirs: new Set<number>() }
  for (const group of groups)
    for (const side of ["base", "mine", "theirs"] as const) for (const at of group[side]) taken[side].add(at)
  for (const at of base.keys()) {
    if (taken.base.has(at)) continue
    const free = (index: number, used: ReadonlySet<number>) => (index >= 0 && !used.has(index) ? [index] : [])
    const places = { base: [at], mine: free(ours.toOf[at]!, taken.mine), theirs: free(others.toOf[at]!, taken.theirs) }
    units.push(unitOf(places, base, mine, theirs, ours, others))
  }
  const pieces = [mine.map(blockPiece), theirs.map(blockPiece)] as const
  for (const places of insertions(...pieces, ours, others, taken))
    units.push(unitOf(places, base, mine, theirs, ours, others))
  return units
}

export interface Places {
  base: number[]
  mine: number[]
  theirs: number[]
}

function unitOf(places: Places, base: Nodes, mine: Nodes, theirs: Nodes, ours: Alignment, others: Alignment): Unit {
  const bases = places.base.map((at) => base[at]!)
  const mines = places.mine.map((at) => mine[at]!)
  const theirses = places.theirs.map((at) => theirs[at]!)
  return {
    base: places.base[0] ?? -1,
    mine: places.mine[0] ?? -1,
    theirs: places.theirs[0] ?? -1,
    movedMine: places.base.length > 0 && places.mine.some((at) => ours.moved[at]),
    movedTheirs: places.base.length > 0 && places.theirs.some((at) => others.moved[at]),
    bases,
    mines,
    theirses,
    get key() {
      return [...bases, ...(bases.length === 0 ? (mines.length > 0 ? mines : theirses) : [])]
        .map((node) => keyOf(blockPiece(node)))
        .join("\u0001")
    },
  }
}

/** Blocks that a side split, joined or made another kind of, with what the other side made of them; only where they stand together. */
function groupsOf(
  base: Nodes,
  mine: Nodes,
  theirs: Nodes,
  ours: Alignment,
  others: Alignment,
  { budget }: Merging,
): Places[] {
  const none = { where: "", part: null }
  const known = (toOf: readonly number[], from: readonly number[]) =>
    from.map((at) => toOf[at]!).filter((at) => at >= 0)
  const madeOf = (side: Nodes, alignment: Alignment) => [
    ...findRegroups(base, side, alignment, none, budget),
    ...inOrder(findReshapes(base, side, alignment, none), alignment),
  ]
  const found: Places[] = [
    ...madeOf(mine, ours).map(({ from, to }) => ({ base: [...from], mine: [...to], theirs: known(others.toOf, from) })),
    ...madeOf(theirs, others).map(({ from, to }) => ({ base: [...from], mine: known(ours.toOf, from), theirs: [...to] })),
  ]
  return unitedGroups(found).filter((group) =>
    sides.every((side) => {
      const places = group[side].sort((one, other) => one - other)
      const isRow = places.every((at, index) => at === places[0]! + index)
      // What one side split or joined the other may have deleted as a whole.
      return isRow && (places.length > 0 || side !== "base")
    }),
  )
}

/** Those that stand between the same neighbours as before: another may as well be a deletion here and something new there. */
function inOrder(found: readonly Reshape[], { fromOf, moved }: Alignment): Reshape[] {
  const anchors = fromOf.map((from, at) => (moved[at] ? -1 : from))
  return found.filter(({ from, to }) => {
    const before = anchors.slice(0, to[0]).findLast((at) => at >= 0) ?? -1
    const behind = anchors.slice(to.at(-1)! + 1).find((at) => at >= 0) ?? Infinity
    if (before >= from[0]! || behind <= from.at(-1)!) return false
    for (const at of to) anchors[at] = from[0]!
    return true
  })
}

const sides = ["base", "mine", "theirs"] as const

/** What one side split and the other joined, or made a list, is one group. */
function unitedGroups(groups: readonly Places[]): Places[] {
  const united: Places[] = []
  for (const group of groups) {
    for (const other of united.filter((other) => sides.some((side) => other[side].some((at) => group[side].includes(at))))) {
      united.splice(united.indexOf(other), 1)
      for (const side of sides) group[side] = [...new Set([...group[side], ...other[side]])]
    }
    united.push(group)
  }
  return united
}

/** What is new on either side; once what is new on both, at the same place or by the same id. */
export function insertions(
  mine: readonly Piece[],
  theirs: readonly Piece[],
  ours: Pick<Alignment, "fromOf" | "moved">,
  others: Pick<Alignment, "fromOf" | "moved">,
  taken: { mine: ReadonlySet<number>; theirs: ReadonlySet<number> } = { mine: new Set(), theirs: new Set() },
): Places[] {
  const also = newOnes(theirs, others, taken.theirs)
  const named = new Map<string, number[]>()
  for (const { at, names } of also) for (const name of names) named.set(name, [...(named.get(name) ?? []), at])
  const used = new Set<number>()
  const places: Places[] = []
  for (const { at, names } of newOnes(mine, ours, taken.mine)) {
    const same = names.flatMap((name) => named.get(name) ?? []).find((other) => !used.has(other))
    if (same !== undefined) used.add(same)
    places.push({ base: [], mine: [at], theirs: same === undefined ? [] : [same] })
  }
  for (const { at } of also) if (!used.has(at)) places.push({ base: [], mine: [], theirs: [at] })
  return places
}

/** The new pieces with the names under which the same can be found on the other side. */
function newOnes(
  pieces: readonly Piece[],
  { fromOf, moved }: Pick<Alignment, "fromOf" | "moved">,
  taken: ReadonlySet<number>,
): { at: number; names: string[] }[] {
  const found: { at: number; names: string[] }[] = []
  let anchor = -1
  for (const [at, piece] of pieces.entries()) {
    if (fromOf[at]! >= 0 && !moved[at]) anchor = fromOf[at]!
    if (fromOf[at]! >= 0 || taken.has(at)) continue
    const key = keyOf(piece)
    found.push({ at, names: [`${anchor} ${key}`, ...(piece.id === null ? [] : [`#${piece.id} ${key}`])] })
  }
  return found
}
