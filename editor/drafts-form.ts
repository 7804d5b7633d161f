import { pageSchema } from "./document/schema.ts"
import { h } from "./dom.ts"
import { type DeviceDraft, deviceDrafts } from "./drafts-device.ts"
import { bringLeftBehind } from "./drafts-left.ts"
import { type Drafts, keepDrafts, type Writing } from "./drafts.ts"
import { presenceLine } from "./presence.ts"

interface Options extends Writing {
  show(side: "text" | "markdown"): void
  /** Puts another document in place of the one being written. */
  replace(doc: ReturnType<typeof pageSchema.node>): void
}

/** Keeps drafts of the form, offers what was left behind, tells who else writes here, proposes a summary. */
export function draftsInForm(writing: Options): Pick<Drafts, "dom" | "unsent" | "ready"> {
  const { form, view, textarea, show, replace } = writing
  const tab = newTab()
  const device = deviceDrafts(tab)
  const drafts = keepDrafts(writing, tab, device)
  let touched = false
  const touch = () => {
    touched = true
    drafts.touch()
  }
  view.setProps({
    dispatchTransaction: (transaction) => {
      view.updateState(view.state.apply(transaction))
      if (transaction.docChanged) touch()
    },
  })
  form.addEventListener("input", ({ target }) => {
    if (!view.dom.contains(target as globalThis.Node)) touch()
  })
  if ("unsent" in form.dataset) touch()
  void bringLeftBehind({ form, device, tab, touched: () => touched, takeUp })
  if (form.dataset.presence) proposeSummary(form, drafts, touch, writing.announce)
  const others = form.dataset.presence ? presenceLine(form.dataset.presence, tab) : null
  return { ...drafts, dom: h("div", { class: "editor-kept" }, others, drafts.dom) }

  function takeUp({ text, base, version }: DeviceDraft) {
    put(form, "title", text.title)
    put(form, "summary", text.summary)
    put(form, "kind", text.kind)
    put(form, "base", String(base))
    if (text.format === "document") replace(pageSchema.nodeFromJSON(JSON.parse(text.body)))
    else textarea.value = text.body
    show(text.format === "document" ? "text" : "markdown")
    drafts.follow(version)
    touch()
  }
}

/** Puts what the text changes into the empty summary that is about to be written; typing replaces it. */
function proposeSummary(form: HTMLFormElement, drafts: Drafts, touch: () => void, announce: (text: string) => void) {
  const field = form.elements.namedItem("summary")
  if (!(field instanceof HTMLInputElement)) return
  let refused = ""
  field.addEventListener("focus", () => void propose(field))
  // Whoever empties the field does not want the same words again.
  field.addEventListener("input", () => (refused = field.value === "" ? proposed : refused))
  let proposed = ""

  async function propose(field: HTMLInputElement) {
    if (field.value !== "") return
    const suggestion = await drafts.suggestion()
    if (field.value !== "" || suggestion === "" || suggestion === refused) return
    proposed = suggestion
    field.value = suggestion
    if (document.activeElement === field) field.select()
    touch()
    announce(`Proposed: ${suggestion}. Change it as you like.`)
  }
}

function put(form: HTMLFormElement, name: string, value: string) {
  const control = form.elements.namedItem(name)
  if (control instanceof HTMLInputElement || control instanceof RadioNodeList) control.value = value
}

function newTab(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join("")
}
