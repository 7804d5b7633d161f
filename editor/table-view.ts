import { DOMSerializer } from "prosemirror-model"
import type { NodeViewConstructor } from "prosemirror-view"
import { h } from "./dom.ts"

/** A table in a frame: browsers leave a frame out of drawing while it is out of sight, and never a table itself. */
export const tableView: NodeViewConstructor = (node) => {
  const { dom, contentDOM } = DOMSerializer.renderSpec(document, node.type.spec.toDOM!(node))
  const frame = h("div", { class: "editor-table" })
  frame.append(dom)
  return { dom: frame, contentDOM: contentDOM! }
}
