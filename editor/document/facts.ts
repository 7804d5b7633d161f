import type { DOMOutputSpec, Node } from "prosemirror-model"
import type { FactAttrs } from "./attributes.ts"

/** A fact with the text of its note and the id of its row. */
export type Fact = FactAttrs & { note: string; block: string }

/** Every fact of a page, in order. */
export function facts(doc: Node): Fact[] {
  const found: Fact[] = []
  doc.descendants((node) => {
    if (node.type.name !== "fact") return true
    found.push({ ...(node.attrs as FactAttrs), note: node.textContent, block: node.attrs.id ?? "" })
    return false
  })
  return found
}

/** The two cells of a fact's row: its name, and its value followed by the note. */
export function factSpec(fact: FactAttrs): [DOMOutputSpec, DOMOutputSpec] {
  return [
    ["dt", fact.label || fact.key],
    ["dd", ["span", { class: "value" }, fact.value], ["div", { class: "note" }, 0]],
  ]
}
