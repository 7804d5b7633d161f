import type { Node } from "prosemirror-model"
import { alignBlocks } from "./align.ts"
import type { Alignment } from "./align-passes.ts"
import { blockPiece, isSameNode, keyOf } from "./align-pieces.ts"
import { alignColumns, type ColumnAlignment } from "./diff-columns.ts"
import { mergeShell } from "./merge-attributes.ts"
import type { Merging } from "./merge-context.ts"
import { mergeOrder, type Place } from "./merge-order.ts"
import { insertions, type Places } from "./merge-units.ts"

/** Merges a table by row, column and cell. A row or column that one side deleted and the other wrote in collides. */
export function mergeTables(base: Node, mine: Node, theirs: Node, merging: Merging): Node | null {
  const rows = { mine: alignBlocks(base.children, mine.children), theirs: alignBlocks(base.children, theirs.children) }
  const columns = { mine: columnsOf(base, mine, rows.mine), theirs: columnsOf(base, theirs, rows.theirs) }
  const table: Tables = { base, mine, theirs, rows, columns, merging }
  const keptRows = mergeOrder(rowPlaces(table)).filter((row) => isRowKept(row, table))
  const keptColumns = mergeOrder(columnPlaces(table)).filter((column) => isColumnKept(column, keptRows, table))
  // Each side deleted what the other kept: a table cannot be empty.
  if (keptRows.length === 0 || keptColumns.length === 0) return null
  const { type, attrs } = mergeShell(base, mine, theirs, merging)
  return type.create(
    attrs,
    keptRows.map((row) => rowOf(row, keptColumns, table)),
  )
}

interface Tables {
  base: Node
  mine: Node
  theirs: Node
  rows: { mine: Alignment; theirs: Alignment }
  columns: { mine: ColumnAlignment; theirs: ColumnAlignment }
  merging: Merging
}

function columnsOf(base: Node, side: Node, rows: Alignment): ColumnAlignment {
  const pairs = side.children.flatMap((row, at) =>
    rows.fromOf[at] === -1 ? [] : [[base.child(rows.fromOf[at]!), row] as const],
  )
  return alignColumns(pairs, widthOf(base), widthOf(side))
}

function widthOf(table: Node): number {
  return table.children.reduce((most, row) => Math.max(most, row.childCount), 0)
}

function rowPlaces({ base, mine, theirs, rows }: Tables): Place[] {
  const known = base.children.map((row, at) => place(at, rows.mine, rows.theirs, keyOf(blockPiece(row))))
  const added = insertions(mine.children.map(blockPiece), theirs.children.map(blockPiece), rows.mine, rows.theirs)
  const keyAt = ({ mine: [one = -1], theirs: [other = -1] }: Places) =>
    keyOf(blockPiece(one >= 0 ? mine.child(one) : theirs.child(other)))
  return [...known, ...added.map((places) => newPlace(places, keyAt(places)))]
}

function columnPlaces({ base, mine, theirs, columns }: Tables): Place[] {
  const text = (table: Node, at: number) =>
    table.children.map((row) => (at < row.childCount ? row.child(at).textContent : "")).join("\u0001")
  const known = columns.mine.toOf.map((_, at) => place(at, columns.mine, columns.theirs, text(base, at)))
  const pieces = (table: Node, { fromOf }: ColumnAlignment) =>
    fromOf.map((_, at) => ({ id: null, family: "column", type: "column", nodes: [], key: text(table, at) }))
  const added = insertions(pieces(mine, columns.mine), pieces(theirs, columns.theirs), columns.mine, columns.theirs)
  const keyAt = ({ mine: [one = -1], theirs: [other = -1] }: Places) =>
    one >= 0 ? text(mine, one) : text(theirs, other)
  return [...known, ...added.map((places) => newPlace(places, keyAt(places)))]
}

type Moves = Pick<Alignment, "toOf" | "moved">

function place(at: number, mine: Moves, theirs: Moves, key: string): Place {
  const [one, other] = [mine.toOf[at]!, theirs.toOf[at]!]
  return {
    base: at,
    mine: one,
    theirs: other,
    movedMine: mine.moved[one] ?? false,
    movedTheirs: theirs.moved[other] ?? false,
    key,
  }
}

function newPlace({ mine, theirs }: Places, key: string): Place {
  return { base: -1, mine: mine[0] ?? -1, theirs: theirs[0] ?? -1, movedMine: false, movedTheirs: false, key }
}

/** A row that one side deleted goes, unless the other side wrote in it: a column that came, went or moved is no writing. */
function isRowKept(row: Place, table: Tables): boolean {
  const { base, columns, merging } = table
  if (row.base === -1 || (row.mine >= 0 && row.theirs >= 0)) return true
  const side = row.mine >= 0 ? "mine" : row.theirs >= 0 ? "theirs" : null
  if (!side) return false
  const written = table[side].child(row[side])
  const isWritten = written.children.some((cell, at) => isWrittenIn(cellAt(base, row.base, columns[side].fromOf[at]!), cell))
  if (!isWritten) return false
  merging.collided++
  return merging.prefer === side
}

/** A column that one side deleted goes, unless the other side wrote in it or added a row with something in it. */
function isColumnKept(column: Place, rows: readonly Place[], { base, mine, theirs, merging }: Tables): boolean {
  if (column.base === -1 || (column.mine >= 0 && column.theirs >= 0)) return true
  const side = column.mine >= 0 ? "mine" : column.theirs >= 0 ? "theirs" : null
  if (!side) return false
  const table = side === "mine" ? mine : theirs
  const isWritten = rows.some((row) => {
    const cell = cellAt(table, row[side], column[side])
    if (!cell) return false
    return isWrittenIn(cellAt(base, row.base, column.base), cell)
  })
  if (!isWritten) return false
  merging.collided++
  return merging.prefer === side
}

/** Whether a side wrote in a cell that was like this before, or was not there. */
function isWrittenIn(before: Node | null, cell: Node): boolean {
  return before ? !isSameNode(before, cell) : cell.childCount > 0
}

function cellAt(table: Node, row: number, column: number): Node | null {
  return row < 0 || column < 0 || column >= table.child(row).childCount ? null : table.child(row).child(column)
}

function rowOf(row: Place, columns: readonly Place[], table: Tables): Node {
  const { base, mine, theirs, merging } = table
  const [old, ours, others] = [base.maybeChild(row.base), mine.maybeChild(row.mine), theirs.maybeChild(row.theirs)]
  const { type, attrs } = old && ours && others ? mergeShell(old, ours, others, merging) : (ours ?? others ?? old)!
  const cells = columns.map((column) => cellOf(row, column, table))
  const filled = cells.find((cell) => cell !== null)
  const empty = () => (filled ?? base.child(0).child(0)).type.create()
  return type.create(
    attrs,
    cells.map((cell) => cell ?? empty()),
  )
}

/** A cell in its three versions merged; null where one side made the row and the other the column. */
function cellOf(row: Place, column: Place, { base, mine, theirs, merging }: Tables): Node | null {
  const old = cellAt(base, row.base, column.base)
  const ours = cellAt(mine, row.mine, column.mine)
  const others = cellAt(theirs, row.theirs, column.theirs)
  if (old && ours && others)
    return isSameNode(old, ours) ? others : isSameNode(old, others) ? ours : merging.node(old, ours, others, merging)
  return ours ?? others ?? old
}
