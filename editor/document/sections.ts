import { Fragment, type Node } from "prosemirror-model"
import { withIds } from "./blocks.ts"

/**
 * The part of a page under the heading of this id: the heading and what follows, up to the next of the same or a higher
 * level. Null when the page has no such heading.
 */
export function sectionOf(doc: Node, id: string): Node | null {
  const span = spanOf(doc, id)
  return span && doc.copy(Fragment.from(doc.children.slice(span.from, span.to)))
}

/**
 * The page with `text` in the place of the section; every other block is the very node it was. Ids that the rest of the page has
 * already are taken from the text; a text without words takes the section away. Null when the page has no such heading.
 */
export function withSection(doc: Node, id: string, text: Node): Node | null {
  const span = spanOf(doc, id)
  if (!span) return null
  const [before, after] = [doc.children.slice(0, span.from), doc.children.slice(span.to)]
  const rest = [...before, ...after]
  if (isBlank(text) && rest.length > 0) return doc.copy(Fragment.from(rest))
  const taken = idsIn(rest)
  const own = withIds(text, ({ attrs }) => (taken.has(attrs.id as string) ? null : (attrs.id as string | null)))
  return doc.copy(Fragment.from([...before, ...own.children, ...after]))
}

function spanOf(doc: Node, id: string): { from: number; to: number } | null {
  const blocks = doc.children
  const from = blocks.findIndex((block) => block.type.name === "heading" && block.attrs.id === id)
  if (from < 0) return null
  const { level } = blocks[from]!.attrs
  const next = blocks.findIndex((block, index) => index > from && block.type.name === "heading" && block.attrs.level <= level)
  return { from, to: next < 0 ? blocks.length : next }
}

function isBlank(text: Node): boolean {
  return text.children.every((block) => block.type.name === "paragraph" && block.childCount === 0)
}

function idsIn(blocks: readonly Node[]): Set<string> {
  const ids = new Set<string>()
  const note = (node: Node): boolean => {
    if (node.attrs.id) ids.add(node.attrs.id as string)
    return !node.isTextblock
  }
  for (const block of blocks) {
    note(block)
    block.descendants(note)
  }
  return ids
}
