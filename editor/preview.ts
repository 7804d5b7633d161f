import { h } from "./dom.ts"

/**
 * Sends the form as it is to `action` and shows the answer, a piece of a page, in a window. Throws when there is no such
 * answer; the caller then sends the form in the ordinary way, and the server shows the preview as a page.
 */
export async function showPreview(form: HTMLFormElement, action: string): Promise<void> {
  const answer = await fetch(action, {
    method: "POST",
    headers: { Accept: "text/html", "X-Fragment": "preview" },
    // As the form itself would be sent.
    body: new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)])),
  })
  const html = await answer.text()
  // A page instead of a piece of one, the login page for example, says what is wrong better than we can.
  if (!answer.ok || answer.redirected || /^\s*<(!doctype|html)/i.test(html)) throw new Error("No preview came back.")
  openPreview(html)
}

function openPreview(html: string) {
  const body = h("div", { class: "editor-preview", tabindex: 0 })
  // The server's own markup. Scripts in markup set this way never run, and the policy of the page forbids them as well.
  body.innerHTML = html
  const close = h("button", { class: "primary" }, "Go on writing")
  const dialog = h(
    "dialog",
    { class: "editor-dialog wide", "aria-label": "Preview" },
    body,
    h("form", { method: "dialog", class: "editor-buttons" }, close),
  )
  const before = document.activeElement
  dialog.addEventListener("close", () => {
    dialog.remove()
    if (before instanceof HTMLElement) before.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
  close.focus()
}
