import type { Node } from "prosemirror-model"
import { inlineOf } from "./flatten.ts"
import { attribute, type HtmlElement, within } from "./html-tree.ts"
import type { Context } from "./read-html-inline.ts"
import { blocksIn, type HtmlReader, lineIn } from "./read-html-reader.ts"
import { pageSchema } from "./schema.ts"

const { nodes } = pageSchema

// A few bytes of markup must not make thousands of cells.
const MAX_ADDED_CELLS = 2000
const MAX_SPAN = 100

/** Reads a table as a plain grid; one that only arranges headings, pictures and the like is taken apart. */
export function readTable(element: HtmlElement, context: Context, reader: HtmlReader): Node[] {
  const line = lineIn(element, context)
  const inside = { ...context, line }
  const captions = within(element, ({ tagName }) => tagName === "caption" || tagName === "tr").filter(isCaption)
  const caption = captions.flatMap((found) => blocksIn(found, inside, reader))
  const rows = within(element, ({ tagName }) => tagName === "tr").map((row) => readRow(row, inside, reader))
  const filled = rows.filter(({ cells }) => cells.length > 0)
  if (isLayout(element, filled))
    return [...caption, ...filled.flatMap(({ cells }) => cells.flatMap(({ blocks }) => blocks))]
  const grid = gridOf(filled, line, reader)
  return grid.length === 0 ? caption : [...caption, nodes.table.create({ id: reader.idOf(element) }, grid)]
}

interface Cell {
  blocks: Node[]
  isHeader: boolean
  columns: number
  rows: number
}

interface Row {
  id: string | null
  line: number
  cells: Cell[]
}

function isCaption({ tagName }: HtmlElement): boolean {
  return tagName === "caption"
}

function isCell({ tagName }: HtmlElement): boolean {
  return tagName === "td" || tagName === "th"
}

function readRow(element: HtmlElement, context: Context, reader: HtmlReader): Row {
  const line = lineIn(element, context)
  const cells = within(element, isCell).map((cell) => ({
    blocks: blocksIn(cell, { ...context, line }, reader),
    isHeader: cell.tagName === "th",
    columns: spanOf(cell, "colspan"),
    rows: spanOf(cell, "rowspan"),
  }))
  return { id: reader.idOf(element), line, cells }
}

function spanOf(cell: HtmlElement, name: string): number {
  const span = Number(attribute(cell, name) ?? 1)
  return Number.isInteger(span) && span > 0 ? Math.min(span, MAX_SPAN) : 1
}

/** What stands in cells of paragraphs and lists is a table of data. */
function isLayout(element: HtmlElement, rows: readonly Row[]): boolean {
  if (attribute(element, "role") === "presentation") return true
  const data = [nodes.paragraph, nodes.bullet_list, nodes.ordered_list]
  const cells = rows.flatMap((row) => row.cells)
  const oneColumn = rows.every((row) => row.cells.length === 1)
  return cells.some(({ blocks }) => blocks.some(({ type }) => !data.includes(type)) || (oneColumn && blocks.length > 1))
}

/** The rows with every cell that spans several standing in the first of them, and empty cells in the others. */
function gridOf(rows: readonly Row[], line: number, { warnings }: HtmlReader): Node[] {
  const grid: Node[][] = rows.map(() => [])
  let added = 0
  rows.forEach(({ cells }, y) => {
    let x = 0
    for (const { blocks, isHeader, columns, rows: height } of cells) {
      while (grid[y]![x]) x++
      const type = isHeader ? nodes.table_header : nodes.table_cell
      for (let down = 0; down < height && grid[y + down]; down++) {
        for (let right = 0; right < columns && added <= MAX_ADDED_CELLS; right++) {
          const first = down === 0 && right === 0
          grid[y + down]![x + right] = type.create(null, first ? inlineOf(blocks) : [])
          if (!first) added++
        }
      }
      x += columns
    }
  })
  if (added > 0)
    warnings.add(line, "Cells that span several columns or rows were split; all but the first part are empty.")
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0)
  return grid.map((row, y) => {
    const full = Array.from({ length: width }, (_, x) => row[x] ?? nodes.table_cell.create())
    return nodes.table_row.create({ id: rows[y]!.id }, full)
  })
}
