import { Fragment, type Node } from "prosemirror-model"
import type { EditorView } from "prosemirror-view"
import { liveRegion } from "./announce.ts"
import { beforeSending } from "./before-sending.ts"
import { pageSchema } from "./document/schema.ts"
import { freshId, h } from "./dom.ts"
import { draftsInForm } from "./drafts-form.ts"
import { askBeforeLeaving } from "./leaving.ts"
import { markdownSwitch } from "./markdown-switch.ts"
import { saving } from "./saving.ts"
import { textEditor } from "./text-editor.ts"

const HELP = "Escape, then Tab leaves the text. Alt+F10 goes to the tools."

/**
 * Puts the editor in the place of the form's text area. The page is read from `data-document` of the text area and sent
 * as JSON in a field `document`; the text area is not sent while the editor stands in for it. A text area that holds
 * text and names no document holds somebody's Markdown: it stays, and the editor is one click away. A form marked
 * `data-unsent` came back from the server and was not saved. Throws when the editor cannot start, and leaves the form as
 * it was.
 */
export function takeOver(form: HTMLFormElement): void {
  const textarea = form.querySelector<HTMLTextAreaElement>("textarea[data-editor-text]")
  if (!textarea) throw new Error("The form has no text area marked data-editor-text.")
  const given = readDocument(textarea)
  const shell = h("div", { class: "editor-shell" })
  const sides = twoSides(form, textarea)
  try {
    sides.show(given || textarea.value.trim() === "" ? "text" : "markdown")
    fill(shell, form, sides, given ?? pageSchema.node("doc", null, pageSchema.nodes.paragraph.create()))
    textarea.before(shell)
  } catch (error) {
    shell.remove()
    sides.remove()
    throw error
  }
}

type Side = "text" | "markdown"

interface TwoSides {
  textarea: HTMLTextAreaElement
  /** Where the document is put to be sent. */
  field: HTMLInputElement
  /** Names what is only shown with the formatted text. */
  withText(...elements: HTMLElement[]): void
  side(): Side
  show(side: Side): void
  remove(): void
}

/** Only one of the two is shown and sent: the page as a document, or the text area's Markdown. */
function twoSides(form: HTMLFormElement, textarea: HTMLTextAreaElement): TwoSides {
  const field = h("input", { type: "hidden", name: "document" })
  const described = (textarea.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)
  const hints = described.map((id) => document.getElementById(id))
  const ofMarkdown = [textarea, ...hints, ...document.querySelectorAll<HTMLElement>(".markdown-help")]
  const ofText: HTMLElement[] = []
  const show = (side: Side) => {
    for (const element of ofMarkdown) if (element) element.hidden = side === "text"
    for (const element of ofText) element.hidden = side === "markdown"
    textarea.disabled = side === "text"
    field.disabled = side === "markdown"
  }
  form.append(field)
  return {
    textarea,
    field,
    withText: (...elements) => {
      ofText.push(...elements)
      for (const element of elements) element.hidden = field.disabled
    },
    side: () => (field.disabled ? "markdown" : "text"),
    show,
    remove: () => {
      show("markdown")
      field.remove()
    },
  }
}

function fill(shell: HTMLElement, form: HTMLFormElement, sides: TwoSides, doc: Node) {
  const { textarea, field } = sides
  const { dom: live, announce } = liveRegion()
  const help = h("p", { class: "editor-help", id: freshId() }, HELP)
  const notes = h("div", { class: "editor-notes", role: "status" })
  const label = textarea.labels[0]
  const editor = textEditor({ doc, label: label?.textContent?.trim() || "Text of the page", help, announce })
  const { view } = editor
  label?.addEventListener("click", () => view.focus())
  sides.withText(editor.dom, help)
  const tell = (lines: string[]) => notes.replaceChildren(...lines.map((line) => h("p", {}, line)))
  const check = beforeSending(view, announce, tell)
  const replace = (next: Node) => replaceAll(view, next)
  const show = (side: Side) => {
    sides.show(side)
    if (side === "text") view.focus()
    else textarea.focus()
  }
  const drafts = form.dataset.draft
    ? draftsInForm({ form, view, textarea, side: sides.side, announce, show, replace })
    : null
  const markdown = markdownSwitch({
    document: async () => {
      await check.ready()
      return check.document()
    },
    replace,
    textarea,
    side: sides.side,
    show,
    tell,
    title: (text) => putTitle(form, text),
  })
  const { sent } = saving({
    form,
    prepare: () => {
      if (sides.side() === "text") {
        if (check.waits()) return check.ready()
        const ready = check.document()
        if (!ready) return false
        field.value = JSON.stringify(ready.toJSON())
      }
      return drafts?.ready() ?? true
    },
    announce,
  })
  shell.append(editor.dom, h("div", { class: "editor-foot" }, help, markdown.face), notes, live)
  if (drafts) shell.append(drafts.dom)
  const typed = typedInto(form)
  const unsent = () => !view.state.doc.eq(doc) || markdown.changed() || typedInto(form) !== typed
  askBeforeLeaving(() => !sent() && (drafts ? drafts.unsent() : "unsent" in form.dataset || unsent()))
}

function readDocument(textarea: HTMLTextAreaElement): Node | null {
  // A document that the server could not accept comes back in the text area, as it was sent.
  const json = textarea.dataset.document ?? (textarea.value.startsWith('{"type":"doc"') ? textarea.value : "")
  if (!json) return null
  const doc = pageSchema.nodeFromJSON(JSON.parse(json))
  doc.check()
  return doc
}

function replaceAll(view: EditorView, next: Node) {
  view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, Fragment.from(next.content)))
}

function putTitle(form: HTMLFormElement, text: string) {
  const title = form.elements.namedItem("title")
  // The form of a section only carries the title of its page along.
  if (title instanceof HTMLInputElement && title.type !== "hidden") title.value = text
}

/** What stands in the form's other fields, to see whether somebody changed it. */
function typedInto(form: HTMLFormElement): string {
  const own = [...new FormData(form)].filter(([name]) => name !== "document" && name !== "markdown")
  return JSON.stringify(own.map(([name, value]) => [name, String(value)]))
}
