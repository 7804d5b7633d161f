import type { Node } from "prosemirror-model"
import type { CellStep, Change, NodeEdit, RowStep, Shell } from "./diff-edits.ts"
import { folded, foldHtml, part } from "./diff-html-folds.ts"
import {
  anchorOf,
  changeAnchor,
  type Drawing,
  marked,
  notesHtml,
  opsHtml,
  plainHtml,
  raw,
  visibleChanges,
} from "./diff-html-parts.ts"
import { type Tree, writeTree } from "./markup.ts"

type TableEdit = Extract<NodeEdit, { type: "table" }>

/** A table on the side drawn; both at once have the removed rows and cells where they stood. */
export function tableHtml(node: Node, edit: TableEdit, drawing: Drawing): string {
  const { side } = drawing
  const columns = edit.columns.flatMap(({ change }) => (change ? [change] : []))
  const notes = side === "old" ? "" : notesHtml(drawing, columns)
  const steps =
    side === "old"
      ? oldOrder(edit.rows)
      : edit.rows.filter((row) => side === "both" || row.type === "row" || row.type === "insert")
  const parts = steps.map((row) => part(drawing, () => rowHtml(node, row, edit.columns.length, drawing)))
  const fold = (html: string, count: number) =>
    writeTree([
      "tr",
      { class: "unchanged" },
      [
        "td",
        { colspan: edit.columns.length },
        raw(foldHtml(writeTree(["table", ["tbody", raw(html)]]), count, "rows", drawing)),
      ],
    ])
  const table: Tree = ["table", ["tbody", raw(folded(parts, fold))]]
  return notes + writeTree(["div", { class: "table", role: "group", tabindex: "0", "aria-label": "Table" }, table])
}

function oldOrder(rows: readonly RowStep[]): RowStep[] {
  const old = rows.filter((row) => row.type === "row" || row.type === "delete")
  return old.sort((one, other) => one.from - other.from)
}

function rowHtml(table: Node, row: RowStep, width: number, drawing: Drawing): string {
  switch (row.type) {
    case "insert":
      return presenceHtml("added", row.node, row.changes, drawing)
    case "delete":
      return presenceHtml("removed", table.child(row.from), row.changes, drawing)
    case "left":
      return leftHtml(row, width, drawing)
    case "row":
      return keptHtml(table.child(row.from), row, drawing)
  }
}

function presenceHtml(act: "added" | "removed", row: Node, changes: readonly Change[], drawing: Drawing): string {
  const shown = visibleChanges(drawing, changes)
  const tag = act === "added" ? "ins" : "del"
  if (shown.length > 0) drawing.drawn++
  else if (act === "removed") return ""
  const attrs = shown.length > 0 ? { class: `change ${act} ${shown[0]!.class}`, ...anchorOf(drawing, shown) } : {}
  const cells = row.children.map((cell, at): Tree => {
    const html = plainHtml(cell.children)
    return [cellTag(cell), shown.length > 0 ? [tag, at === 0 ? { "data-label": act } : {}, raw(html)] : raw(html)]
  })
  return writeTree(["tr", attrs, ...cells])
}

function leftHtml(row: Extract<RowStep, { type: "left" }>, width: number, drawing: Drawing): string {
  const [change] = visibleChanges(drawing, row.changes)
  if (!change) return ""
  drawing.drawn++
  const link = ["a", { href: `#${changeAnchor(change, drawing)}` }, `moved, see change ${change.number}`]
  return writeTree(["tr", { class: "change-left" }, ["td", { colspan: width }, `Row ${row.from + 1} `, link]])
}

function keptHtml(old: Node, row: Extract<RowStep, { type: "row" }>, drawing: Drawing): string {
  const shown = drawing.side === "old" ? [] : visibleChanges(drawing, row.changes)
  const cells = cellsOn(drawing, row.cells)
  const said =
    shown.length > 0
      ? [["span", { class: "change-note" }, shown.map(({ description }) => description).join("; ")], " "]
      : []
  if (shown.length > 0) drawing.drawn++
  const attrs = shown.length > 0 ? { class: `change moved ${shown[0]!.class}`, ...anchorOf(drawing, shown) } : {}
  return writeTree(["tr", attrs, ...cells.map((cell, at) => cellTree(old, cell, at === 0 ? said : [], shown, drawing))])
}

function cellsOn(drawing: Drawing, cells: readonly CellStep[]): CellStep[] {
  if (drawing.side === "both") return [...cells]
  if (drawing.side === "new") return cells.filter((cell) => cell.type !== "delete")
  const old = cells.filter((cell) => cell.type !== "insert")
  return old.sort((one, other) => one.from - other.from)
}

function cellTree(
  row: Node,
  cell: CellStep,
  said: readonly unknown[],
  ofRow: readonly Change[],
  drawing: Drawing,
): Tree {
  switch (cell.type) {
    case "insert":
      return [
        cellTag(cell.node),
        ...said,
        raw(marked(drawing, "ins", "added", "added", cell.changes, plainHtml(cell.node.children))),
      ]
    case "delete": {
      const old = row.child(cell.from)
      const isHidden = visibleChanges(drawing, cell.changes).length === 0
      if (isHidden) return [cellTag(old), ...said]
      return [
        cellTag(old),
        ...said,
        raw(marked(drawing, "del", "removed", "removed", cell.changes, plainHtml(old.children))),
      ]
    }
    case "cell": {
      const old = row.child(cell.from)
      const shell: Shell = drawing.side === "old" ? old : cell.shell
      // What is true of the whole row is said once, in its first cell.
      const notes =
        drawing.side === "old"
          ? ""
          : notesHtml(
              drawing,
              cell.changes.filter((change) => !ofRow.includes(change)),
            )
      return [cellTag(shell), ...said, raw(notes + opsHtml(old.content, cell.ops, drawing)[0]!)]
    }
  }
}

function cellTag({ type }: Shell): string {
  return type.name === "table_header" ? "th" : "td"
}
