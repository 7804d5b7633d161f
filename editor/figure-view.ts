import type { NodeView, NodeViewConstructor } from "prosemirror-view"
import { cleanText } from "./clean-text.ts"
import { field } from "./dialog.ts"
import { h, setText } from "./dom.ts"

/** A picture with its description for people who cannot see it; the caption is text like any other. */
export const figureView: NodeViewConstructor = (given, view, getPos): NodeView => {
  let node = given
  const alt = h("input", { type: "text", autocomplete: "off", maxlength: 2000 })
  const picture = node.attrs.src === null ? h("p", { class: "missing-picture" }) : h("img", { src: node.attrs.src })
  const described = field("What the picture shows", alt, "Read to people who cannot see it.")
  const form = h("div", { contenteditable: "false", class: "figure-form" }, picture, described)
  const caption = h("figcaption")
  const dom = h("figure", {}, form, caption)
  const show = () => {
    if (document.activeElement !== alt) alt.value = node.attrs.alt
    if (picture instanceof HTMLImageElement) picture.alt = node.attrs.alt
    else setText(picture, "This picture is missing.")
  }
  alt.addEventListener("input", () => {
    const pos = getPos()
    if (pos !== undefined)
      view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, alt: cleanText(alt.value) }))
  })
  alt.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })
  show()
  return {
    dom,
    contentDOM: caption,
    update: (next) => {
      if (next.type !== node.type || next.attrs.src !== node.attrs.src) return false
      node = next
      show()
      return true
    },
    stopEvent: (event) => described.contains(event.target as globalThis.Node),
    ignoreMutation: (mutation) => mutation.type !== "selection" && !caption.contains(mutation.target),
  }
}
