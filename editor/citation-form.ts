import { type Command, NodeSelection, type Selection } from "prosemirror-state"
import type { EditorView } from "prosemirror-view"
import { readAddress } from "./address.ts"
import { cleanText } from "./clean-text.ts"
import { field, openDialog } from "./dialog.ts"
import { isSlug } from "./document/links.ts"
import { type Citation, pageSchema } from "./document/schema.ts"
import { h } from "./dom.ts"
import type { FindPages } from "./find-pages.ts"
import { pagePicker } from "./page-picker.ts"
import type { ProposeSource } from "./propose-source.ts"

const { citation } = pageSchema.nodes

// As long as the document admits.
const MAX_LINE = 300
const MAX_QUOTE = 2000

const PROBLEM = "Say what you rely on: choose a page, write a web address (https://…), or give the title of the source."

/** Opens the window in which one source is named: `current`, or a new one. */
export type OpenCitation = (current: Citation | null, after: AfterCitation) => void

interface AfterCitation {
  onDone(citation: Citation): void
  onClose(): void
}

/** Opens the window for the selected citation, or for a new one at the cursor. */
export function editCitation(open: OpenCitation): Command {
  return (state, dispatch, view) => {
    const current = selectedCitation(state.selection)
    if (!current && !state.selection.$to.parent.inlineContent) return false
    if (dispatch && view) open(current, { onDone: (attrs) => putCitation(view, attrs), onClose: () => view.focus() })
    return true
  }
}

/** Opens the window of the selected citation, and nothing when none is selected. */
export function editSelectedCitation(open: OpenCitation): Command {
  return (state, dispatch, view) =>
    selectedCitation(state.selection) !== null && editCitation(open)(state, dispatch, view)
}

/**
 * The window for citations in the text and for the sources of a fact. A new citation that was begun and not added is
 * offered again the next time: Escape must not cost anybody a quotation.
 */
export function citationWindow(find: FindPages, propose: ProposeSource): OpenCitation {
  let unfinished: Typed | null = null
  return (current, { onDone, onClose }) => {
    const given = current ? { ...current, page: isSlug(current.source) } : unfinished
    const form = citationFields(given ?? { ...NOTHING, page: false }, { find, propose, onChange: () => dialog.problem("") })
    const dialog = openDialog({
      title: current ? "Change the citation" : "Cite a source",
      content: form.fields,
      accept: current ? "Change citation" : "Add citation",
      onAccept: () => {
        const read = readCitation(form.typed())
        if (typeof read === "string") dialog.problem(read)
        else onDone(read)
        return typeof read !== "string"
      },
      onClose: (accepted) => {
        form.leave()
        if (!current) unfinished = accepted ? null : form.typed()
        onClose()
      },
    })
    form.first.focus()
  }
}

/** What stands in the fields; `page` says that the source is a page of the wiki and not just looks like one. */
type Typed = Citation & { page: boolean }

const NOTHING: Citation = { source: "", title: "", locator: "", quote: "" }

interface Means {
  find: FindPages
  propose: ProposeSource
  onChange(): void
}

function citationFields(given: Typed, { find, propose, onChange }: Means) {
  const title = h("input", { type: "text", value: given.title, autocomplete: "off" })
  const locator = h("input", { type: "text", value: given.locator, autocomplete: "off" })
  const quote = h("textarea", { rows: 3 }, given.quote)
  let page = given.page ? given.source : null
  const picker = pagePicker({
    value: given.source,
    isAddress: (text) => readWebAddress(text) !== null,
    find,
    onChange: () => {
      const chosen = picker.chosen()
      page = chosen?.slug ?? null
      if (chosen && title.value.trim() === "") title.value = chosen.title
      onChange()
    },
  })
  const looking = h("p", { role: "status", class: "editor-hint" })
  let asked = new AbortController()
  const lookUp = async () => {
    const address = readWebAddress(picker.input.value)
    if (address === null || page !== null || title.value.trim() !== "") return
    asked.abort()
    const own = (asked = new AbortController())
    looking.textContent = "Looking up what this address says of itself …"
    const name = await propose(address, own.signal)
    if (own.signal.aborted) return
    looking.textContent = name === null ? "" : "The title is what the address says of itself. Change it as you like."
    // Who has typed one in the meantime knows better.
    if (name !== null && title.value.trim() === "") title.value = name.slice(0, MAX_LINE)
  }
  picker.input.addEventListener("change", () => void lookUp())
  picker.input.addEventListener("paste", () => setTimeout(() => void lookUp()))
  const read = (control: { value: string }) => cleanText(control.value).replaceAll("\n", " ").trim()
  const typed = (): Typed => ({
    source: page ?? read(picker.input),
    page: page !== null,
    title: read(title),
    locator: read(locator),
    quote: read(quote),
  })
  const fields = [
    field(
      "Source",
      picker,
      "A page of this wiki, or a web address. Leave it empty for something that is only on paper.",
    ),
    looking,
    field("Title", title),
    field("Where in it", locator, "A page or section, such as “p. 4”."),
    field("The exact words relied on", quote),
  ]
  return { fields, typed, first: picker.input, leave: () => asked.abort() }
}

/** The citation, or what is wrong with it. */
function readCitation({ page, ...typed }: Typed): Citation | string {
  const source = page || typed.source === "" ? typed.source : readWebAddress(typed.source)
  if (source === null || (source === "" && typed.title === "")) return PROBLEM
  if (Math.max(typed.title.length, typed.locator.length) > MAX_LINE)
    return `A title or place has no more than ${MAX_LINE} characters.`
  if (typed.quote.length > MAX_QUOTE) return `Quote no more than ${MAX_QUOTE} characters: the words that say it.`
  return { ...typed, source }
}

function readWebAddress(text: string): string | null {
  const href = readAddress(text)
  return href?.startsWith("http") ? href : null
}

function selectedCitation(selection: Selection): Citation | null {
  const node = selection instanceof NodeSelection ? selection.node : null
  return node?.type === citation ? (node.attrs as Citation) : null
}

// A citation belongs behind the words it supports: selected words stay.
function putCitation(view: EditorView, attrs: Citation) {
  const { tr } = view.state
  const node = citation.create(attrs)
  if (selectedCitation(tr.selection)) tr.replaceSelectionWith(node, true)
  else tr.insert(tr.selection.to, node)
  view.dispatch(tr.scrollIntoView())
}
