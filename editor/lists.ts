import type { NodeType } from "prosemirror-model"
import { liftListItem, sinkListItem, splitListItem, wrapRangeInList } from "prosemirror-schema-list"
import type { Command, EditorState } from "prosemirror-state"
import { pageSchema } from "./document/schema.ts"
import { setTextblocks } from "./kinds.ts"

const { bullet_list, ordered_list, list_item, paragraph } = pageSchema.nodes

export const indent: Command = sinkListItem(list_item)
export const outdent: Command = liftListItem(list_item)
export const splitItem: Command = splitListItem(list_item)

/** The list type around the selection, the innermost one. */
export function currentList(state: EditorState): NodeType | null {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type } = $from.node(depth)
    if (type === bullet_list || type === ordered_list) return type
  }
  return null
}

/** How many lists the selection is inside of. */
export function listDepth(state: EditorState): number {
  const { $from } = state.selection
  let count = 0
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === list_item) count++
  return count
}

/** Makes the selected blocks a list of this type, changes a list of the other type into it, or takes the list away. */
export function toggleList(type: NodeType): Command {
  return (state, dispatch) => {
    const current = currentList(state)
    if (current === type) return outdent(state, dispatch)
    if (current) return changeList(type)(state, dispatch)
    return makeList(type)(state, dispatch)
  }
}

function changeList(type: NodeType): Command {
  return (state, dispatch) => {
    const { $from } = state.selection
    let depth = $from.depth
    while ($from.node(depth).type !== bullet_list && $from.node(depth).type !== ordered_list) depth--
    if (dispatch) dispatch(state.tr.setNodeMarkup($from.before(depth), type, { id: $from.node(depth).attrs.id }))
    return true
  }
}

// Items begin with a paragraph, so headings and addresses become paragraphs first.
function makeList(type: NodeType): Command {
  return (state, dispatch) => {
    const tr = state.tr
    setTextblocks(tr, { type: paragraph, attrs: {} })
    const range = tr.selection.$from.blockRange(tr.selection.$to)
    if (!range || !wrapRangeInList(tr, range, type)) return false
    if (dispatch) dispatch(tr.scrollIntoView())
    return true
  }
}
