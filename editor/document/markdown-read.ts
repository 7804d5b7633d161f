import type Token from "markdown-it/lib/token.mjs"
import type { Node } from "prosemirror-model"
import { composed, textNode } from "./characters.ts"
import { itemContent, paragraphsAndLists } from "./flatten.ts"
import { readFigure, readLoneImage } from "./markdown-figures.ts"
import { readFacts } from "./markdown-read-facts.ts"
import { type MarkdownReader, readInline } from "./markdown-read-inline.ts"
import { markdownMachine } from "./markdown-syntax.ts"
import { readTable } from "./markdown-tables.ts"
import { pageSchema } from "./schema.ts"
import { quoted, type Reading, Warnings } from "./warnings.ts"

const { nodes, marks } = pageSchema

/**
 * Reads a page written in Markdown (`markdownHelp` tells its forms). A heading of level 1 at the very beginning is the
 * title. Any text is a page: what has no place in one is kept as plain text, and told in the warnings.
 */
export function fromMarkdown(text: string): Reading {
  const warnings = new Warnings()
  const reader: MarkdownReader = { machine: (machine ??= markdownMachine()), warnings }
  const source = composed(text, 0, warnings).replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd")
  const tokens = reader.machine.blocks(source)
  const title = takeTitle(tokens, reader)
  const blocks = readTokens(tokens, reader)
  const doc = nodes.doc.create(null, blocks.length > 0 ? blocks : [nodes.paragraph.create()])
  return { doc, title, warnings: warnings.list(), faults: warnings.faults() }
}

// Made when first needed: building its rules costs more than reading a page.
let machine: MarkdownReader["machine"] | undefined

function takeTitle(tokens: Token[], reader: MarkdownReader): string | null {
  if (tokens[0]?.type !== "heading_open" || tokens[0].tag !== "h1") return null
  const [open, inline] = tokens.splice(0, 3)
  const content = readInline(inline!.content, lineOf(open!), reader)
  if (content.some((node) => node.type === nodes.citation)) {
    reader.warnings.add(lineOf(open!), "A citation in the title was left out.")
  }
  const title = content.map((node) => (node.type === nodes.hard_break ? " " : (node.text ?? ""))).join("")
  return title.replace(/\s+/g, " ").trim() || null
}

/** A container that is being read. */
interface Open {
  token: Token
  blocks: Node[]
}

function readTokens(tokens: readonly Token[], reader: MarkdownReader): Node[] {
  const blocks: Node[] = []
  const stack: Open[] = []
  tokens.forEach((token, index) => {
    const inside = stack.at(-1)?.blocks ?? blocks
    if (token.type === "inline") inside.push(readTextblock(tokens[index - 1]!, token, reader))
    else if (isContainer(token) && token.nesting > 0) stack.push({ token, blocks: [] })
    else if (isContainer(token)) {
      const closed = stack.pop()!
      ;(stack.at(-1)?.blocks ?? blocks).push(readContainer(closed, reader))
    } else if (token.nesting === 0) for (const block of readLeaf(token, reader)) inside.push(block)
  })
  return blocks
}

function isContainer({ type }: Token): boolean {
  return /^(?:bullet_list|ordered_list|list_item|blockquote|notice)_/.test(type)
}

function readTextblock(open: Token, inline: Token, reader: MarkdownReader): Node {
  const line = lineOf(inline)
  if (open.type === "heading_open") {
    const level = Math.min(Math.max(Number(open.tag.slice(1)), 2), 4)
    return nodes.heading.create({ level }, readInline(inline.content, line, reader))
  }
  if (open.meta?.tooDeep) reader.warnings.add(line, "Lists and quotations this deep were kept as plain text.")
  reportColons(inline.content, line, reader)
  const figure = readLoneImage(inline.content, line, reader)
  return figure ?? nodes.paragraph.create(null, readInline(inline.content, line, reader))
}

const WHAT_COLONS_MEAN =
  "Outside lists and quotations, ::: facts, ::: address, ::: figure or ::: notice begins a block that ends with :::."

/** Three colons in a paragraph were meant for something else. */
function reportColons(text: string, line: number, { warnings }: MarkdownReader): void {
  if (!text.includes(":::")) return
  text.split("\n").forEach((typed, index) => {
    if (!typed.startsWith(":::")) return
    warnings.add(line + index, `${quoted(typed)} was kept as text. ${WHAT_COLONS_MEAN}`)
  })
}

function readContainer({ token, blocks }: Open, { warnings }: MarkdownReader): Node {
  const line = lineOf(token)
  switch (token.type) {
    case "bullet_list_open":
      return nodes.bullet_list.create(null, blocks)
    case "ordered_list_open":
      return nodes.ordered_list.create({ start: startOf(token, line, warnings) }, blocks)
    case "list_item_open":
      return nodes.list_item.create(null, itemContent(blocks, line, warnings))
    case "blockquote_open":
      return nodes.blockquote.create(null, paragraphsAndLists(blocks, "a quotation", line, warnings))
    default:
      return nodes.notice.create({ kind: token.info }, paragraphsAndLists(blocks, "a notice", line, warnings))
  }
}

// What fits its schema; nobody counts further.
const MAX_START = 999_999

function startOf(token: Token, line: number, warnings: Warnings): number {
  const typed = Number(token.attrGet("start") ?? 1)
  if (typed > MAX_START) warnings.add(line, `A list begins with ${MAX_START} at most, not with ${typed}.`)
  return Math.min(typed, MAX_START)
}

function readLeaf(token: Token, reader: MarkdownReader): Node[] {
  const line = lineOf(token)
  switch (token.type) {
    case "hr":
      return [nodes.divider.create()]
    case "grid":
      return readTable(token.meta, line, reader)
    case "facts":
      return readSheet(token.content, line, reader)
    case "address":
      return [nodes.address.create(null, readInline(trimLines(token.content), line + 1, reader, "break"))]
    case "figure":
      return [readFigure(token.content, line + 1, reader)]
    default:
      return [readFence(token, line, reader)]
  }
}

function readSheet(text: string, line: number, reader: MarkdownReader): Node[] {
  const note = (words: string, at: number) => readInline(words, at, reader)
  const rows = readFacts(text.split("\n"), line + 1, note, reader.warnings)
  if (rows.length > 0) return [nodes.fact_sheet.create(null, rows)]
  reader.warnings.add(line, "This fact sheet holds no facts, so it was left out.")
  return []
}

function readFence(token: Token, line: number, reader: MarkdownReader): Node {
  const info = token.info.trim() && ` ${quoted(token.info)} was left out.`
  reader.warnings.add(line, `A block of code became a paragraph of code.${info}`)
  const lines = token.content.replace(/\n$/, "").split("\n")
  const content = lines.flatMap((typed, index) => {
    const words = textNode(typed, line + 1 + index, reader.warnings, [marks.code.create()])
    return [...(index === 0 ? [] : [nodes.hard_break.create()]), ...(words ? [words] : [])]
  })
  return nodes.paragraph.create(null, content)
}

/** Empty lines around an address are not part of it. */
function trimLines(text: string): string {
  const lines = text.split("\n")
  const filled = (line: string) => line.trim() !== ""
  return lines.slice(lines.findIndex(filled), lines.findLastIndex(filled) + 1).join("\n")
}

function lineOf(token: Token): number {
  return (token.map?.[0] ?? 0) + 1
}
