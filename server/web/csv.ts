// What a spreadsheet takes for the beginning of a formula, in any width; a negative number is none.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/
const NEGATIVE_NUMBER = /^-\d{1,30}(?:\.\d{1,30})?$/

/** One line of CSV (RFC 4180). Cells that a spreadsheet would run as a formula begin with an apostrophe instead. */
export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => quoted(harmless(cell ?? ""))).join(",")}\r\n`
}

function harmless(cell: string): string {
  return FORMULA.test(cell) && !NEGATIVE_NUMBER.test(cell) ? `'${cell}` : cell
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
