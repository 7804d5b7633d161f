import { Fragment, type Node, type ResolvedPos } from "prosemirror-model"
import { type Command, NodeSelection, Selection, TextSelection, type Transaction } from "prosemirror-state"
import { pageSchema } from "./document/schema.ts"

const { list_item, fact, paragraph } = pageSchema.nodes

/** Moves the list item, the fact, or else the whole block the cursor is in past its neighbour. */
export function moveBlock(direction: -1 | 1): Command {
  return (state, dispatch) => {
    const place = movable(state.selection)
    if (!place) return false
    const { parent, index, from } = place
    if (index + direction < 0 || index + direction >= parent.childCount) return false
    if (dispatch) dispatch(moveNode(state.tr, parent, index, from, direction).scrollIntoView())
    return true
  }
}

/** Swaps the node at `from`, child `index` of `parent`, with its neighbour; the selection goes with it. */
export function moveNode(tr: Transaction, parent: Node, index: number, from: number, direction: -1 | 1): Transaction {
  const node = parent.child(index)
  const neighbour = parent.child(index + direction)
  const start = direction < 0 ? from - neighbour.nodeSize : from
  const moved = direction < 0 ? start : start + neighbour.nodeSize
  const { anchor, head } = tr.selection
  const ofNode = tr.selection instanceof NodeSelection
  const swapped = direction < 0 ? [node, neighbour] : [neighbour, node]
  tr.replaceWith(start, start + node.nodeSize + neighbour.nodeSize, Fragment.from(swapped))
  const inside = anchor >= from && head <= from + node.nodeSize
  if (!inside) return tr
  const shift = moved - from
  return tr.setSelection(
    ofNode ? NodeSelection.create(tr.doc, anchor + shift) : TextSelection.create(tr.doc, anchor + shift, head + shift),
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

function movable(selection: Selection): { parent: Node; index: number; from: number } | null {
  const { $from } = selection
  for (let depth = $from.depth; depth > 1; depth--) {
    const { type } = $from.node(depth)
    if (type === list_item || type === fact) return placeAt($from, depth)
  }
  if ($from.depth > 0) return placeAt($from, 1)
  if (!(selection instanceof NodeSelection)) return null
  return { parent: $from.parent, index: $from.index(), from: selection.from }
}

function placeAt($pos: ResolvedPos, depth: number) {
  return { parent: $pos.node(depth - 1), index: $pos.index(depth - 1), from: $pos.before(depth) }
}
