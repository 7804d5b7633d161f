import { AppError } from "../../errors.ts"

/** One row of a table by the names of its columns; `line` is where it begins in the file, counted from 1. */
export interface Row {
  line: number
  cells: Record<string, string>
}

export interface Table {
  columns: string[]
  rows: Row[]
}

/** A table with more cells in one row than this is some other kind of file. */
const MOST_COLUMNS = 500

/**
 * Reads CSV (RFC 4180) whose first row names the columns; cells are trimmed. Rows with too few or too many cells are
 * refused with their line, because a shifted row would put one place's facts on another's page. Throws `invalid`.
 */
export function readCsv(text: string): Table {
  const records = [...recordsOf(text.replace(/^\uFEFF/, ""))]
  const columns = (records.shift()?.cells ?? []).map((name) => name.trim())
  if (columns.length < 2) throw unreadable(1, "the first row names no columns")
  if (columns.length > MOST_COLUMNS) throw unreadable(1, `it has more than ${MOST_COLUMNS} columns`)
  const doubled = columns.find((name, index) => columns.indexOf(name) !== index)
  if (doubled !== undefined) throw unreadable(1, `two columns are called “${doubled}”`)
  return { columns, rows: records.filter(({ cells }) => cells.some((cell) => cell.trim() !== "")).map((record) => rowOf(record, columns)) }
}

function rowOf({ line, cells }: { line: number; cells: string[] }, columns: string[]): Row {
  if (cells.length !== columns.length) throw unreadable(line, `the row has ${cells.length} cells, and there are ${columns.length} columns`)
  return { line, cells: Object.fromEntries(columns.map((name, index) => [name, cells[index]!.trim()])) }
}

function* recordsOf(text: string): Generator<{ line: number; cells: string[] }> {
  let at = 0
  let line = 1
  while (at < text.length) {
    const cells: string[] = []
    const began = line
    for (let isOpen = true; isOpen; ) {
      const cell = text[at] === '"' ? quoted(text, at, line) : bare(text, at)
      cells.push(cell.value)
      line += cell.lines
      isOpen = text[cell.end] === ","
      at = cell.end + 1
      if (text[cell.end] === "\r" && text[at] === "\n") at++
    }
    line++
    yield { line: began, cells }
  }
}

interface Cell {
  value: string
  /** Where the sign after it stands: a comma, the end of the line or of the file. */
  end: number
  /** Ends of lines inside it. */
  lines: number
}

function bare(text: string, from: number): Cell {
  let end = from
  while (end < text.length && !",\r\n".includes(text[end]!)) end++
  return { value: text.slice(from, end), end, lines: 0 }
}

function quoted(text: string, from: number, line: number): Cell {
  let end = from
  do {
    end = text.indexOf('"', end + 1)
    if (end < 0) throw unreadable(line, "a quotation mark is opened and never closed")
    if (text[end + 1] === '"') end++
    else break
  } while (end < text.length)
  const value = text.slice(from + 1, end).replaceAll('""', '"')
  const next = text[end + 1]
  if (next !== undefined && !",\r\n".includes(next)) throw unreadable(line, "something follows a closing quotation mark")
  return { value, end: end + 1, lines: value.split("\n").length - 1 }
}

function unreadable(line: number, why: string): AppError {
  return new AppError("invalid", `This is not a table that can be read. Line ${line}: ${why}.`)
}
