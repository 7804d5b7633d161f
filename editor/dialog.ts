import { button, freshId, h, setText } from "./dom.ts"

/** A window over the page. */
export interface Dialog {
  dom: HTMLDialogElement
  /** Shows why the form was not accepted, or nothing. */
  problem(text: string): void
  close(): void
}

interface Options {
  title: string
  content: Node[]
  /** The word on the button that accepts. */
  accept: string
  /** Called when the person accepts; the window closes when it returns true. */
  onAccept(): boolean
  /** Called once the window is gone. */
  onClose(accepted: boolean): void
  /** Further buttons, beside "Cancel". */
  extra?: HTMLElement[]
}

/**
 * Opens a window with a small form. It stands at the end of the page and not inside the page's own form, so that its
 * fields are never sent and Return in it never saves. A click beside it does not close it.
 */
export function openDialog({ title, content, accept, onAccept, onClose, extra = [] }: Options): Dialog {
  const heading = h("h2", { id: freshId() }, title)
  const problem = h("p", { class: "editor-problem", role: "alert" })
  const form = h("form", { method: "dialog", novalidate: true })
  const dom = h("dialog", { class: "editor-dialog", "aria-labelledby": heading.id }, form)
  const cancel = button("Cancel", () => dom.close())
  form.append(
    heading,
    ...content,
    problem,
    h("div", { class: "editor-buttons" }, h("button", { type: "submit", class: "primary" }, accept), cancel, ...extra),
  )
  let accepted = false
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    if (!onAccept()) return
    accepted = true
    dom.close()
  })
  dom.addEventListener("close", () => {
    dom.remove()
    onClose(accepted)
  })
  document.body.append(dom)
  dom.showModal()
  return { dom, problem: (text) => setText(problem, text), close: () => dom.close() }
}

/** A labelled field; `hint` is read out with it. Where the control is a part of something larger, `dom` is the whole. */
export function field(label: string, control: HTMLElement | { input: HTMLElement; dom: HTMLElement }, hint?: string) {
  const { input, dom } = control instanceof HTMLElement ? { input: control, dom: control } : control
  input.id ||= freshId()
  const note = hint ? h("small", { id: freshId() }, hint) : null
  if (note) input.setAttribute("aria-describedby", note.id)
  return h("div", { class: "editor-field" }, h("label", { for: input.id }, label), dom, note)
}
