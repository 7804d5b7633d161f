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
import type { MarkType, NodeType } from "prosemirror-model"
import { type Command, type EditorState, Plugin, TextSelection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { moveBlock, paragraphAfter } from "./block-moves.ts"
import { pageSchema } from "./document/schema.ts"
import { kinds, setKind } from "./kinds.ts"
import { currentList, indent, listDepth, outdent, splitItem, toggleList } from "./lists.ts"
import { currentMark } from "./marks.ts"
import { nextCell, previousCell } from "./table-tools.ts"

const { nodes, marks } = pageSchema

/** The acts that lead out of the text: into a window, or to the bar. */
interface Outward {
  link: Command
  citation: Command
  selectedCitation: Command
  toolbar: Command
}

/** The keys of the text; the bar names the same keys beside each act, and shows by its buttons what `announce` says. */
export function keys(outward: Outward, announce: Announce): Plugin[] {
  return [
    tabKeys(),
    keymap({ "Mod-k": outward.link, "Mod-Alt-f": outward.citation, "Alt-F10": outward.toolbar }),
    keymap({ Enter: outward.selectedCitation }),
    keymap(telling(announce)),
    keymap(editing),
  ]
}

/** A hard break, replacing the selection. */
export const breakLine: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent) return false
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
}

/** The keys after which something is so or not so any more: said aloud, because nothing on the keyboard shows it. */
function telling(announce: Announce): Record<string, Command> {
  const told = (command: Command, now: (state: EditorState) => string): Command => {
    return (state, dispatch, view) => {
      const done = command(state, dispatch, view)
      if (done && dispatch && view) announce(now(view.state))
      return done
    }
  }
  const mark = (type: MarkType, name: string) =>
    told(toggleMark(type), (state) => `${name} ${currentMark(state, type) ? "on" : "off"}`)
  const list = (type: NodeType, name: string) =>
    told(toggleList(type), (state) => (currentList(state) === type ? name : "No list"))
  const ofKinds = kinds.flatMap((kind) =>
    kind.keys ? [[kind.keys, told(setKind(kind), () => `Now: ${kind.label}`)]] : [],
  )
  return {
    "Mod-b": mark(marks.strong, "Bold"),
    "Mod-i": mark(marks.em, "Italic"),
    "Mod-`": mark(marks.code, "Code"),
    "Mod-Shift-8": list(nodes.bullet_list, "Bulleted list"),
    "Mod-Shift-7": list(nodes.ordered_list, "Numbered list"),
    "Mod-]": told(indent, () => "Moved one level in"),
    "Mod-[": told(outdent, () => "Moved one level out"),
    "Alt-ArrowUp": told(moveBlock(-1), () => "Moved up"),
    "Alt-ArrowDown": told(moveBlock(1), () => "Moved down"),
    "Mod-z": told(undo, () => "Undone"),
    "Mod-y": told(redo, () => "Done again"),
    "Shift-Mod-z": told(redo, () => "Done again"),
    ...Object.fromEntries(ofKinds),
  }
}

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
  if ([firstChild, lastChild].some((block) => block!.isLeaf || block!.type.spec.isolating))
    return selectAll(state, dispatch)
  const everything = TextSelection.between(state.doc.resolve(0), state.doc.resolve(content.size))
  if (dispatch) dispatch(state.tr.setSelection(everything))
  return true
}

const backspace = chainCommands(undoInputRule, deleteSelection, stayAtStart, joinBackward, selectNodeBackward)
const forwardDelete = chainCommands(deleteSelection, stayAtEnd, joinForward, selectNodeForward)

const editing: Record<string, Command> = {
  Enter: chainCommands(enterInLines, splitItem, newlineInCode, createParagraphNear, liftEmptyBlock, splitBlock),
  "Shift-Enter": breakLine,
  "Mod-Enter": paragraphAfter,
  Backspace: backspace,
  "Mod-Backspace": backspace,
  "Shift-Backspace": backspace,
  Delete: forwardDelete,
  "Mod-Delete": forwardDelete,
  "Mod-a": selectEverything,
}

/**
 * Tab goes to the next cell of a table and indents a list item; anywhere else it leaves the text. Escape makes the next
 * Tab leave from there too, so that nobody who works by keyboard is caught.
 */
function tabKeys(): Plugin {
  let leaving = false
  const unlessLeaving =
    (command: Command): Command =>
    (state, dispatch, view) =>
      !leaving && command(state, dispatch, view)
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
