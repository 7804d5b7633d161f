import { closeHistory } from "prosemirror-history"
import type { Node } from "prosemirror-model"
import { TextSelection, type Transaction } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { moveNodes } from "./block-moves.ts"
import { type FactAttrs, pageSchema } from "./document/schema.ts"

const { fact } = pageSchema.nodes

/** What the buttons of a fact sheet do. Each leaves the focus in the row where the person goes on working. */

/** Changes some attributes of the fact at `pos`; its id and its note stay. */
export function changeFact(view: EditorView, pos: number, change: Partial<FactAttrs>) {
  const node = view.state.doc.nodeAt(pos)
  if (node?.type !== fact) return
  view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, ...change }))
}

/** A new row at the end of the sheet at `pos`. */
export function addFact(view: EditorView, pos: number) {
  const sheet = view.state.doc.nodeAt(pos)
  if (!sheet) return
  const at = pos + sheet.nodeSize - 1
  view.dispatch(ownStep(view.state.tr.insert(at, fact.create())))
  focusIn(view, at, "[data-field=key]")
}

/** Takes the fact away; with the last one the sheet goes too. */
export function removeFact(view: EditorView, pos: number) {
  const $pos = view.state.doc.resolve(pos)
  const index = $pos.index()
  const { parent } = $pos
  if (parent.childCount === 1) {
    const tr = view.state.tr.delete($pos.before(), $pos.after())
    if (tr.doc.childCount === 0) tr.insert(0, pageSchema.nodes.paragraph.create())
    view.dispatch(ownStep(tr).scrollIntoView())
    view.focus()
    return
  }
  view.dispatch(ownStep(view.state.tr.delete(pos, pos + parent.child(index).nodeSize)))
  const next = index < parent.childCount - 1 ? pos : pos - parent.child(index - 1).nodeSize
  focusIn(view, next, "[data-act=remove]")
}

/** Moves the fact past its neighbour and keeps the focus on the button; false when there is none on that side. */
export function moveFact(view: EditorView, pos: number, direction: -1 | 1): boolean {
  const $pos = view.state.doc.resolve(pos)
  const index = $pos.index()
  const neighbour = $pos.parent.maybeChild(index + direction)
  if (!neighbour) return false
  view.dispatch(ownStep(moveNodes(view.state.tr, { parent: $pos.parent, index, count: 1, from: pos }, direction)))
  const moved = pos + direction * neighbour.nodeSize
  focusIn(view, moved, direction < 0 ? "[data-act=up]" : "[data-act=down]")
  return true
}

/** Puts the text's own selection into the fact whose fields are used, so that the bar and undo act there. */
export function selectFact(view: EditorView, pos: number, node: Node) {
  const { from } = view.state.selection
  if (from > pos && from < pos + node.nodeSize) return
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + 1)))
}

/** Puts the focus on a control of the fact at `pos`. */
export function focusIn(view: EditorView, pos: number, selector: string) {
  const dom = view.nodeDOM(pos)
  if (dom instanceof HTMLElement) dom.querySelector<HTMLElement>(selector)?.focus()
}

/** One press of a button is one step of undo, however fast the presses come. */
function ownStep(tr: Transaction): Transaction {
  return closeHistory(tr)
}
