import { toggleMark } from "prosemirror-commands"
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history"
import type { MarkType, NodeType } from "prosemirror-model"
import type { Command, EditorState } from "prosemirror-state"
import { isInTable } from "prosemirror-tables"
import type { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { deleteBlock, moveBlock, paragraphAfter } from "./block-moves.ts"
import { pageSchema } from "./document/schema.ts"
import { insertDivider, insertFactSheet } from "./insert.ts"
import { shownKeys } from "./keys-shown.ts"
import { currentKind, kinds, setKind } from "./kinds.ts"
import { languageItems } from "./language.ts"
import { currentList, indent, listDepth, outdent, toggleList } from "./lists.ts"
import { currentMark } from "./marks.ts"
import type { MenuItem } from "./menu.ts"
import { insertTable, tableTools } from "./table-tools.ts"
import type { Tool, ToolMenu } from "./toolbar.ts"

const { nodes, marks } = pageSchema

/** Everything the bar offers, in groups, in the order of how often it is needed. */
export function toolbarItems(open: { link: Command; citation: Command; files: Command }, announce: Announce): (Tool | ToolMenu)[][] {
  return [
    [kindMenu(announce)],
    [
      markTool("Bold", "bold", marks.strong, "Mod-b"),
      markTool("Italic", "italic", marks.em, "Mod-i"),
      {
        label: "Link",
        icon: "link",
        keys: "Mod-k",
        run: open.link,
        pressed: (state) => has(state, marks.link),
        enabled: inText,
      },
      { label: "Cite a source", icon: "citation", keys: "Mod-Alt-f", run: open.citation, enabled: inText },
    ],
    [
      listTool("Bulleted list", "bullets", nodes.bullet_list, "Mod-Shift-8"),
      listTool("Numbered list", "numbers", nodes.ordered_list, "Mod-Shift-7"),
      { label: "Outdent", icon: "outdent", keys: "Mod-[", run: outdent, enabled: inList, done: "Moved one level out" },
      {
        label: "Indent",
        icon: "indent",
        keys: "Mod-]",
        run: indent,
        enabled: (state) => indent(state),
        done: "Moved one level in",
      },
    ],
    [insertMenu(open.files), tableMenu(announce)],
    [
      {
        label: "Undo",
        icon: "undo",
        keys: "Mod-z",
        run: undo,
        enabled: (state) => undoDepth(state) > 0,
        done: "Undone",
      },
      {
        label: "Redo",
        icon: "redo",
        keys: "Mod-y",
        run: redo,
        enabled: (state) => redoDepth(state) > 0,
        done: "Done again",
      },
    ],
    [
      markTool("Code", "code", marks.code, "Mod-`"),
      { label: "Language", icon: "language", enabled: inText, items: languageItems },
      blockMenu(announce),
    ],
  ]
}

const has = (state: EditorState, mark: MarkType) => currentMark(state, mark) !== null
const inText = (state: EditorState) => state.selection.$from.parent.inlineContent
const inList = (state: EditorState) => listDepth(state) > 0

function markTool(label: string, icon: Tool["icon"], type: MarkType, keys: string): Tool {
  return { label, icon, keys, run: toggleMark(type), pressed: (state) => has(state, type), enabled: inText }
}

function listTool(label: string, icon: Tool["icon"], type: NodeType, keys: string): Tool {
  const pressed = (state: EditorState) => currentList(state) === type
  return { label, icon, keys, run: toggleList(type), pressed, enabled: (state) => currentKind(state) !== null }
}

function kindMenu(announce: Announce): ToolMenu {
  return {
    label: "Kind of text",
    face: (state) => currentKind(state)?.label ?? "Text",
    enabled: (state) => currentKind(state) !== null,
    items: (view) =>
      kinds.map((kind) => ({
        label: kind.label,
        ...hint(kind.keys),
        state: { kind: "radio", on: currentKind(view.state) === kind },
        run: () => setKind(kind)(view.state, view.dispatch) && announce(`Now: ${kind.label}`),
      })),
  }
}

function insertMenu(files: Command): ToolMenu {
  return {
    label: "Insert",
    icon: "insert",
    items: (view) => [
      act(view, "Facts", insertFactSheet),
      act(view, "Picture or PDF", files),
      act(view, "Table", insertTable),
      act(view, "Divider", insertDivider),
    ],
  }
}

function tableMenu(announce: Announce): ToolMenu {
  return {
    label: "Table",
    icon: "table",
    shown: isInTable,
    items: (view) => tableTools.map(({ label, run, done }) => act(view, label, run, () => announce(done))),
  }
}

function blockMenu(announce: Announce): ToolMenu {
  const item = (view: EditorView, label: string, keys: string | undefined, run: Command, done: string) => ({
    ...act(view, label, run, () => announce(done)),
    ...hint(keys),
  })
  return {
    label: "This block",
    icon: "more",
    items: (view) => [
      item(view, "Move up", "Alt-ArrowUp", moveBlock(-1), "Moved up"),
      item(view, "Move down", "Alt-ArrowDown", moveBlock(1), "Moved down"),
      item(view, "New text below", "Mod-Enter", paragraphAfter, "New paragraph below"),
      item(view, "Delete", undefined, deleteBlock, "Deleted. Undo brings it back."),
    ],
  }
}

function act(view: EditorView, label: string, run: Command, done?: () => void): MenuItem {
  return { label, enabled: run(view.state), run: () => run(view.state, view.dispatch, view) && done?.() }
}

const hint = (keys: string | undefined) => (keys ? { hint: shownKeys(keys) } : {})
