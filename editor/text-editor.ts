import { dropCursor } from "prosemirror-dropcursor"
import { gapCursor } from "prosemirror-gapcursor"
import { history } from "prosemirror-history"
import type { Node } from "prosemirror-model"
import { EditorState, Plugin } from "prosemirror-state"
import { tableEditing } from "prosemirror-tables"
import { EditorView } from "prosemirror-view"
import type { Announce } from "./announce.ts"
import { clickBelow } from "./click-below.ts"
import { loadChecks } from "./checks.ts"
import { citationWindow, editCitation, editSelectedCitation } from "./citation-form.ts"
import { h } from "./dom.ts"
import { factSheetView, factView } from "./fact-form.ts"
import { figureView } from "./figure-view.ts"
import { findPages } from "./find-pages.ts"
import { typedShortcuts } from "./input-rules.ts"
import { keys } from "./keymap.ts"
import { lastingIds } from "./lasting-ids.ts"
import { editLink } from "./link-picker.ts"
import { nearCursor } from "./near-cursor.ts"
import { cleanPaste } from "./paste.ts"
import { proposeSource } from "./propose-source.ts"
import { tableView } from "./table-view.ts"
import { type Toolbar, toolbar } from "./toolbar.ts"
import { toolbarItems } from "./toolbar-items.ts"
import { chooseFiles, uploads } from "./upload.ts"

export interface TextEditor {
  view: EditorView
  /** The bar and the text. */
  dom: HTMLElement
}

interface Options {
  doc: Node
  /** What the text is, for people who do not see it. */
  label: string
  help: HTMLElement
  announce: Announce
}

/** The text of a page as it is written: the bar over it, its keys, its forms for facts. */
export function textEditor({ doc, label, help, announce }: Options): TextEditor {
  const openCitation = citationWindow(findPages, proposeSource)
  const open = { link: editLink(findPages), citation: editCitation(openCitation), files: chooseFiles(announce) }
  let bar: Toolbar | null = null
  const toBar = () => {
    bar?.focus()
    return true
  }
  const place = h("div", { class: "editor-text" })
  const view = new EditorView(
    { mount: place },
    {
      state: EditorState.create({
        doc,
        plugins: [
          typedShortcuts(),
          ...keys({ ...open, selectedCitation: editSelectedCitation(openCitation), toolbar: toBar }, announce),
          history({ depth: 500 }),
          lastingIds(),
          nearCursor(),
          uploads(announce),
          cleanPaste(announce),
          // The colour comes from the style sheet: the plugin would write it into a style element.
          dropCursor({ class: "editor-drop", color: false, width: 3 }),
          gapCursor(),
          clickBelow(),
          tableEditing({ allowTableNodeSelection: true }),
          afterChange(() => {
            bar?.update(view.state)
            // By the time somebody saves, they are there.
            if (view.state.doc !== doc) void loadChecks()
          }),
        ],
      }),
      // The bar stays at the top of the screen, the line about the draft at its bottom: the cursor must not hide under them.
      scrollThreshold: { top: 70, bottom: 60, left: 0, right: 0 },
      scrollMargin: { top: 80, bottom: 70, left: 0, right: 0 },
      nodeViews: { fact: factView({ openCitation, today, announce }), fact_sheet: factSheetView, figure: figureView, table: tableView },
      handleDoubleClickOn: (view) => editSelectedCitation(openCitation)(view.state, view.dispatch, view),
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, "aria-describedby": help.id },
    },
  )
  bar = toolbar(view, toolbarItems(open, announce), announce)
  bar.update(view.state)
  return { view, dom: h("div", { class: "editor" }, bar.dom, ...bar.popups, place) }
}

/** Runs `act` once after each change that is seen on the screen, however many changes came before it. */
function afterChange(act: () => void): Plugin {
  let waiting = 0
  return new Plugin({
    view: () => ({
      update: () => {
        waiting ||= requestAnimationFrame(() => {
          waiting = 0
          act()
        })
      },
      destroy: () => cancelAnimationFrame(waiting),
    }),
  })
}

// A check is never in the future: not where the person is, and not in UTC, by which the server counts.
function today(): string {
  const now = new Date()
  const two = (part: number) => String(part).padStart(2, "0")
  const here = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const utc = now.toISOString().slice(0, 10)
  return here < utc ? here : utc
}
