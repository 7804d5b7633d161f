import type { Node } from "prosemirror-model"
import { LEAF } from "./diff-tokens.ts"

/** A stretch of one inline node; `node` is null for the boundary between two textblocks. */
export interface Span {
  start: number
  end: number
  node: Node | null
}

/** The inline content of textblocks in a row as one text, where every leaf and every boundary is one U+FFFC. */
export interface Inline {
  text: string
  spans: readonly Span[]
  marked: boolean
  /** What tells the leaf at an offset from others; null where there is none. */
  leafKey(offset: number): string | null
  /** The index of the span at an offset, of the last one behind the end. */
  indexAt(offset: number): number
  /** The spans from `start` to `end`, cut to these offsets. */
  between(start: number, end: number): Span[]
}

export function inlineOf(parts: readonly Node[]): Inline {
  const spans: Span[] = []
  let text = ""
  let marked = false
  const leaves = new Map<number, string>()
  const add = (node: Node | null, given: string) => {
    spans.push({ start: text.length, end: text.length + given.length, node })
    text += given
  }
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      leaves.set(text.length, "boundary")
      add(null, LEAF)
    }
    for (const node of part.content.content) {
      if (node.marks.length > 0) marked = true
      if (!node.isText) leaves.set(text.length, node.type.name + JSON.stringify(node.attrs))
      add(node, node.isText ? node.text! : LEAF)
    }
  }
  const indexAt = (offset: number) => indexOf(spans, offset)
  return {
    text,
    spans,
    marked,
    leafKey: (offset) => leaves.get(offset) ?? null,
    indexAt,
    between: (start, end) => {
      const found: Span[] = []
      for (let at = indexAt(start); start < end && at < spans.length && spans[at]!.start < end; at++) {
        const span = spans[at]!
        found.push({ start: Math.max(start, span.start), end: Math.min(end, span.end), node: span.node })
      }
      return found
    },
  }
}

/** The inline nodes between two offsets, cut to them. Holds no boundary. */
export function nodesBetween(inline: Inline, start: number, end: number): Node[] {
  const nodes: Node[] = []
  for (let at = inline.indexAt(start); at < inline.spans.length && inline.spans[at]!.start < end; at++) {
    const { node, start: from, end: to } = inline.spans[at]!
    if (!node) continue
    nodes.push(node.isText && (from < start || to > end) ? node.cut(Math.max(0, start - from), Math.min(end, to) - from) : node)
  }
  return nodes
}

function indexOf(spans: readonly Span[], offset: number): number {
  let low = 0
  for (let high = spans.length - 1; low < high; ) {
    const middle = (low + high) >> 1
    if (spans[middle]!.end <= offset) low = middle + 1
    else high = middle
  }
  return low
}
