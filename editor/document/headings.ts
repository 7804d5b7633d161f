import type { Node } from "prosemirror-model"

/** A heading as a contents list shows it. */
export interface Heading {
  id: string
  level: number
  text: string
}

/** The headings of a page that can be linked to, in order. Those without words or without an id are left out. */
export function headings(doc: Node): Heading[] {
  return doc.children.flatMap((node) => {
    const text = node.type.name === "heading" ? node.textContent.trim() : ""
    return text !== "" && node.attrs.id !== null ? { id: node.attrs.id, level: node.attrs.level, text } : []
  })
}
