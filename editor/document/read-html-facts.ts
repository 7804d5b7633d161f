import type { Node } from "prosemirror-model"
import { altText } from "./characters.ts"
import { readCitation, readFact, readFigure } from "./dom-attrs.ts"
import { inlineOf } from "./flatten.ts"
import { attribute, domOf, hasClass, type HtmlElement, isElement, firstWithin, within } from "./html-tree.ts"
import { InvalidDocument, parsePage } from "./parse.ts"
import type { Context } from "./read-html-inline.ts"
import { blocksIn, blocksOf, type HtmlReader, lineIn } from "./read-html-reader.ts"
import { pageSchema } from "./schema.ts"
import { isMediaPath } from "./text-rules.ts"
import { quoted } from "./warnings.ts"

const { nodes } = pageSchema

/** Reads <dl>: the fact sheets that this site writes, and what else is in it as paragraphs. */
export function readDescriptions(element: HtmlElement, context: Context, reader: HtmlReader): Node[] {
  const blocks: Node[] = []
  let rows: Node[] = []
  const endSheet = () => {
    if (rows.length > 0)
      blocks.push(nodes.fact_sheet.create({ id: blocks.length === 0 ? reader.idOf(element) : null }, rows))
    rows = []
  }
  for (const child of element.childNodes) {
    const fact = isElement(child) && attribute(child, "data-fact") !== null ? readRow(child, context, reader) : null
    if (fact) rows.push(fact)
    else {
      const others = blocksOf(reader.parts([child], context))
      if (others.length > 0) endSheet()
      blocks.push(...others)
    }
  }
  endSheet()
  return blocks
}

/** A citation as this site writes it, or null. */
export function readCite(element: HtmlElement, context: Context): Node | null {
  const attrs = attribute(element, "data-source") === null ? false : readCitation(domOf(element))
  return attrs ? nodes.citation.create(attrs, null, context.marks) : null
}

/** Reads <figure>: its picture and caption, and what else is in it as blocks behind. */
export function readFigures(element: HtmlElement, context: Context, reader: HtmlReader): Node[] {
  const inside = { ...context, line: lineIn(element, context), figure: true }
  const picture = firstWithin(element, (inner) => inner.tagName === "img" || hasClass(inner, "missing-picture"))
  if (!picture) return blocksIn(element, context, reader)
  const captions = element.childNodes.filter((child) => child.nodeName === "figcaption")
  const caption = inlineOf(blocksOf(reader.parts(captions, inside)))
  const others = element.childNodes.filter((child) => child.nodeName !== "figcaption")
  const attrs = readFigure(domOf(element))
  const alt = altText(String(attrs.alt), inside.line, reader.warnings)
  const figure = nodes.figure.create({ ...attrs, alt, id: reader.idOf(element) }, caption)
  reportMissing(picture, inside.line, reader)
  return [figure, ...blocksOf(reader.parts(others, inside))]
}

/** Reads a picture outside a figure: one of this site becomes a figure, others go. */
export function readImage(element: HtmlElement, context: Context, reader: HtmlReader): Node[] {
  const src = attribute(element, "src") ?? ""
  const alt = altText(attribute(element, "alt") ?? "", context.line, reader.warnings)
  if (isMediaPath(src)) return [nodes.figure.create({ src, alt })]
  const shown = [alt && quoted(alt), src && quoted(src)].filter(Boolean).join(", ")
  reader.warnings.add(context.line, `A picture was left out${shown && `: ${shown}`}. Pictures are uploaded here first.`)
  return []
}

function reportMissing(picture: HtmlElement, line: number, { warnings }: HtmlReader): void {
  const src = attribute(picture, "src") ?? ""
  if (picture.tagName === "img" && !isMediaPath(src)) {
    warnings.add(line, `The picture ${quoted(src)} is marked as missing. Pictures are uploaded here first.`)
  }
}

/** The fact in a row that this site wrote, or null, and a warning, when it holds what no fact may. */
function readRow(element: HtmlElement, context: Context, reader: HtmlReader): Node | null {
  const attrs = readFact(domOf(element))
  if (!attrs) return null
  const notes = within(element, (inner) => hasClass(inner, "note"))
  const content = inlineOf(notes.flatMap((note) => blocksIn(note, context, reader)))
  const fact = nodes.fact.create({ ...attrs, id: reader.idOf(element) }, content)
  try {
    parsePage(nodes.doc.create(null, [nodes.fact_sheet.create(null, [fact])]).toJSON())
    return fact
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error
    reader.warnings.add(lineIn(element, context), `A fact was kept as text: ${error.reason}.`)
    return null
  }
}
