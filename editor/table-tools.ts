import type { Command } from "prosemirror-state"
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  isInTable,
  selectedRect,
  toggleHeader,
} from "prosemirror-tables"
import { insertBlock } from "./insert.ts"
import { pageSchema } from "./document/schema.ts"

const { table, table_row, table_cell, table_header } = pageSchema.nodes

/** One act on the table around the cursor, as menus show it and as it is announced. */
export interface TableTool {
  label: string
  done: string
  run: Command
}

export const tableTools: readonly TableTool[] = [
  { label: "Add row above", done: "Row added above", run: addRowBefore },
  { label: "Add row below", done: "Row added below", run: addRowAfter },
  { label: "Add column before", done: "Column added before", run: addColumnBefore },
  { label: "Add column after", done: "Column added after", run: addColumnAfter },
  { label: "Header row", done: "Header row changed", run: toggleHeader("row") },
  { label: "Header column", done: "Header column changed", run: toggleHeader("column") },
  { label: "Delete row", done: "Row deleted", run: orWholeTable("row") },
  { label: "Delete column", done: "Column deleted", run: orWholeTable("column") },
  { label: "Delete table", done: "Table deleted", run: deleteTable },
]

/** A new table of three columns: a header row and two more, with the cursor in the first cell. */
export const insertTable: Command = (state, dispatch) => {
  const row = (cell: typeof table_cell) =>
    table_row.create(
      null,
      [1, 2, 3].map(() => cell.create()),
    )
  return insertBlock(table.create(null, [row(table_header), row(table_cell), row(table_cell)]))(state, dispatch)
}

/** The next cell; after the last one, a new row. */
export const nextCell: Command = (state, dispatch, view) => {
  if (!isInTable(state)) return false
  if (goToNextCell(1)(state, dispatch)) return true
  if (!addRowAfter(state, dispatch) || !view) return true
  return goToNextCell(1)(view.state, dispatch)
}

/** The cell before; from the first one, Shift-Tab leaves the text. */
export const previousCell: Command = (state, dispatch) => isInTable(state) && goToNextCell(-1)(state, dispatch)

// Deleting the only row or column means the table: the library would refuse without a word.
function orWholeTable(what: "row" | "column"): Command {
  return (state, dispatch) => {
    if (!isInTable(state)) return false
    const { map, top, bottom, left, right } = selectedRect(state)
    const all = what === "row" ? top === 0 && bottom === map.height : left === 0 && right === map.width
    if (all) return deleteTable(state, dispatch)
    return what === "row" ? deleteRow(state, dispatch) : deleteColumn(state, dispatch)
  }
}
