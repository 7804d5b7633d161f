import { inWords } from "./folding.ts"
import type { Row } from "./csv.ts"
import { columnsIn, type Mapping } from "./mapping.ts"

/** How a list says that it has nothing: empty, a dash, an impossible number, words. */
const NOTHING = /^(?:|-+|\*+|\.|-9{3,}(?:\.0+)?|n\/a|none listed|not available|not reported|unknown|null|nan)$/i
/** The exemption of the Freedom of Information Act under which a value was taken out: "(b)(4)". */
const WITHHELD = /^\(b\) ?\(\d\)/i
/** Beyond this many signs a cell is somebody's text, and none of a list's facts. */
const LONGEST_CELL = 1_000

/** What a cell holds once a list's habits are taken off it; a sentence in `remarks` for each thing that was done to it. */
export type Cell = { state: "known"; text: string } | { state: "withheld" } | { state: "empty" }

/** Reads the cells of one row; what had to be put right or left out is told through `remark`. */
export class Cells {
  readonly #row: Row
  readonly #mapping: Mapping
  readonly #remark: (sentence: string) => void
  readonly #read = new Map<string, Cell>()

  constructor(row: Row, mapping: Mapping, remark: (sentence: string) => void) {
    this.#row = row
    this.#mapping = mapping
    this.#remark = remark
  }

  /** The cell of a column, read once so that each remark is made once. */
  get(column: string): Cell {
    let cell = this.#read.get(column)
    if (!cell) this.#read.set(column, (cell = this.#look(column)))
    return cell
  }

  /** The template with its cells put in; or why it cannot be told. */
  fill(template: string): Cell {
    const cells = columnsIn(template).map((column) => this.get(column))
    if (cells.some(({ state }) => state === "withheld")) return { state: "withheld" }
    if (cells.some(({ state }) => state === "empty")) return { state: "empty" }
    let index = 0
    const text = template.replace(/\{[^{}]{1,200}\}/g, () => (cells[index++] as { text: string }).text)
    return { state: "known", text: text.replaceAll(" / ", "\n") }
  }

  /** The template with what there is; what is missing is left out without a remark. */
  loosely(template: string): string {
    const text = template.replace(/\{([^{}]{1,200})\}/g, (_, column: string) => {
      const cell = this.get(column)
      return cell.state === "known" ? cell.text : ""
    })
    return text.replace(/\s+/g, " ").trim()
  }

  #look(column: string): Cell {
    const raw = this.#row.cells[column] ?? ""
    if (WITHHELD.test(raw)) {
      this.#remark(`${column} is withheld: ${raw}`)
      return { state: "withheld" }
    }
    if (NOTHING.test(raw)) {
      if (raw !== "") this.#remark(`${column} has no value: ${raw}`)
      return { state: "empty" }
    }
    if (raw.length > LONGEST_CELL) {
      this.#remark(`${column} is longer than ${LONGEST_CELL} characters; left out`)
      return { state: "empty" }
    }
    return { state: "known", text: this.#understood(column, raw.replace(/\s+/g, " ")) }
  }

  #understood(column: string, raw: string): string {
    const { zipColumns, capitalColumns, words } = this.#mapping
    const known = words.get(column)?.get(raw.toLowerCase())
    if (known !== undefined) return known
    if (zipColumns.includes(column)) return this.#zip(column, raw)
    return capitalColumns.includes(column) ? inWords(raw) : raw
  }

  // A spreadsheet takes 07105 for a number.
  #zip(column: string, raw: string): string {
    const digits = raw.replace(/\.0+$/, "")
    if (!/^\d{3,4}$/.test(digits)) return digits
    const zip = digits.padStart(5, "0")
    this.#remark(`${column} had lost its leading zero: ${raw} is ${zip}`)
    return zip
  }
}
