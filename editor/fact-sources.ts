import type { OpenCitation } from "./citation-form.ts"
import type { Citation } from "./document/schema.ts"
import { button, h } from "./dom.ts"

/** The sources of one fact as a list that can be added to, changed and shortened. */
export function factSources(open: OpenCitation, onChange: (sources: Citation[]) => void) {
  let shown: Citation[] = []
  const list = h("ul")
  const add = button("Add a source", () => edit(null), { class: "quiet" })
  const question = h("p", { class: "editor-hint" }, "How do you know? Name a page, a letter or a document, or whom you called and when.")
  const dom = h("div", { class: "fact-sources" }, h("span", { class: "editor-label" }, "Sources"), question, list, add)

  function edit(at: number | null) {
    open(at === null ? null : shown[at]!, {
      onDone: (citation) =>
        onChange(at === null ? [...shown, citation] : shown.map((old, index) => (index === at ? citation : old))),
      onClose: () => (list.querySelectorAll<HTMLElement>(".source")[at ?? -1] ?? add).focus(),
    })
  }
  function row(citation: Citation, at: number): HTMLElement {
    const name = [citation.title || citation.source, citation.locator].filter(Boolean).join(", ")
    return h(
      "li",
      {},
      button(name, () => edit(at), { class: "source", title: "Change this source" }),
      button("Remove", () => remove(at), { class: "quiet", "aria-label": `Remove the source ${name}` }),
    )
  }
  function remove(at: number) {
    onChange(shown.filter((_, index) => index !== at))
    add.focus()
  }
  return {
    dom,
    show: (sources: Citation[]) => {
      if (sources === shown) return
      shown = sources
      question.hidden = sources.length > 0
      list.replaceChildren(...shown.map(row))
    },
  }
}
