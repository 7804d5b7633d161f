import {
  chainCommands,
  createParagraphNear,
  deleteSelection,
  joinBackward,
  joinForward,
  liftEmptyBlock,
  newlineInCode,
  selectAll,
  selectNodeBackward,
  selectNodeForward,
  splitBlock,
  toggleMark,
} from "prosemirror-commands"
import { redo, undo } from "prosemirror-history"
import { undoInputRule } from "prosemirror-inputrules"
import { keydownHandler, keymap } from "prosemirror-keymap"
import { type Command, Plugin, TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { moveBlock, paragraphAfter } from "./block-moves.ts"
import { pageSchema } from "./document/schema.ts"
import { kinds, setKind } from "./kinds.ts"
import { indent, listDepth, outdent, splitItem, toggleList } from "./lists.ts"
import { nextCell, previousCell } from "./table-tools.ts"

const { nodes, marks } = pageSchema

/** The acts that lead out of the text: into a window, or to the bar. */
interface Outward {
  link: Command
  citation: Command
  selectedCitation: Command
  toolbar: Command
}

/** The keys of the text; the bar names the same keys beside each act. */
export function keys(outward: Outward): Plugin[] {
  return [
    tabKeys(),
    keymap({ "Mod-k": outward.link, "Mod-Alt-f": outward.citation, "Alt-F10": outward.toolbar }),
    keymap({ Enter: outward.selectedCitation }),
    keymap({ ...editing, ...marking, ...kindKeys }),
  ]
}

/** A hard break, replacing the selection. */
export const breakLine: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
}

const marking: Record<string, Command> = {
  "Mod-b": toggleMark(marks.strong),
  "Mod-i": toggleMark(marks.em),
  "Mod-`": toggleMark(marks.code),
}

const kindKeys = Object.fromEntries(kinds.flatMap((kind) => (kind.keys ? [[kind.keys, setKind(kind)]] : [])))

// In a cell, a caption, an address or a note a return starts a new line. In an address a second one leaves it.
const enterInLines: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  const { type } = $from.parent
  if (!$from.sameParent($to)) return type.spec.isolating === true
  if (type === nodes.figure) return paragraphAfter(state, dispatch)
  if (type === nodes.address && endsWithBreak(state.selection)) return leaveAddress(state, dispatch)
  if (type === nodes.address || type.spec.isolating) return breakLine(state, dispatch)
  return false
}

function endsWithBreak({ $from, empty }: { $from: TextSelection["$from"]; empty: boolean }): boolean {
  return empty && $from.parentOffset === $from.parent.content.size && $from.nodeBefore?.type === nodes.hard_break
}

const leaveAddress: Command = (state, dispatch) => {
  const { $from } = state.selection
  if (dispatch) {
    const tr = state.tr.delete($from.pos - 1, $from.pos)
    const after = tr.selection.$from.after()
    tr.insert(after, nodes.paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
  }
  return true
}

// A fact's fields stand before its note, a picture before its caption: without these the browser would eat into them.
const stayAtStart: Command = (state) => {
  const { $from, empty } = state.selection
  return empty && $from.parent.type.spec.isolating === true && $from.parentOffset === 0
}
const stayAtEnd: Command = (state) => {
  const { $from, empty } = state.selection
  return empty && $from.parent.type.spec.isolating === true && $from.parentOffset === $from.parent.content.size
}

// As text where it is text from end to end, so that lists and kinds can be changed all at once.
const selectEverything: Command = (state, dispatch) => {
  const { firstChild, lastChild, content } = state.doc
  if ([firstChild, lastChild].some((block) => block!.isLeaf || block!.type.spec.isolating)) return selectAll(state, dispatch)
  const everything = TextSelection.between(state.doc.resolve(0), state.doc.resolve(content.size))
  if (dispatch) dispatch(state.tr.setSelection(everything))
  return true
}

const backspace = chainCommands(undoInputRule, deleteSelection, stayAtStart, joinBackward, selectNodeBackward)
const forwardDelete = chainCommands(deleteSelection, stayAtEnd, joinForward, selectNodeForward)

const editing: Record<string, Command> = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  Enter: chainCommands(enterInLines, splitItem, newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
  "Shift-Enter": breakLine,
  "Mod-Enter": paragraphAfter,
  Backspace: backspace,
  "Mod-Backspace": backspace,
  "Shift-Backspace": backspace,
  Delete: forwardDelete,
  "Mod-Delete": forwardDelete,
  "Mod-a": selectEverything,
  "Mod-Shift-8": toggleList(nodes.bullet_list),
  "Mod-Shift-7": toggleList(nodes.ordered_list),
  "Mod-]": indent,
  "Mod-[": outdent,
  "Alt-ArrowUp": moveBlock(-1),
  "Alt-ArrowDown": moveBlock(1),
}

/**
 * Tab goes to the next cell of a table and indents a list item; anywhere else it leaves the text. Escape makes the next
 * Tab leave from there too, so that nobody who works by keyboard is caught.
 */
function tabKeys(): Plugin {
  let leaving = false
  const unlessLeaving = (command: Command): Command => (state, dispatch, view) => !leaving && command(state, dispatch, view)
  const press = keydownHandler({
    Tab: unlessLeaving(chainCommands(nextCell, indent)),
    "Shift-Tab": unlessLeaving(chainCommands(previousCell, outdentNested)),
  })
  const handleKeyDown = (view: EditorView, event: KeyboardEvent) => {
    const handled = press(view, event)
    if (event.key !== "Shift") leaving = event.key === "Escape"
    return handled
  }
  return new Plugin({ props: { handleKeyDown } })
}

// At the outermost level Shift-Tab leaves the text; taking the list away is the toolbar's act.
const outdentNested: Command = (state, dispatch) => listDepth(state) > 1 && outdent(state, dispatch)
