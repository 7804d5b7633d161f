import type { Node } from "prosemirror-model"
import { alignBlocks, type Alignment } from "./align.ts"
import { SAME, SAME_CONTENT, type Sameness, sameness } from "./align-pieces.ts"
import { blockText, namedBlock } from "./diff-attributes.ts"
import { countWords, newChange } from "./diff-changes.ts"
import type { Change, NodeEdit, Step } from "./diff-edits.ts"
import { factText } from "./diff-facts.ts"
import { findRegroups, type Regroup } from "./diff-regroup.ts"
import { findReshapes, type Reshape } from "./diff-reshape.ts"
import type { Place } from "./diff-text.ts"
import type { Budget } from "./diff-words.ts"

/** What the parts of one diff share; `pair` compares two nodes of one family, whatever they are. */
export interface Comparison {
  budget: Budget
  pair(from: Node, to: Node, place: Place): NodeEdit
}

/** What became of the children of a node. */
export function diffChildren(
  from: readonly Node[],
  to: readonly Node[],
  place: Place,
  comparison: Comparison,
  alignment = alignBlocks(from, to),
): Step[] {
  const reshapes = findReshapes(from, to, alignment, place)
  const regroups = findRegroups(from, to, without(alignment, reshapes), place, comparison.budget)
  const groups = [...regroups, ...reshapes]
  const moves = movesOf(to, alignment, regroups, place)
  const behind = leftBehind(from, alignment, groups, moves)
  const starts = new Map(groups.map((group) => [group.to[0]!, group]))
  const steps: Step[] = []
  const showLeft = (index: number) => {
    for (const at of behind.get(index) ?? []) steps.push(leftStep(from[at]!, at, moves, place))
  }
  showLeft(-1)
  for (let index = 0; index < to.length; index++) {
    const group = starts.get(index)
    if (group) {
      steps.push("inline" in group ? regroupStep(group, to, moves) : reshapeStep(group, place, comparison))
      index = group.to.at(-1)!
    } else {
      steps.push(stepTo(to[index]!, index, alignment, from, moves, place, comparison))
    }
    showLeft(index)
  }
  return steps
}

/** What is said of a block, row or fact that is only on one side. */
export function presence(act: "added" | "removed", node: Node, { part }: Place): Change {
  const isFact = node.type.name === "fact"
  const text = isFact ? factText(node) : blockText(node)
  const words = countWords(text)
  return newChange(isFact ? `fact-${act}` : `block-${act}`, {
    class:
      isFact || node.type.name === "fact_sheet"
        ? "fact"
        : text
          ? "text"
          : node.isTextblock
            ? "whitespace"
            : "structure",
    part: isFact ? node.attrs.id : part,
    [act === "added" ? "to" : "from"]: text,
    [act]: words,
    description: `${nameOf(node)} ${act}`,
  })
}

function nameOf(node: Node): string {
  return node.type.name === "fact" ? `Fact “${factText(node)}”` : namedBlock(node)
}

function stepTo(
  node: Node,
  index: number,
  { fromOf, same }: Alignment,
  from: readonly Node[],
  moves: ReadonlyMap<number, Change>,
  place: Place,
  comparison: Comparison,
): Step {
  const at = fromOf[index]!
  if (at === -1) return { type: "insert", node, changes: [presence("added", node, place)] }
  return pairStep(from[at]!, node, at, moves.get(at) ?? null, place, comparison, same[index])
}

/** What became of one child that is the child `at` of the old ones; `found` is how far they are the same, if known. */
export function pairStep(
  old: Node,
  node: Node,
  at: number,
  moved: Change | null,
  place: Place,
  comparison: Comparison,
  found: Sameness = sameness(old, node),
): Step {
  if (found === SAME) return { type: "keep", from: at, moved }
  if (found === SAME_CONTENT) return { type: "edit", from: at, edit: { type: "relabel", node }, moved }
  return { type: "edit", from: at, edit: comparison.pair(old, node, place), moved }
}

function regroupStep(group: Regroup, to: readonly Node[], moves: ReadonlyMap<number, Change>): Step {
  const shells = group.to.map((index) => ({ type: to[index]!.type, attrs: to[index]!.attrs }))
  const moved = moves.get(group.from[0]!) ?? null
  return { type: "regroup", from: group.from, shells, ops: group.inline.ops, changes: group.changes, moved }
}

function reshapeStep({ from, old, now, shapes, change }: Reshape, place: Place, comparison: Comparison): Step {
  return {
    type: "reshape",
    from,
    shapes,
    steps: diffChildren(old, now, place, comparison),
    changes: [change],
    moved: null,
  }
}

/** The alignment without what was reshaped, as if that was paired: it is not there to be split or joined. */
function without(alignment: Alignment, reshapes: readonly Reshape[]): Alignment {
  if (reshapes.length === 0) return alignment
  const [fromOf, toOf] = [[...alignment.fromOf], [...alignment.toOf]]
  for (const { from, to } of reshapes) {
    for (const index of to) fromOf[index] = from[0]!
    for (const at of from) toOf[at] = to[0]!
  }
  return { ...alignment, fromOf, toOf }
}

function leftStep(node: Node, from: number, moves: ReadonlyMap<number, Change>, place: Place): Step {
  const moved = moves.get(from)
  return moved ? { type: "left", from, moved } : { type: "delete", from, changes: [presence("removed", node, place)] }
}

/** The change of each old block that moved; those of a group move together. */
function movesOf(
  to: readonly Node[],
  { fromOf, moved }: Alignment,
  regroups: readonly Regroup[],
  place: Place,
): Map<number, Change> {
  const moves = new Map<number, Change>()
  for (const [index, isMoved] of moved.entries()) if (isMoved) moves.set(fromOf[index]!, newMove(to[index]!, place))
  for (const group of regroups) {
    const move = group.from.map((at) => moves.get(at)).find(Boolean)
    if (move) for (const at of group.from) moves.set(at, move)
  }
  return moves
}

function newMove(node: Node, { part }: Place): Change {
  const isFact = node.type.name === "fact"
  const text = isFact ? factText(node) : blockText(node)
  return newChange(isFact ? "fact-moved" : "block-moved", {
    class: "structure",
    part: isFact ? node.attrs.id : part,
    from: text,
    to: text,
    description: `${nameOf(node)} moved`,
  })
}

/** For each new index, and -1 for the start, the old ones to be shown after it because they are gone or moved away. */
function leftBehind(
  from: readonly Node[],
  { toOf }: Alignment,
  regroups: readonly (Regroup | Reshape)[],
  moves: ReadonlyMap<number, Change>,
): Map<number, number[]> {
  const groups = new Map(regroups.flatMap((group) => group.from.map((at) => [at, group])))
  const behind = new Map<number, number[]>()
  let last = -1
  for (let at = 0; at < from.length; at++) {
    const group = groups.get(at)
    const to = group ? group.to.at(-1)! : toOf[at]!
    if (to >= 0 && !moves.has(at)) last = to
    else if (!group || group.from[0] === at) behind.set(last, [...(behind.get(last) ?? []), at])
  }
  return behind
}
