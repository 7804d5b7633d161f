import type { Node } from "prosemirror-model"
import { countWords, newChange, quoted } from "./diff-changes.ts"
import type { Change } from "./diff-edits.ts"

// A name, not the text of a long header.
const COLUMN_NAME = 40

/** A column by its letter or, where the first row names it, by that: 'B', '“Hours”'. */
export function columnName(table: Node, column: number): string {
  const title = headerText(table, column)
  return title ? quoted(title, COLUMN_NAME) : letter(column)
}

/** A column came, went or stands in another order; `at` is its place in the table given. */
export function columnChange(act: "added" | "removed" | "moved", table: Node, at: number): Change {
  const texts = table.children.map((row) => (at < row.childCount ? cellText(row.child(at)) : ""))
  const title = headerText(table, at)
  return change(
    "column",
    act,
    texts.join("\n"),
    null,
    `Column ${letter(at)}${title && ` (${quoted(title, COLUMN_NAME)})`} ${act}`,
  )
}

/** The same for a row; a single cell came or went where rows are not of one length. */
export function rowChange(
  act: "added" | "removed" | "moved" | "cell-added" | "cell-removed",
  row: Node,
  at: number,
  to = at,
): Change {
  const text = row.children.map(cellText).join(" | ")
  const name = `Row ${at + 1}`
  const cell = act === "cell-added" ? "added" : act === "cell-removed" ? "removed" : null
  if (cell) return change("cell", cell, text, row.attrs.id, `${name}: cell ${cell}`)
  const said = text.replaceAll("|", "").trim() ? ` ${quoted(text)}` : ""
  const description = act === "moved" ? `${name}${said} moved to row ${to + 1}` : `${name}${said} ${act}`
  return change("row", act as "added" | "removed" | "moved", text, row.attrs.id, description)
}

export function letter(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letter(Math.floor(column / 26) - 1) + letter(column % 26)
}

function change(
  what: "row" | "column" | "cell",
  act: "added" | "removed" | "moved",
  text: string,
  part: string | null,
  description: string,
): Change {
  const kind = what === "cell" ? (act === "added" ? "cell-added" : "cell-removed") : (`${what}-${act}` as const)
  const words = countWords(text)
  return newChange(kind, {
    class: act === "moved" || words === 0 ? "structure" : "text",
    part,
    from: act === "added" ? null : text,
    to: act === "removed" ? null : text,
    added: act === "added" ? words : 0,
    removed: act === "removed" ? words : 0,
    description,
  })
}

function headerText(table: Node, column: number): string {
  const first = table.child(0)
  return column < first.childCount && first.child(column).type.name === "table_header"
    ? cellText(first.child(column))
    : ""
}

function cellText(cell: Node): string {
  return cell.textContent.trim()
}
