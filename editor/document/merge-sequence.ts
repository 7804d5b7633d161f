import type { Node } from "prosemirror-model"
import { familyOf, isSameNode, SAME, sameness } from "./align-pieces.ts"
import type { Merging } from "./merge-context.ts"
import { mergeTexts } from "./merge-texts.ts"
import { mergeOrder } from "./merge-order.ts"
import { type Unit, unitsOf } from "./merge-units.ts"

type Nodes = readonly Node[]

/** The merged children of a node; `unit` says what becomes of each. */
export function mergeChildren(base: Nodes, mine: Nodes, theirs: Nodes, merging: Merging, unit = mergeUnit): Node[] {
  if (areSame(base, theirs, SAME)) return [...mine]
  if (areSame(base, mine, SAME)) return [...theirs]
  return mergeOrder(unitsOf(base, mine, theirs, merging)).flatMap((each) => unit(each, merging))
}

/** What becomes of one unit: nothing where one side deleted it and the other did so too or did not touch it. */
export function mergeUnit({ bases, mines, theirses }: Unit, merging: Merging): Nodes {
  // Where both did the same, theirs was there first: its ids may be linked to.
  if (bases.length === 0) return theirses.length > 0 ? theirses : mines
  if (mines.length === 0 || theirses.length === 0) {
    const kept = mines.length > 0 ? mines : theirses
    if (kept.length === 0 || areSame(bases, kept)) return []
    merging.collided++
    return merging.prefer === "mine" ? mines : theirses
  }
  if (areSame(bases, theirses, SAME)) return mines
  if (areSame(bases, mines)) return theirses
  if (areSame(bases, theirses)) return mines
  if (areSame(mines, theirses)) return theirses
  const all = [...bases, ...mines, ...theirses]
  if (all.length > 3 && all.every(({ isTextblock }) => isTextblock)) return mergeTexts(bases, mines, theirses, merging)
  if (all.some((node) => familyOf(node) !== familyOf(all[0]!))) {
    // One made it a list, the other a quotation, or edited it: only a person can say what it is to be.
    merging.collided++
    return merging.prefer === "mine" ? mines : theirses
  }
  const node = merging.node(bases[0]!, mines[0]!, theirses[0]!, merging)
  return node ? [node] : []
}

function areSame(one: Nodes, other: Nodes, least?: typeof SAME): boolean {
  if (one.length !== other.length) return false
  return one.every((node, at) => (least === SAME ? sameness(node, other[at]!) === SAME : isSameNode(node, other[at]!)))
}
