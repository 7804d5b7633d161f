import type { Node, ResolvedPos } from "prosemirror-model"
import { type Command, NodeSelection, Selection, TextSelection, type Transaction } from "prosemirror-state"
import { pageSchema } from "./document/schema.ts"

const { list_item, fact, paragraph } = pageSchema.nodes

/** Some neighbours in one parent: how many, from which child on, and where the first begins. */
interface Place {
  parent: Node
  index: number
  count: number
  from: number
}

/** Moves the list items, the fact, or else the whole blocks that are selected past their neighbour. */
export function moveBlock(direction: -1 | 1): Command {
  return (state, dispatch) => {
    const place = movable(state.selection)
    if (!place || !place.parent.maybeChild(direction < 0 ? place.index - 1 : place.index + place.count)) return false
    if (dispatch) dispatch(moveNodes(state.tr, place, direction).scrollIntoView())
    return true
  }
}

/** Swaps the nodes of a place with their neighbour, which has to be there; a selection inside them goes with them. */
export function moveNodes(tr: Transaction, { parent, index, count, from }: Place, direction: -1 | 1): Transaction {
  const nodes = parent.children.slice(index, index + count)
  const neighbour = parent.child(direction < 0 ? index - 1 : index + count)
  const size = nodes.reduce((sum, node) => sum + node.nodeSize, 0)
  const start = direction < 0 ? from - neighbour.nodeSize : from
  const { selection } = tr
  tr.replaceWith(
    start,
    start + size + neighbour.nodeSize,
    direction < 0 ? [...nodes, neighbour] : [neighbour, ...nodes],
  )
  if (selection.from < from || selection.to > from + size) return tr
  const shift = direction * neighbour.nodeSize
  const { anchor, head } = selection
  return tr.setSelection(
    selection instanceof NodeSelection
      ? NodeSelection.create(tr.doc, anchor + shift)
      : TextSelection.between(tr.doc.resolve(anchor + shift), tr.doc.resolve(head + shift)),
  )
}

/** Deletes the blocks the selection touches, whole. The page always keeps one block. */
export const deleteBlock: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  const from = $from.depth === 0 ? $from.pos : $from.before(1)
  const to = $to.depth === 0 ? $to.pos : $to.after(1)
  if (from === to) return false
  if (dispatch) {
    const tr = state.tr
    if (to - from === state.doc.content.size) tr.replaceWith(from, to, paragraph.create())
    else tr.delete(from, to)
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(Math.min(from, tr.doc.content.size)))).scrollIntoView())
  }
  return true
}

/** An empty paragraph after the block the cursor is in, and the cursor in it: the way out of a table or a fact sheet. */
export const paragraphAfter: Command = (state, dispatch) => {
  const { $to } = state.selection
  const at = $to.depth === 0 ? $to.pos : $to.after(1)
  if (dispatch) {
    const tr = state.tr.insert(at, paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
  }
  return true
}

function movable(selection: Selection): Place | null {
  const { $from, $to } = selection
  const shared = $from.sharedDepth($to.pos)
  for (let depth = Math.min($from.depth, shared + 1); depth > 1; depth--) {
    const { type } = $from.node(depth)
    if (type === list_item || type === fact) return placeAt($from, $to, depth)
  }
  if ($from.depth > 0) return placeAt($from, $to, 1)
  if (!(selection instanceof NodeSelection)) return null
  return { parent: $from.parent, index: $from.index(), count: 1, from: selection.from }
}

function placeAt($from: ResolvedPos, $to: ResolvedPos, depth: number): Place {
  const index = $from.index(depth - 1)
  const count = Math.max(1, $to.indexAfter(depth - 1) - index)
  return { parent: $from.node(depth - 1), index, count, from: $from.before(depth) }
}
