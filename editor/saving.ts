import type { Announce } from "./announce.ts"
import { shownKeys } from "./keys-shown.ts"
import { showPreview } from "./preview.ts"

interface Options {
  form: HTMLFormElement
  /**
   * Puts what is written into the form's fields; false when something has to be mended first, which it then shows. A
   * promise when it has to wait for something: it is asked again after that.
   */
  prepare(): boolean | Promise<void>
  announce: Announce
}

// A save that gets no answer, because it was stopped or the network went, can be sent again after this.
const AGAIN_AFTER = 5_000

/**
 * Sends the form. Ctrl+S saves too; with an empty summary it first goes there, once, because a save is public and a
 * habit of the fingers should not make one unawares. `sent` tells that what is written is on its way to the server.
 */
export function saving({ form, prepare, announce }: Options): { sent(): boolean } {
  let sentAt = -Infinity
  let plainPreview = false
  let asked = false
  const sent = () => performance.now() - sentAt < AGAIN_AFTER

  form.addEventListener("submit", (event) => {
    const { submitter } = event
    const ready = !sent() && prepare()
    if (ready !== true) {
      event.preventDefault()
      if (ready) void ready.then(() => form.requestSubmit(submitter))
      return
    }
    if (submitter?.hasAttribute("formaction") && !plainPreview) {
      event.preventDefault()
      void preview(submitter)
      return
    }
    plainPreview = false
    sentAt = performance.now()
  })
  const button = form.querySelector("[type=submit]:not([formaction])")
  button?.setAttribute("title", shownKeys("Mod-s"))
  button?.setAttribute("aria-keyshortcuts", "Control+S")
  // Coming back by the browser's "back" finds the page as it was left.
  window.addEventListener("pageshow", () => (sentAt = -Infinity))
  document.addEventListener("keydown", (event) => {
    const saves =
      event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
    if (!saves) return
    event.preventDefault()
    if (!event.repeat && !document.querySelector("dialog[open]")) saveByKey()
  })
  return { sent }

  function saveByKey() {
    const summary = form.elements.namedItem("summary")
    if (!asked && summary instanceof HTMLInputElement && summary.value.trim() === "") {
      asked = true
      summary.focus()
      announce("Say in a few words what you changed, then press Return or Ctrl+S again to save.")
    } else form.requestSubmit()
  }

  async function preview(submitter: HTMLElement) {
    announce("The preview is being made.")
    try {
      await showPreview(form, submitter.getAttribute("formaction")!)
    } catch {
      plainPreview = true
      form.requestSubmit(submitter)
    }
  }
}
