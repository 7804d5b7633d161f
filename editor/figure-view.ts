import type { NodeView, NodeViewConstructor } from "prosemirror-view"
import { cleanText } from "./clean-text.ts"
import { field } from "./dialog.ts"
import { pictureSizes } from "./document/pictures.ts"
import { h, setText } from "./dom.ts"

/** A picture with its description for people who cannot see it; the caption is text like any other. */
export const figureView: NodeViewConstructor = (given, view, getPos): NodeView => {
  let node = given
  const alt = h("input", { type: "text", autocomplete: "off", maxlength: 2000 })
  const { src, width, height } = node.attrs
  const picture = src === null ? h("p", { class: "missing-picture" }) : h("img", { ...pictureSizes(src, width), width, height, src })
  const described = field("What the picture shows", alt, "Read to people who cannot see it.")
  const warning = h("p", { class: "figure-warning" }, "Nobody has said yet what this picture shows. It can be saved without.")
  const form = h("div", { contenteditable: "false", class: "figure-form" }, picture, described, warning)
  const caption = h("figcaption")
  const dom = h("figure", {}, form, caption)
  const show = () => {
    if (document.activeElement !== alt) alt.value = node.attrs.alt
    if (picture instanceof HTMLImageElement) picture.alt = node.attrs.alt
    else setText(picture, "This picture is missing.")
    warning.hidden = src === null || node.attrs.alt !== "" || document.activeElement === alt
  }
  alt.addEventListener("input", () => {
    const pos = getPos()
    if (pos !== undefined)
      view.dispatch(view.state.tr.setNodeMarkup(pos, null, { ...node.attrs, alt: cleanText(alt.value) }))
  })
  alt.addEventListener("focus", show)
  alt.addEventListener("blur", show)
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
