import type { Node } from "prosemirror-model"
import type { FactAttrs } from "./attributes.ts"
import { pageSchema } from "./schema.ts"
import { tidyInline } from "./tidy-inline.ts"
import type { Warnings } from "./warnings.ts"

// Text from elsewhere nests what a page doesn't: a heading in a list, a table in a quotation, a list in a table's cell.
// The words stay, in the nearest form that the place allows.

const { nodes, marks } = pageSchema

const names: Record<string, string> = {
  heading: "A heading",
  blockquote: "A quotation",
  notice: "A notice",
  address: "An address",
  divider: "A divider",
  figure: "A picture",
  table: "A table",
  fact_sheet: "A fact sheet",
}

/** The blocks as the paragraphs and lists that list items, quotations and notices hold; never empty. */
export function paragraphsAndLists(blocks: readonly Node[], where: string, line: number, warnings: Warnings): Node[] {
  const plain = blocks.flatMap((block) => {
    if (isParagraphOrList(block)) return [block]
    warnings.add(line, `${names[block.type.name]} inside ${where} became plain text.`)
    return plainBlocks(block)
  })
  return plain.length > 0 ? plain : [nodes.paragraph.create()]
}

/** The blocks of a list item, which always begins with a paragraph. */
export function itemContent(blocks: readonly Node[], line: number, warnings: Warnings): Node[] {
  const content = paragraphsAndLists(blocks, "a list", line, warnings)
  return content[0]!.type === nodes.paragraph ? content : [nodes.paragraph.create(), ...content]
}

/** The text of blocks in one line box (a heading, a table's cell, a caption), with a line break between blocks. */
export function inlineOf(blocks: readonly Node[]): Node[] {
  const lines = blocks
    .flatMap(plainBlocks)
    .flatMap((block) => (isParagraph(block) ? [block.children] : listLines(block)))
  return tidyInline(lines.flatMap((line, index) => (index === 0 ? line : [nodes.hard_break.create(), ...line])))
}

/** The inline content of one row of a table, its filled cells kept apart by a bar. */
export function rowText(row: Node): Node[] {
  const filled = row.children.filter((cell) => cell.childCount > 0)
  return filled.flatMap((cell, index) => (index === 0 ? cell.children : [pageSchema.text(" | "), ...cell.children]))
}

function isParagraph(node: Node): boolean {
  return node.type === nodes.paragraph
}

function isParagraphOrList(node: Node): boolean {
  return isParagraph(node) || node.type === nodes.bullet_list || node.type === nodes.ordered_list
}

function plainBlocks(block: Node): Node[] {
  const paragraph = (content: readonly Node[]) => [nodes.paragraph.create(null, tidyInline(content))]
  switch (block.type) {
    case nodes.heading:
      return paragraph(block.children.map((node) => node.mark(marks.strong.create().addToSet(node.marks))))
    case nodes.address:
      return paragraph(block.children)
    case nodes.figure:
      return paragraph(figureText(block))
    case nodes.table:
      return block.children
        .map(rowText)
        .filter((content) => content.length > 0)
        .flatMap(paragraph)
    case nodes.fact_sheet:
      return block.children.flatMap((fact) => paragraph(factText(fact)))
    case nodes.blockquote:
    case nodes.notice:
      return [...block.children]
    case nodes.divider:
      return []
    default:
      return [block]
  }
}

function figureText(figure: Node): Node[] {
  const { src, alt } = figure.attrs
  const picture = [alt, src].filter(Boolean).join(" ")
  const words = picture === "" ? [] : [pageSchema.text(picture)]
  return figure.childCount === 0
    ? words
    : [...words, ...(words.length > 0 ? [pageSchema.text(": ")] : []), ...figure.children]
}

function factText(fact: Node): Node[] {
  const { label, key, value, qualifier } = fact.attrs as FactAttrs
  const text = `${label || key}${qualifier && ` (${qualifier})`}: ${value.replaceAll("\n", ", ")}`
  return [pageSchema.text(fact.childCount === 0 ? text : `${text} `), ...fact.children]
}

function listLines(list: Node): (readonly Node[])[] {
  return list.children.flatMap((item, index) => {
    const [first, ...rest] = item.children
    const mark = list.type === nodes.bullet_list ? "•" : `${list.attrs.start + index}.`
    const more = rest.flatMap((block) => (isParagraph(block) ? [block.children] : listLines(block)))
    return [[pageSchema.text(first!.childCount > 0 ? `${mark} ` : mark), ...first!.children], ...more]
  })
}
