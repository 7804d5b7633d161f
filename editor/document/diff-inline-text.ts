import type { Fragment, Node } from "prosemirror-model"
import { LEAF } from "./diff-tokens.ts"

/** A stretch of one inline node; `node` is null for the boundary between two textblocks. */
export interface Span {
  start: number
  end: number
  node: Node | null
}

/** A text, and what tells the leaf at an offset of it from others. */
export interface Worded {
  text: string
  leafKey(offset: number): string | null
}

/** A text without leaves. */
export class PlainText implements Worded {
  constructor(readonly text: string) {}

  leafKey(): null {
    return null
  }
}

/** The text of inline content that is nothing but one text without marks; null for any other. */
export function plainTextOf(content: Fragment): string | null {
  if (content.childCount > 1) return null
  const only = content.firstChild
  if (!only) return ""
  return isPlainText(only) ? only.text! : null
}

/** Whether an inline node is text without marks. */
export function isPlainText({ isText, marks }: Node): boolean {
  return isText && marks.length === 0
}

/** The inline content of textblocks in a row as one text, where every leaf and every boundary is one U+FFFC. */
export class Inline implements Worded {
  text = ""
  marked = false
  readonly spans: Span[] = []
  private leaves: Map<number, string> | null = null

  constructor(parts: readonly Node[]) {
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.addLeaf(null, "boundary")
      for (const node of part.content.content) {
        if (node.marks.length > 0) this.marked = true
        if (node.isText) this.add(node, node.text!)
        else this.addLeaf(node, node.type.name + JSON.stringify(node.attrs))
      }
    }
  }

  /** What tells the leaf at an offset from others; null where there is none. */
  leafKey(offset: number): string | null {
    return this.leaves?.get(offset) ?? null
  }

  /** The index of the span at an offset, of the last one behind the end. */
  indexAt(offset: number): number {
    let low = 0
    for (let high = this.spans.length - 1; low < high;) {
      const middle = (low + high) >> 1
      if (this.spans[middle]!.end <= offset) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The spans from `start` to `end`, cut to these offsets. */
  between(start: number, end: number): Span[] {
    const found: Span[] = []
    if (start === end) return found
    for (let at = this.indexAt(start); at < this.spans.length && this.spans[at]!.start < end; at++) {
      const span = this.spans[at]!
      found.push({ start: Math.max(start, span.start), end: Math.min(end, span.end), node: span.node })
    }
    return found
  }

  private addLeaf(node: Node | null, key: string): void {
    this.leaves ??= new Map()
    this.leaves.set(this.text.length, key)
    this.add(node, LEAF)
  }

  private add(node: Node | null, text: string): void {
    const start = this.text.length
    this.spans.push({ start, end: start + text.length, node })
    this.text += text
  }
}

/** The inline nodes between two offsets, cut to them. Holds no boundary. */
export function nodesBetween(inline: Inline, start: number, end: number): Node[] {
  const nodes: Node[] = []
  for (let at = inline.indexAt(start); at < inline.spans.length && inline.spans[at]!.start < end; at++) {
    const { node, start: from, end: to } = inline.spans[at]!
    if (!node) continue
    nodes.push(
      node.isText && (from < start || to > end) ? cut(node, Math.max(0, start - from), Math.min(end, to) - from) : node,
    )
  }
  return nodes
}

/** Reads inline content from its start: each call gives the nodes of the next `size` positions, cut to them. */
export function reader(content: Fragment): (size: number) => Node[] {
  let [index, offset] = [0, 0]
  return (size) => {
    const nodes: Node[] = []
    while (size > 0 && index < content.childCount) {
      const node = content.child(index)
      const end = Math.min(node.nodeSize, offset + size)
      nodes.push(end - offset < node.nodeSize ? cut(node, offset, end) : node)
      size -= end - offset
      if (end === node.nodeSize) [index, offset] = [index + 1, 0]
      else offset = end
    }
    return nodes
  }
}

// ProseMirror's own cut interns each text it makes, which takes longer than all else that is done with it here.
function cut(node: Node, start: number, end: number): Node {
  return node.type.schema.text(node.text!.slice(start, end), node.marks)
}
