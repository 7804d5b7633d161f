import type { Node } from "prosemirror-model"

/** Inline content without blanks at its ends, doubled, or beside line breaks, and without line breaks at its end. */
export function tidyInline(content: readonly Node[]): Node[] {
  const tidied: Node[] = []
  let afterBlank = true
  for (const node of content) {
    if (isBreak(node)) trimLast(tidied)
    const folded: string | null = node.isText ? node.text!.replace(/ +/g, " ") : null
    const text: string | null = afterBlank && folded !== null ? folded.replace(/^ /, "") : folded
    if (text === "") continue
    tidied.push(text === null ? node : withText(node, text))
    afterBlank = text === null ? isBreak(node) : text.endsWith(" ")
  }
  while (trimLast(tidied) || (tidied.length > 0 && isBreak(tidied.at(-1)!))) {
    if (tidied.length > 0 && isBreak(tidied.at(-1)!)) tidied.pop()
  }
  return tidied
}

/** Takes the blank from the end of the last text, and says whether there was one. */
function trimLast(content: Node[]): boolean {
  const last = content.at(-1)
  if (!last?.isText || !last.text!.endsWith(" ")) return false
  content.pop()
  const text = last.text!.slice(0, -1)
  if (text !== "") content.push(withText(last, text))
  return true
}

function withText(node: Node, text: string): Node {
  return node.type.schema.text(text, node.marks)
}

// Pages and comments have one each.
function isBreak(node: Node): boolean {
  return node.type.name === "hard_break"
}
