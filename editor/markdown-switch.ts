import type { Node } from "prosemirror-model"
import { button, setText } from "./dom.ts"

/** What the switch works on: one text, shown in one of two ways. */
export interface Sides {
  /** The page as written, ready to be sent; null when something has to be mended first, which is then shown. */
  document(): Promise<Node | null>
  /** Puts another document in place of the one being written, as one change that can be undone. */
  replace(doc: Node): void
  textarea: HTMLTextAreaElement
  /** Shows the one side and hides the other. */
  show(side: "text" | "markdown"): void
  /** Says something beside the switch: what could not be carried over, why it did not work. */
  tell(lines: string[]): void
  /** The Markdown began with a title. */
  title(text: string): void
}

/**
 * The button between formatted text and Markdown. Nothing is lost on the way: text that was not changed comes back as it
 * was, history included; changed text keeps the ids of what it still holds; what could not be understood is said.
 */
export function markdownSwitch(sides: Sides): HTMLButtonElement {
  let asMarkdown = false
  let shown: { doc: Node; text: string } | null = null
  const face = button(TO_MARKDOWN, () => void change(), { class: "quiet" })
  return face

  async function change() {
    if (face.getAttribute("aria-busy") === "true") return
    face.setAttribute("aria-busy", "true")
    try {
      const changed = asMarkdown ? await toText() : await toMarkdown()
      if (!changed) return
      asMarkdown = !asMarkdown
      setText(face, asMarkdown ? TO_TEXT : TO_MARKDOWN)
      sides.show(asMarkdown ? "markdown" : "text")
    } catch {
      sides.tell(["This could not be changed over just now. Nothing is lost; please try again."])
    } finally {
      face.removeAttribute("aria-busy")
    }
  }

  async function toMarkdown(): Promise<boolean> {
    const doc = await sides.document()
    if (!doc) return false
    // Markdown typed before comes back letter for letter while the page is what was made of it.
    if (!shown?.doc.eq(doc)) {
      const { toMarkdown } = await import("./markdown-text.ts")
      shown = { doc, text: toMarkdown(doc) }
    }
    sides.textarea.value = shown.text
    sides.tell([])
    return true
  }

  async function toText(): Promise<boolean> {
    const text = sides.textarea.value
    if (shown?.text === text) return true
    const { fromMarkdown, inheritIds } = await import("./markdown-text.ts")
    const reading = fromMarkdown(text)
    const doc = shown ? inheritIds(reading.doc, shown.doc) : reading.doc
    sides.replace(doc)
    if (reading.title !== null) sides.title(reading.title)
    shown = { doc, text }
    sides.tell(reading.warnings)
    return true
  }
}

const TO_MARKDOWN = "Edit as Markdown"
const TO_TEXT = "Edit as formatted text"
