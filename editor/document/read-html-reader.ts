import type { Node } from "prosemirror-model"
import { readId } from "./dom-attrs.ts"
import { domOf, type HtmlElement, type HtmlNode, lineOf } from "./html-tree.ts"
import type { Context } from "./read-html-inline.ts"
import { pageSchema } from "./schema.ts"
import { tidyInline } from "./tidy-inline.ts"
import type { Warnings } from "./warnings.ts"

const { nodes } = pageSchema

/** What the readers of lists, tables and so on share. */
export interface HtmlReader {
  warnings: Warnings
  /** Whether the HTML is Word's, which says things in its own way. */
  fromWord: boolean
  /** Reads nodes as a sequence of inline nodes and blocks, in their order. */
  parts(children: readonly HtmlNode[], context: Context): Node[]
  /** The id that this site gave an element when it wrote it, unless another element has it already; else null. */
  idOf(element: HtmlElement): string | null
}

export function createIdOf(): HtmlReader["idOf"] {
  const taken = new Set<string>()
  return (element) => {
    const { id } = readId(domOf(element))
    if (id === null || taken.has(id)) return null
    taken.add(id)
    return id
  }
}

/** What ends a line although there is nothing in it; `blocksOf` leaves it out. */
export const boundary = nodes.paragraph.create()

/** Parts as blocks: what is inline and stands together becomes a paragraph, empty paragraphs go. */
export function blocksOf(parts: readonly Node[]): Node[] {
  const blocks: Node[] = []
  let run: Node[] = []
  const endRun = () => {
    const content = tidyInline(run)
    if (content.length > 0) blocks.push(nodes.paragraph.create(null, content))
    run = []
  }
  for (const part of parts) {
    if (part.isInline) run.push(part)
    else {
      endRun()
      if (part.type !== nodes.paragraph || part.childCount > 0) blocks.push(part)
    }
  }
  endRun()
  return blocks
}

/** The blocks in an element. */
export function blocksIn(element: HtmlElement, context: Context, reader: HtmlReader): Node[] {
  return blocksOf(reader.parts(element.childNodes, { ...context, line: lineIn(element, context) }))
}

/** The line to name when something in this element is wrong. */
export function lineIn(element: HtmlElement, context: Context): number {
  return lineOf(element) || context.line
}
