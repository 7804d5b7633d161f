import { all, rename, unwrap } from "./pasted-dom.ts"

// Wider or longer than any table a page can show; a colspan of a million must not become a million cells.
const MAX_SPAN = 50

/** Makes tables plain grids: layout tables are opened, merged cells become a cell and empty ones, blocks become lines. */
export function flattenTables(body: HTMLElement) {
  for (const table of all(body, "table")) if (isLayout(table)) openLayout(table)
  for (const table of all(body, "table")) {
    for (const caption of all(table, "caption")) {
      table.before(caption)
      rename(caption, "p")
    }
    for (const cell of all(table, "td, th")) linesOf(cell)
    spreadSpans(all(table, "tr"))
  }
}

/** A table around tables, or of one cell, holds a page together and is no table. */
function isLayout(table: HTMLElement): boolean {
  return (
    table.querySelector("table") !== null ||
    all(table, "td, th").length < 2 ||
    table.getAttribute("role") === "presentation"
  )
}

function openLayout(table: HTMLElement) {
  const own = (selector: string) => all(table, selector).filter((element) => element.closest("table") === table)
  for (const cell of own("td, th, caption")) rename(cell, "div")
  for (const part of own("tr, tbody, thead, tfoot, colgroup")) unwrap(part)
  unwrap(table)
}

const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, address, pre, dl, dt, dd, hr"

/** A cell holds one text: what were blocks in it become lines. */
function linesOf(cell: HTMLElement) {
  for (const item of all(cell, "li")) item.prepend("• ")
  for (const block of all(cell, BLOCKS)) {
    if (block.textContent?.trim() !== "" && hasTextBefore(cell, block)) block.before(document.createElement("br"))
    unwrap(block)
  }
}

function hasTextBefore(cell: HTMLElement, block: HTMLElement): boolean {
  const before = document.createRange()
  before.setStart(cell, 0)
  before.setEndBefore(block)
  return before.toString().trim() !== ""
}

function spreadSpans(rows: HTMLElement[]) {
  for (const [index, row] of rows.entries()) {
    for (const cell of all(row, "td, th")) {
      const columns = span(cell, "colspan")
      const below = Math.min(span(cell, "rowspan"), rows.length - index)
      for (let extra = 1; extra < columns; extra++) cell.after(document.createElement("td"))
      for (let under = 1; under < below; under++) insertCells(rows[index + under]!, columnOf(cell), columns)
    }
  }
}

function span(cell: HTMLElement, name: string): number {
  const count = Math.min(MAX_SPAN, Number(cell.getAttribute(name)) || 1)
  cell.removeAttribute(name)
  return Math.max(1, Math.floor(count))
}

const columnOf = (cell: HTMLElement) => [...(cell.parentElement?.children ?? [])].indexOf(cell)

function insertCells(row: HTMLElement, column: number, count: number) {
  const before = row.children[column] ?? null
  for (let extra = 0; extra < count; extra++) row.insertBefore(document.createElement("td"), before)
}
