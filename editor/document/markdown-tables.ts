import type { Node } from "prosemirror-model"
import { rowText } from "./flatten.ts"
import type { TypedTable } from "./markdown-blocks.ts"
import { type MarkdownReader, readInline } from "./markdown-read-inline.ts"
import { pageSchema } from "./schema.ts"

const { nodes } = pageSchema

// Two bytes of text must not make a thousand cells.
const MAX_ADDED_CELLS = 2000

/** Reads a table whose head stands on `line`. Rows that are too short get empty cells. */
export function readTable({ head, rows, aligned }: TypedTable, line: number, reader: MarkdownReader): Node[] {
  const { warnings } = reader
  if (aligned) warnings.add(line + 1, "Columns are not aligned here.")
  const hasHead = head.some((cell) => cell !== "") || rows.length === 0
  const typed = [
    ...(hasHead ? [{ cells: head, line, isHead: true }] : []),
    ...rows.map((cells, index) => ({ cells, line: line + 2 + index, isHead: false })),
  ]
  const read = typed.map(({ cells, line: at, isHead }) => cells.map((cell) => readCell(cell, isHead, at, reader)))
  const width = read.reduce((most, cells) => Math.max(most, cells.length), 1)
  const added = read.reduce((sum, cells) => sum + width - cells.length, 0)
  if (added > MAX_ADDED_CELLS) {
    warnings.add(line, "The rows of this table are too unequal; they became lines of text.")
    return read.map((cells) => nodes.paragraph.create(null, rowText(nodes.table_row.create(null, cells))))
  }
  read.forEach((cells, index) => {
    const { line: at, isHead } = typed[index]!
    if (cells.length < width)
      warnings.add(at, "This row has fewer cells than the longest of its table; empty ones were added.")
    while (cells.length < width) cells.push(emptyCell(isHead))
  })
  return [
    nodes.table.create(
      null,
      read.map((cells) => nodes.table_row.create(null, cells)),
    ),
  ]
}

/** A cell that begins with "# " is a header; so is every cell of the head. */
function readCell(text: string, isHead: boolean, line: number, reader: MarkdownReader): Node {
  const [mark = ""] = /^#(?:[ \t]+|$)/.exec(text) ?? []
  const isHeader = isHead || mark !== ""
  return (isHeader ? nodes.table_header : nodes.table_cell).create(
    null,
    readInline(text.slice(mark.length), line, reader),
  )
}

function emptyCell(isHead: boolean): Node {
  return (isHead ? nodes.table_header : nodes.table_cell).create()
}
