import type { Node } from "prosemirror-model"
import { alignBlocks, type Alignment } from "./align.ts"
import { attributeChanges } from "./diff-attributes.ts"
import type { Comparison } from "./diff-blocks.ts"
import { alignColumns, type ColumnAlignment } from "./diff-columns.ts"
import type { CellStep, Change, ColumnStep, NodeEdit, RowStep } from "./diff-edits.ts"
import { type HeaderChanges, headerChanges } from "./diff-headers.ts"
import { diffInline } from "./diff-inline.ts"
import { columnChange, columnName, rowChange } from "./diff-table-changes.ts"
import type { Place } from "./diff-text.ts"

/** What became of a table: of its columns, its rows, and the words of the cells that stand in both. */
export function diffTable(from: Node, to: Node, place: Place, comparison: Comparison): NodeEdit {
  const rows = alignBlocks(from.children, to.children)
  const pairs = to.children.flatMap((row, index) =>
    rows.fromOf[index] === -1 ? [] : [[from.child(rows.fromOf[index]!), row] as const],
  )
  const aligned = alignColumns(pairs, widthOf(from), widthOf(to))
  const columns = columnSteps(from, to, aligned)
  const table = { from, to, rows, aligned, columns, headers: headerChanges(from, to, rows, aligned), comparison }
  return {
    type: "table",
    shell: { type: to.type, attrs: to.attrs },
    rows: rowSteps(table),
    columns,
    changes: attributeChanges(from, to, place),
  }
}

interface Tables {
  from: Node
  to: Node
  rows: Alignment
  aligned: ColumnAlignment
  columns: readonly ColumnStep[]
  headers: HeaderChanges
  comparison: Comparison
}

function widthOf(table: Node): number {
  return table.children.reduce((most, row) => Math.max(most, row.childCount), 0)
}

function columnSteps(from: Node, to: Node, { fromOf, toOf, moved }: ColumnAlignment): ColumnStep[] {
  const steps: ColumnStep[] = []
  const showRemoved = (start: number) => {
    for (let at = start; at < toOf.length && toOf[at] === -1; at++)
      steps.push({ from: at, to: null, change: columnChange("removed", from, at) })
  }
  showRemoved(0)
  for (const [index, at] of fromOf.entries()) {
    const change = at === -1 ? columnChange("added", to, index) : moved[index] ? columnChange("moved", to, index) : null
    steps.push({ from: at === -1 ? null : at, to: index, change })
    if (at !== -1) showRemoved(at + 1)
  }
  return steps
}

function rowSteps(table: Tables): RowStep[] {
  const { from, to, rows } = table
  const moves = new Map<number, Change>()
  for (const [index, isMoved] of rows.moved.entries()) {
    if (isMoved) moves.set(rows.fromOf[index]!, rowChange("moved", to.child(index), rows.fromOf[index]!, index))
  }
  const steps: RowStep[] = []
  const behind = leftBehind(rows, moves)
  const showLeft = (index: number) => {
    for (const at of behind.get(index) ?? []) {
      const move = moves.get(at)
      const changes = [move ?? rowChange("removed", from.child(at), at)]
      steps.push({ type: move ? "left" : "delete", from: at, changes })
    }
  }
  showLeft(-1)
  for (const [index, row] of to.children.entries()) {
    const at = rows.fromOf[index]!
    if (at === -1) steps.push({ type: "insert", node: row, changes: [rowChange("added", row, index)] })
    else steps.push(keptRow(table, at, index, moves.get(at)))
    showLeft(index)
  }
  return steps
}

function keptRow(table: Tables, at: number, index: number, move: Change | undefined): RowStep {
  const [old, row] = [table.from.child(at), table.to.child(index)]
  const changes = [...(move ? [move] : []), ...attributeChanges(old, row, { where: "", part: row.attrs.id })]
  const header = table.headers.row(index)
  if (header) changes.push(header)
  const cells: CellStep[] = []
  for (const { from, to, change } of table.columns) {
    const cell = to !== null && to < row.childCount ? row.child(to) : null
    const before = from !== null && from < old.childCount ? old.child(from) : null
    if (cell && before) cells.push(keptCell(table, before, from!, cell, index, to!))
    else if (cell) cells.push({ type: "insert", node: cell, changes: [change ?? rowChange("cell-added", row, index)] })
    else if (before)
      cells.push({ type: "delete", from: from!, changes: [change ?? rowChange("cell-removed", row, index)] })
  }
  return { type: "row", from: at, shell: { type: row.type, attrs: row.attrs }, cells, changes }
}

function keptCell(
  { to, headers, comparison }: Tables,
  before: Node,
  from: number,
  cell: Node,
  row: number,
  column: number,
): CellStep {
  const shell = { type: cell.type, attrs: cell.attrs }
  const place = {
    where: ` in row ${row + 1}, column ${columnName(to, column)}`,
    part: to.child(row).attrs.id as string | null,
  }
  const header = before.type === cell.type ? null : headers.cell(row, column)
  const changes = [
    ...(header ? [header] : []),
    ...(before.type === cell.type ? attributeChanges(before, cell, place) : []),
  ]
  return { type: "cell", from, shell, ops: diffInline([before], [cell], place, comparison.budget).ops, changes }
}

/** For each new row, and -1 for the start, the old ones to be shown after it because they are gone or moved away. */
function leftBehind({ toOf }: Alignment, moves: ReadonlyMap<number, Change>): Map<number, number[]> {
  const behind = new Map<number, number[]>()
  let last = -1
  for (const [at, to] of toOf.entries()) {
    if (to >= 0 && !moves.has(at)) last = to
    else behind.set(last, [...(behind.get(last) ?? []), at])
  }
  return behind
}
