import type { Node } from "prosemirror-model"
import { writeFact } from "./markdown-facts.ts"
import { EMPTY_LINE, startSafely, writeInline } from "./markdown-inline.ts"

/** The page as Markdown, for people without JavaScript. `fromMarkdown` reads it back as the same page, without ids. */
export function toMarkdown(doc: Node): string {
  // Nobody wants to begin a page by taking a backslash away.
  const isEmpty = doc.childCount === 1 && doc.firstChild!.type.name === "paragraph" && doc.content.size === 2
  return isEmpty ? "" : `${writeBlocks(doc.children, "\n\n")}\n`
}

function writeBlocks(blocks: readonly Node[], between: string): string {
  let markers: Markers = { bullet: "*", ordered: ")" }
  return blocks
    .map((block, at) => {
      // Two lists of one kind in a row are told apart by their markers alone.
      const follows = blocks[at - 1]?.type === block.type
      markers = follows ? otherMarkers(markers) : { bullet: "-", ordered: "." }
      return writeBlock(block, markers)
    })
    .join(between)
}

interface Markers {
  bullet: "-" | "*"
  ordered: "." | ")"
}

function otherMarkers({ bullet, ordered }: Markers): Markers {
  return { bullet: bullet === "-" ? "*" : "-", ordered: ordered === "." ? ")" : "." }
}

function writeBlock(block: Node, markers: Markers): string {
  switch (block.type.name) {
    case "heading":
      return writeHeading(block)
    case "bullet_list":
      return writeList(block, () => `${markers.bullet} `)
    case "ordered_list":
      return writeList(block, (index) => `${Math.min(block.attrs.start + index, MAX_NUMBER)}${markers.ordered} `)
    case "blockquote":
      return quotedLines(writeBlocks(block.children, "\n\n"))
    case "divider":
      return "---"
    case "table":
      return writeTable(block)
    case "address":
      return fenced("address", writeInline(block, "\n"))
    case "notice":
      return fenced(`notice ${block.attrs.kind}`, writeBlocks(block.children, "\n\n"))
    case "figure":
      return fenced("figure", writeFigure(block))
    case "fact_sheet":
      return fenced("facts", block.children.map(writeFact).join("\n"))
    default:
      return writeInline(block, "\\\n")
  }
}

// Markdown has no longer numbers.
const MAX_NUMBER = 999_999_999

function fenced(name: string, content: string): string {
  return `::: ${name}\n${content}\n:::`
}

function quotedLines(text: string): string {
  const lines = text.split("\n").map((line) => (line === "" ? ">" : `> ${line}`))
  return lines.join("\n")
}

function writeHeading(heading: Node): string {
  const text = writeInline(heading, "<br>").replace(/(^|[ \t])(#+)$/, "$1\\$2")
  return `${"#".repeat(heading.attrs.level)} ${text}`.trimEnd()
}

function writeList(list: Node, marker: (index: number) => string): string {
  const tight = isTight(list)
  const items = list.children.map((item, index) => {
    const start = marker(index)
    const content = writeBlocks(item.children, tight ? "\n" : "\n\n")
    return start + content.replace(/\n(?=[^\n])/g, `\n${" ".repeat(start.length)}`)
  })
  return items.join(tight ? "\n" : "\n\n")
}

/** Whether a list needs no empty lines: only lists that may follow a line of text directly are nested in it. */
function isTight(list: Node): boolean {
  return list.children.every(({ children: [, nested, ...more] }) => {
    if (!nested) return true
    const startsPlainly = nested.type.name === "bullet_list" || nested.attrs.start === 1
    return more.length === 0 && nested.type.name !== "paragraph" && startsPlainly && isTight(nested)
  })
}

/**
 * The first row is the table's head, empty when the table has none. Other cells that are headers begin with "# ".
 */
function writeTable(table: Node): string {
  const [first] = table.children
  const hasHead = first!.children.every(isHeader) && !first!.children.every((cell) => cell.childCount === 0)
  const width = first!.childCount
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  const head = hasHead ? first!.children.map((cell) => writeCell(cell, "")) : Array<string>(width).fill("")
  const body = table.children.slice(hasHead ? 1 : 0).map((row) => row.children.map((cell) => writeCell(cell, "# ")))
  return [line(head), line(Array<string>(width).fill("---")), ...body.map(line)].join("\n")
}

function isHeader(cell: Node): boolean {
  return cell.type.name === "table_header"
}

function writeCell(cell: Node, headerMark: string): string {
  const text = startSafely(writeInline(cell, "<br>")).replaceAll("|", "\\|")
  return isHeader(cell) ? (headerMark + text).trimEnd() : text
}

function writeFigure(figure: Node): string {
  const { src, alt, width, height } = figure.attrs
  const size = width && height ? `{width=${width} height=${height}}` : ""
  const picture = `![${alt.replace(/[\\[\]`<&!*_]/g, "\\$&")}](${src ?? ""})${size}`
  const caption = writeInline(figure, "\\\n")
  return caption === EMPTY_LINE ? picture : `${picture}\n${caption}`
}
