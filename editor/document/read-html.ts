import type { Node } from "prosemirror-model"
import { textNode } from "./characters.ts"
import { readNotice } from "./dom-attrs.ts"
import { inlineOf, paragraphsAndLists } from "./flatten.ts"
import {
  attribute,
  domOf,
  hasClass,
  type HtmlElement,
  type HtmlNode,
  isElement,
  foreignName,
  parseHtml,
  startsLine,
  textOf,
} from "./html-tree.ts"
import { readCite, readDescriptions, readFigures, readImage } from "./read-html-facts.ts"
import { type Context, isHidden, marksIn, shifted, textParts } from "./read-html-inline.ts"
import { isWordItem, isWordMarker, readList, readLooseItems, readWordItems } from "./read-html-lists.ts"
import { blocksIn, blocksOf, boundary, createIdOf, type HtmlReader, lineIn } from "./read-html-reader.ts"
import { readTable } from "./read-html-tables.ts"
import { pageSchema } from "./schema.ts"
import { quoted, type Reading, Warnings } from "./warnings.ts"

export { commentFromHtml } from "./read-comment.ts"

const { nodes, marks } = pageSchema

/**
 * Reads a page from HTML, whoever wrote it: Word, Google Docs, a web page, or this site, whose own facts, citations and
 * ids come back as they were. The first heading of level 1 is the title. Looks go without a word; what is more than
 * looks and has no place on a page is named in the warnings.
 */
export function fromHtml(html: string): Reading {
  const reader = createReader(/\bclass="?Mso|\bmso-|urn:schemas-microsoft-com/i.test(html))
  const blocks = blocksOf(reader.parts(parseHtml(html).childNodes, outermost))
  const doc = nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()])
  return { doc, title: reader.heading ?? reader.name, warnings: reader.warnings.list() }
}

const outermost: Context = { line: 1, marks: [], lines: false, heading: false, figure: false, lists: 0 }

interface PageReader extends HtmlReader {
  /** The text of the first heading of level 1. */
  heading: string | null
  /** The name that the page gives itself in its head. */
  name: string | null
}

function createReader(fromWord: boolean): PageReader {
  const reader: PageReader = {
    warnings: new Warnings(),
    fromWord,
    heading: null,
    name: null,
    idOf: createIdOf(),
    parts: (children, context) => partsOf(children, context, reader),
  }
  return reader
}

function partsOf(children: readonly HtmlNode[], context: Context, reader: PageReader): Node[] {
  const parts: Node[] = []
  const add = (found: readonly Node[]) => {
    for (const part of found) parts.push(part)
  }
  for (let at = 0; at < children.length; at++) {
    const node = children[at]!
    const run = runOf(children, at)
    if (run) {
      add(
        isWordItem(run.items[0]!)
          ? readWordItems(run.items, context, reader)
          : readLooseItems(run.items, context, reader),
      )
      at = run.end
    } else if (isElement(node)) add(readElement(node, { ...context, line: lineIn(node, context) }, reader))
    else if (node.nodeName === "#text") add(textParts(textOf(node), context, reader.warnings))
  }
  return parts
}

/** Items of a list that nothing holds together, beginning here; null where there is none. */
function runOf(children: readonly HtmlNode[], start: number): { items: HtmlElement[]; end: number } | null {
  const isItem = isLooseItem(children[start]!)
    ? isLooseItem
    : isWordParagraph(children[start]!)
      ? isWordParagraph
      : null
  if (!isItem) return null
  const items: HtmlElement[] = []
  let end = start
  for (let at = start; at < children.length; at++) {
    const node = children[at]!
    if (isItem(node)) {
      items.push(node)
      end = at
    } else if (isElement(node) || textOf(node).trim() !== "") break
  }
  return { items, end }
}

function isLooseItem(node: HtmlNode): node is HtmlElement {
  return isElement(node) && node.tagName === "li"
}

function isWordParagraph(node: HtmlNode): node is HtmlElement {
  return isElement(node) && isWordItem(node)
}

// What this site sets beside the words of a page.
const beside = ["permalink", "edit-link", "missing-picture"]

function readElement(element: HtmlElement, context: Context, reader: PageReader): Node[] {
  const { tagName } = element
  const name = foreignName(tagName) ?? (isHidden(element) ? "Hidden text" : null)
  if (name !== null) return leaveOut(element, name, context, reader)
  if (isWordMarker(element) || beside.some((name) => hasClass(element, name))) return []
  const level = levelOf(element)
  if (level > 0) return readHeading(element, level, context, reader)
  const blocks = readBlock(element, context, reader)
  if (blocks) return blocks.length > 0 ? blocks : [boundary]
  return readInlineElement(element, context, reader)
}

function leaveOut(element: HtmlElement, name: string, { line }: Context, { warnings }: PageReader): Node[] {
  const words = /^(script|style|template)$/.test(element.tagName) ? "" : textOf(element).trim()
  if (words !== "" || name !== "Hidden text")
    warnings.add(line, `${name} was left out${words && `: ${quoted(words)}`}.`)
  return []
}

/** The level of a heading, 0 for other elements. Word's title is a paragraph. */
function levelOf(element: HtmlElement): number {
  return hasClass(element, "MsoTitle") ? 1 : Number(/^h([1-6])$/.exec(element.tagName)?.[1] ?? 0)
}

function readHeading(element: HtmlElement, level: number, context: Context, reader: PageReader): Node[] {
  const content = inlineOf(blocksIn(element, { ...context, heading: true }, reader))
  if (content.length === 0) return [boundary]
  if (level === 1 && reader.heading === null) {
    reader.heading = content
      .map((node) => node.text ?? " ")
      .join("")
      .replace(/\s+/g, " ")
      .trim()
    return [boundary]
  }
  return [nodes.heading.create({ id: reader.idOf(element), level: Math.min(Math.max(level, 2), 4) }, content)]
}

/** The blocks of an element that begins a line of its own; null for others. */
function readBlock(element: HtmlElement, context: Context, reader: PageReader): Node[] | null {
  switch (element.tagName) {
    case "ul":
    case "ol":
    case "menu":
    case "dir":
      return readList(element, context, reader)
    case "dl":
      return readDescriptions(element, context, reader)
    case "table":
      return readTable(element, context, reader)
    case "figure":
      return readFigures(element, context, reader)
    case "blockquote":
      return readEnclosure(element, context, reader)
    case "hr":
      return [nodes.divider.create({ id: reader.idOf(element) })]
    case "address":
      return readAddress(element, context, reader)
    case "pre":
    case "xmp":
    case "listing":
    case "plaintext":
      return blocksIn(element, { ...context, lines: true }, reader)
    case "dt":
      return blocksIn(element, { ...context, marks: marks.strong.create().addToSet(context.marks) }, reader)
    case "aside":
      return (attribute(element, "data-notice") === null ? blocksIn : readEnclosure)(element, context, reader)
    case "p":
      return readParagraph(element, context, reader)
    default:
      return startsLine(element.tagName) ? blocksIn(element, context, reader) : null
  }
}

function readParagraph(element: HtmlElement, context: Context, reader: PageReader): Node[] {
  const blocks = blocksIn(element, context, reader)
  const [only] = blocks
  if (blocks.length !== 1 || only!.type !== nodes.paragraph) return blocks
  return [nodes.paragraph.create({ id: reader.idOf(element) }, only!.content)]
}

function readAddress(element: HtmlElement, context: Context, reader: PageReader): Node[] {
  const content = inlineOf(blocksIn(element, context, reader))
  return content.length === 0 ? [] : [nodes.address.create({ id: reader.idOf(element) }, content)]
}

/** A quotation or a notice; nothing where nothing stands in it. */
function readEnclosure(element: HtmlElement, context: Context, reader: PageReader): Node[] {
  const isQuotation = element.tagName === "blockquote"
  const blocks = blocksIn(element, context, reader)
  const where = isQuotation ? "a quotation" : "a notice"
  const content = paragraphsAndLists(blocks, where, context.line, reader.warnings)
  if (content.every((block) => block.content.size === 0)) return []
  const id = reader.idOf(element)
  return [
    isQuotation
      ? nodes.blockquote.create({ id }, content)
      : nodes.notice.create({ ...readNotice(domOf(element)), id }, content),
  ]
}

function readInlineElement(element: HtmlElement, context: Context, reader: PageReader): Node[] {
  const inside = { ...context, marks: marksIn(element, context, reader.fromWord, reader.warnings) }
  const content = () => reader.parts(element.childNodes, inside)
  const text = (words: string) =>
    [textNode(words, context.line, reader.warnings, inside.marks)].filter((node) => node !== null)
  switch (element.tagName) {
    case "br":
      return hasClass(element, "Apple-interchange-newline") ? [] : [nodes.hard_break.create(null, null, context.marks)]
    case "img":
      return context.figure ? [] : readImage(element, context, reader)
    case "cite": {
      const citation = readCite(element, context)
      return citation ? [citation] : content()
    }
    case "q":
      return [...text("“"), ...content(), ...text("”")]
    case "sub":
    case "sup": {
      const digits = shifted(textOf(element).trim(), element.tagName)
      return digits === null ? content() : text(digits)
    }
    case "title":
      reader.name ??= textOf(element).replace(/\s+/g, " ").trim() || null
      return []
    default:
      return content()
  }
}
