import type { Command } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { ADDRESS_PROBLEM, readAddress, shownAddress } from "./address.ts"
import { field, openDialog } from "./dialog.ts"
import { pageSchema } from "./document/schema.ts"
import { button, h, setAttribute } from "./dom.ts"
import type { FindPages, FoundPage } from "./find-pages.ts"
import { currentMark, markRange } from "./marks.ts"
import { pagePicker } from "./page-picker.ts"

const { link } = pageSchema.marks

/** Opens the window in which the selected words are linked, or the link at the cursor is changed or taken away. */
export function editLink(find: FindPages): Command {
  return (state, dispatch, view) => {
    if (!state.selection.$from.parent.inlineContent) return false
    if (dispatch && view) openLinkWindow(view, find)
    return true
  }
}

function openLinkWindow(view: EditorView, find: FindPages) {
  const { state } = view
  const current = currentMark(state, link)
  const range = current ? markRange(state, link) : null
  const { from, to } = range ?? state.selection
  const picker = pagePicker({
    value: current ? shownAddress(current.attrs.href) : "",
    isAddress: (text) => readAddress(text) !== null,
    find,
    onChange: () => show(""),
  })
  const words = h("input", { type: "text", autocomplete: "off" })
  const unlink = () => {
    view.dispatch(view.state.tr.removeMark(from, to, link))
    dialog.close()
  }
  const dialog = openDialog({
    title: current ? "Change the link" : "Add a link",
    content: [
      field("Page, or address", picker),
      ...(from === to ? [field("Words to show", words, "Left empty, the page's title or the address is shown.")] : []),
    ],
    accept: current ? "Change link" : "Add link",
    extra: current ? [button("Remove link", unlink, { class: "danger" })] : [],
    onAccept: () => {
      const target = readTarget(picker.input.value, picker.chosen())
      if (!target) {
        show(ADDRESS_PROBLEM)
        return false
      }
      applyLink(view, from, to, target, words.value.trim())
      return true
    },
    onClose: () => view.focus(),
  })
  const show = (problem: string) => {
    setAttribute(picker.input, "aria-invalid", problem === "" ? null : "true")
    dialog.problem(problem)
  }
  picker.input.focus()
}

interface Target {
  href: string
  text: string
}

function readTarget(typed: string, page: FoundPage | null): Target | null {
  if (page) return { href: `/wiki/${encodeURIComponent(page.slug)}`, text: page.title }
  const href = readAddress(typed)
  return href === null ? null : { href, text: typed.trim() }
}

function applyLink(view: EditorView, from: number, to: number, { href, text }: Target, words: string) {
  const mark = link.create({ href })
  const tr = view.state.tr
  if (from === to) {
    const marks = mark.addToSet(view.state.storedMarks ?? tr.selection.$from.marks())
    tr.replaceWith(from, to, pageSchema.text(words || text, marks))
  } else tr.removeMark(from, to, link).addMark(from, to, mark)
  view.dispatch(tr.removeStoredMark(link).scrollIntoView())
}
