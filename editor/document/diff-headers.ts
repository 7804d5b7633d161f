import type { Node } from "prosemirror-model"
import type { Alignment } from "./align-passes.ts"
import { newChange } from "./diff-changes.ts"
import type { ColumnAlignment } from "./diff-columns.ts"
import type { Change } from "./diff-edits.ts"
import { columnName, letter } from "./diff-table-changes.ts"

/** The change by which a cell of the new table became a header cell or an ordinary one; `row` where a whole row did. */
export interface HeaderChanges {
  row(row: number): Change | null
  cell(row: number, column: number): Change | null
}

/** Cells that became header cells or ordinary ones: one change for a whole row or column of them. */
export function headerChanges(from: Node, to: Node, rows: Alignment, columns: ColumnAlignment): HeaderChanges {
  const turned = turnedCells(from, to, rows, columns)
  const byRow = new Map<number, Change>()
  for (const [row, cells] of grouped(turned, (cell) => cell.row)) {
    const kept = pairedColumns(from.child(rows.fromOf[row]!), to.child(row), columns)
    if (cells.length === kept && isUniform(cells))
      byRow.set(row, headerChange(to.child(row).attrs.id, `Row ${row + 1}`, "row", cells[0]!.header))
  }
  const byCell = new Map<string, Change>()
  const left = turned.filter((cell) => !byRow.has(cell.row))
  const pairedRows = rows.fromOf.filter((at) => at !== -1).length
  for (const [column, cells] of grouped(left, (cell) => cell.column)) {
    const whole = cells.length > 1 && cells.length >= pairedRows - byRow.size && isUniform(cells)
    const shared = whole ? headerChange(null, `Column ${letter(column)}`, "column", cells[0]!.header) : null
    for (const { row, header } of cells) {
      const name = `Cell in row ${row + 1}, column ${columnName(to, column)}`
      byCell.set(`${row} ${column}`, shared ?? headerChange(to.child(row).attrs.id, name, "cell", header))
    }
  }
  return {
    row: (row) => byRow.get(row) ?? null,
    cell: (row, column) => byRow.get(row) ?? byCell.get(`${row} ${column}`) ?? null,
  }
}

interface TurnedCell {
  row: number
  column: number
  header: boolean
}

function turnedCells(from: Node, to: Node, rows: Alignment, columns: ColumnAlignment): TurnedCell[] {
  const found: TurnedCell[] = []
  for (const [row, at] of rows.fromOf.entries()) {
    if (at === -1) continue
    for (const [column, cell] of to.child(row).children.entries()) {
      const before = columns.fromOf[column]!
      if (before === -1 || before >= from.child(at).childCount) continue
      if (from.child(at).child(before).type !== cell.type)
        found.push({ row, column, header: cell.type.name === "table_header" })
    }
  }
  return found
}

function pairedColumns(old: Node, row: Node, columns: ColumnAlignment): number {
  return columns.fromOf.filter((from, to) => from !== -1 && from < old.childCount && to < row.childCount).length
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

function isUniform(cells: readonly TurnedCell[]): boolean {
  return cells.every(({ header }) => header === cells[0]!.header)
}

function headerChange(part: string | null, name: string, what: string, header: boolean): Change {
  const [from, to] = header ? [`ordinary ${what}`, `header ${what}`] : [`header ${what}`, `ordinary ${what}`]
  return newChange("header-changed", {
    class: "structure",
    part,
    from,
    to,
    description: `${name} became ${header ? "a" : "an"} ${to}`,
  })
}
