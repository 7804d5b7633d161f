import type { Mark, MarkType } from "prosemirror-model"
import type { Command, EditorState } from "prosemirror-state"
import { pageSchema } from "./document/schema.ts"

/** The mark of this type at the cursor, or the first one in the selection. */
export function currentMark(state: EditorState, type: MarkType): Mark | null {
  const { from, to, empty, $from } = state.selection
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) ?? null
  let found: Mark | null = null
  state.doc.nodesBetween(from, to, (node) => {
    found ??= node.isInline ? (type.isInSet(node.marks) ?? null) : null
    return found === null
  })
  return found
}

/** From where to where the mark of this type reaches around the cursor: a whole link, a whole span. */
export function markRange(state: EditorState, type: MarkType): { from: number; to: number } | null {
  const { $from, from, to, empty } = state.selection
  if (!empty) return { from, to }
  const { parent } = $from
  const after = parent.childAfter($from.parentOffset)
  const before = parent.childBefore($from.parentOffset)
  const at = after.node && type.isInSet(after.node.marks) ? after : before
  const mark = at.node && type.isInSet(at.node.marks)
  if (!mark) return null
  let first = at.index
  let last = at.index
  while (first > 0 && mark.isInSet(parent.child(first - 1).marks)) first--
  while (last + 1 < parent.childCount && mark.isInSet(parent.child(last + 1).marks)) last++
  const size = (count: number) => parent.children.slice(0, count).reduce((sum, child) => sum + child.nodeSize, 0)
  return { from: $from.start() + size(first), to: $from.start() + size(last + 1) }
}

/** Says what language the selected words are in; `null` takes the mark away. */
export function setLanguage(lang: string | null): Command {
  return (state, dispatch) => {
    const type = pageSchema.marks.lang
    const range = markRange(state, type)
    if (!range && lang === null) return false
    if (!dispatch) return true
    const tr = state.tr
    if (!range) dispatch(tr.addStoredMark(type.create({ lang })))
    else {
      tr.removeMark(range.from, range.to, type)
      if (lang !== null) tr.addMark(range.from, range.to, type.create({ lang }))
      dispatch(tr)
    }
    return true
  }
}
