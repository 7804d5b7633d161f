import type { Node } from "prosemirror-model"
import { type Command, Selection } from "prosemirror-state"
import { pageSchema } from "./document/schema.ts"

const { divider, fact, fact_sheet, paragraph } = pageSchema.nodes

/**
 * Puts a block after the one the cursor is in, or in its place when that one is an empty paragraph, and the cursor into
 * it. A block that nothing can be typed into, or that ends the page, gets a paragraph after it.
 */
export function insertBlock(block: Node): Command {
  return (state, dispatch) => {
    const { $to } = state.selection
    const top = $to.depth === 0 ? null : $to.node(1)
    const replace = top?.type === paragraph && top.content.size === 0
    const from = !top ? $to.pos : replace ? $to.before(1) : $to.after(1)
    const to = replace ? $to.after(1) : from
    if (!dispatch) return true
    const tr = state.tr.replaceWith(from, to, block)
    const after = from + block.nodeSize
    if (after === tr.doc.content.size) tr.insert(after, paragraph.create())
    dispatch(tr.setSelection(Selection.near(tr.doc.resolve(block.isLeaf ? after : from + 1))).scrollIntoView())
    return true
  }
}

export const insertDivider: Command = (state, dispatch) => insertBlock(divider.create())(state, dispatch)

export const insertFactSheet: Command = (state, dispatch) =>
  insertBlock(fact_sheet.create(null, fact.create()))(state, dispatch)
