import { Fragment, type Node } from "prosemirror-model"
import type { EditorView } from "prosemirror-view"
import { liveRegion } from "./announce.ts"
import { pageSchema } from "./document/schema.ts"
import { freshId, h } from "./dom.ts"
import { firstProblem, hasFacts, readyToSend } from "./fact-check.ts"
import { SHOW_PROBLEMS } from "./fact-form.ts"
import { askBeforeLeaving } from "./leaving.ts"
import { markdownSwitch } from "./markdown-switch.ts"
import { saving } from "./saving.ts"
import { textEditor } from "./text-editor.ts"
import { canRead, loadReader } from "./value-reader.ts"

/**
 * Puts the editor in the place of the form's text area. The page is read from `data-document` of the text area, or made
 * from its Markdown; it is sent as JSON in a field `document`, and the text area is not sent while the editor stands in
 * for it. On any failure the form is as it was, and the promise is rejected.
 */
export async function takeOver(form: HTMLFormElement): Promise<void> {
  const textarea = form.querySelector<HTMLTextAreaElement>("textarea[data-editor-text]")
  if (!textarea) throw new Error("The form has no text area marked data-editor-text.")
  const doc = await readDocument(textarea)
  const field = h("input", { type: "hidden", name: "document" })
  const shell = h("div", { class: "editor-shell" })
  try {
    fill(shell, form, textarea, field, doc)
    textarea.before(shell)
    showText(textarea, field, true)
    shell.append(field)
  } catch (error) {
    shell.remove()
    showText(textarea, field, false)
    throw error
  }
}

function fill(
  shell: HTMLElement,
  form: HTMLFormElement,
  textarea: HTMLTextAreaElement,
  field: HTMLInputElement,
  doc: Node,
) {
  const { dom: live, announce } = liveRegion()
  const help = h("p", { class: "editor-help", id: freshId() }, HELP)
  const notes = h("ul", { class: "editor-notes", role: "status" })
  const label = textarea.labels[0]
  const editor = textEditor({ doc, label: label?.textContent?.trim() || "Text of the page", help, announce })
  const { view } = editor
  label?.addEventListener("click", () => editor.dom.hidden || view.focus())

  let tried = false
  const needsReader = () => !tried && !canRead() && hasFacts(view.state.doc)
  const mended = () => {
    const found = firstProblem(view.state.doc)
    if (!found) return true
    view.nodeDOM(found.pos)?.dispatchEvent(new CustomEvent(SHOW_PROBLEMS, { detail: found.problems }))
    announce(`Not sent. A fact has to be mended first: ${Object.values(found.problems)[0]}`)
    return false
  }
  const face = markdownSwitch({
    document: async () => {
      if (needsReader()) await loadReader()
      return mended() ? readyToSend(view.state.doc) : null
    },
    replace: (next) => replaceAll(view, next),
    textarea,
    show: (side) => {
      editor.dom.hidden = help.hidden = side === "markdown"
      showText(textarea, field, side === "text")
      if (side === "text") view.focus()
      else textarea.focus()
    },
    tell: (lines) => notes.replaceChildren(...lines.map((line) => h("li", {}, line))),
    title: (text) => putTitle(form, text),
  })
  const changed = () => !view.state.doc.eq(doc) || fieldsOf(form) !== given
  const { sent } = saving({
    form,
    prepare: () => {
      if (textarea.disabled && needsReader()) return loadReader().then(() => void (tried = true))
      if (textarea.disabled && !mended()) return false
      field.value = JSON.stringify(readyToSend(view.state.doc).toJSON())
      return true
    },
    announce,
  })
  askBeforeLeaving(() => !sent() && changed())
  shell.append(editor.dom, h("div", { class: "editor-foot" }, help, face), notes, live)
  const given = fieldsOf(form)
}

const HELP = "Escape, then Tab leaves the text. Alt+F10 goes to the tools."

/** Only one of the two is sent: the page as a document, or the text area's Markdown. */
function showText(textarea: HTMLTextAreaElement, field: HTMLInputElement, editor: boolean) {
  textarea.hidden = textarea.disabled = editor
  field.disabled = !editor
}

async function readDocument(textarea: HTMLTextAreaElement): Promise<Node> {
  const json = textarea.dataset.document
  if (json) {
    const doc = pageSchema.nodeFromJSON(JSON.parse(json))
    doc.check()
    return doc
  }
  if (textarea.value.trim() === "") return pageSchema.node("doc", null, pageSchema.nodes.paragraph.create())
  const { fromMarkdown } = await import("./markdown-text.ts")
  return fromMarkdown(textarea.value).doc
}

function replaceAll(view: EditorView, next: Node) {
  view.dispatch(view.state.tr.replaceWith(0, view.state.doc.content.size, Fragment.from(next.content)))
}

function putTitle(form: HTMLFormElement, text: string) {
  const title = form.elements.namedItem("title")
  if (title instanceof HTMLInputElement) title.value = text
}

/** What stands in the form's own fields, to see whether somebody changed it. */
function fieldsOf(form: HTMLFormElement): string {
  const own = [...new FormData(form)].filter(([name]) => name !== "document")
  return JSON.stringify(own.map(([name, value]) => [name, String(value)]))
}
