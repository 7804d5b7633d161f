import type { Node } from "prosemirror-model"
import { button, setText } from "./dom.ts"

/** What the switch works on: one text, shown in one of two ways. */
export interface Sides {
  /** The page as written, ready to be sent; null when something has to be mended first, which is then shown. */
  document(): Promise<Node | null>
  /** Puts another document in place of the one being written, as one change that can be undone. */
  replace(doc: Node): void
  textarea: HTMLTextAreaElement
  /** Which way it is shown. */
  side(): "text" | "markdown"
  show(side: "text" | "markdown"): void
  /** Says something beside the switch: what could not be carried over, why it did not work. */
  tell(lines: string[]): void
  /** The Markdown began with a title. */
  title(text: string): void
}

/**
 * The button between formatted text and Markdown; `changed` says that Markdown was typed that is not sent yet. Nothing is
 * lost on the way: text that was not changed comes back as it was, history included; changed text keeps the ids of what
 * it still holds; what could not be understood is said.
 */
export function markdownSwitch(sides: Sides): { face: HTMLButtonElement; changed(): boolean } {
  const { textarea } = sides
  const given = textarea.value
  let shown: { doc: Node; text: string } | null = null
  const nameOf = () => (sides.side() === "markdown" ? "Edit as formatted text" : "Edit as Markdown")
  const face = button(nameOf(), () => void change(), { class: "quiet" })
  return { face, changed: () => sides.side() === "markdown" && textarea.value !== (shown?.text ?? given) }

  async function change() {
    if (face.getAttribute("aria-busy") === "true") return
    face.setAttribute("aria-busy", "true")
    try {
      const from = sides.side()
      const changed = from === "markdown" ? await toText() : await toMarkdown()
      if (!changed) return
      sides.show(from === "markdown" ? "text" : "markdown")
      setText(face, nameOf())
    } catch {
      sides.tell(["This could not be changed over just now. Nothing is lost; please try again."])
    } finally {
      face.removeAttribute("aria-busy")
    }
  }

  async function toMarkdown(): Promise<boolean> {
    const { toMarkdown } = await import("./markdown-text.ts")
    // Asked for last: what is typed while the above is fetched belongs to it.
    const doc = await sides.document()
    if (!doc) return false
    // Markdown typed before comes back letter for letter while the page is what was made of it.
    if (!shown?.doc.eq(doc)) shown = { doc, text: toMarkdown(doc) }
    textarea.value = shown.text
    sides.tell([])
    return true
  }

  async function toText(): Promise<boolean> {
    if (shown?.text === textarea.value) return true
    const { fromMarkdown, inheritIds } = await import("./markdown-text.ts")
    const text = textarea.value
    const reading = fromMarkdown(text)
    const doc = shown ? inheritIds(reading.doc, shown.doc) : reading.doc
    sides.replace(doc)
    if (reading.title !== null) sides.title(reading.title)
    shown = { doc, text }
    sides.tell(reading.warnings)
    return true
  }
}
