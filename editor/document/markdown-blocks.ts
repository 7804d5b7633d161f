import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs"
import { noticeKinds } from "./attributes.ts"

// The blocks that a page has beyond CommonMark, as rules of markdown-it.

/**
 * In lists and quotations this deep a line is text, whatever it begins with: `parsePage` admits no further level.
 * Counted as markdown-it does, two levels to a list.
 */
export const MAX_LEVEL = 36

/** A table as it was typed. */
export interface TypedTable {
  head: string[]
  rows: string[][]
  aligned: boolean
}

/** What stands on a line, without the indentation and quotation marks of what it stands in. */
function lineText(state: StateBlock, line: number): string {
  return state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]!)
}

function isIndented(state: StateBlock, line: number): boolean {
  return state.sCount[line]! - state.blkIndent >= 4
}

export function tooDeep(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent || state.level < MAX_LEVEL) return false
  let line = startLine + 1
  while (line < endLine && !state.isEmpty(line) && state.sCount[line]! >= state.blkIndent) line++
  const lines = Array.from({ length: line - startLine }, (_, index) => lineText(state, startLine + index))
  const open = state.push("paragraph_open", "p", 1)
  open.map = [startLine, line]
  open.meta = { tooDeep: /^(?:[-+*>]|\d{1,9}[.)])/.test(lines[0]!) }
  const inline = state.push("inline", "", 0)
  inline.content = lines.join("\n").trim()
  inline.map = [startLine, line]
  state.push("paragraph_close", "p", -1)
  state.line = line
  return true
}

/** "::: name" up to a line of three colons. Only at the top level, where the blocks it makes can stand. */
export function directive(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isIndented(state, startLine) || (!silent && state.level > 0)) return false
  const [, name, kind = ""] = /^:::+[ \t]*([a-z]+)(?:[ \t]+([a-z]+))?[ \t]*$/i.exec(lineText(state, startLine)) ?? []
  if (name === undefined || !isDirective(name.toLowerCase(), kind.toLowerCase())) return false
  const end = closingLine(state, startLine, endLine)
  if (end === null) return false
  if (!silent) pushDirective(state, name.toLowerCase(), kind.toLowerCase(), startLine, end)
  return true
}

function isDirective(name: string, kind: string): boolean {
  if (name === "notice") return kind === "" || (noticeKinds as readonly string[]).includes(kind)
  return kind === "" && (name === "facts" || name === "address" || name === "figure")
}

function closingLine(state: StateBlock, startLine: number, endLine: number): number | null {
  // Thousands of opening lines without a closing one must not each look through the whole text.
  const env: { unclosedUntil?: number } = state.env
  if (env.unclosedUntil === endLine) return null
  for (let line = startLine + 1; line < endLine; line++) if (/^:::+[ \t]*$/.test(lineText(state, line))) return line
  env.unclosedUntil = endLine
  return null
}

function pushDirective(state: StateBlock, name: string, kind: string, startLine: number, end: number): void {
  if (name === "notice") {
    const open = state.push("notice_open", "", 1)
    open.info = kind || "info"
    open.map = [startLine, end + 1]
    const lineMax = state.lineMax
    state.lineMax = end
    state.md.block.tokenize(state, startLine + 1, end)
    state.lineMax = lineMax
    state.push("notice_close", "", -1)
  } else {
    const token = state.push(name, "", 0)
    token.content = state.getLines(startLine + 1, end, state.blkIndent, false)
    token.map = [startLine, end + 1]
  }
  state.line = end + 1
}

export function grid(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (startLine + 1 >= endLine || isIndented(state, startLine) || isIndented(state, startLine + 1)) return false
  if (state.sCount[startLine + 1]! < state.blkIndent) return false
  const ruler = lineText(state, startLine + 1)
  if (!isTableRuler(ruler) || !lineText(state, startLine).includes("|")) return false
  if (silent) return true
  const rows: string[][] = []
  let line = startLine + 2
  for (; line < endLine && state.sCount[line]! >= state.blkIndent; line++) {
    const text = lineText(state, line)
    if (!text.includes("|")) break
    rows.push(splitCells(text))
  }
  const table: TypedTable = { head: splitCells(lineText(state, startLine)), rows, aligned: ruler.includes(":") }
  const token = state.push("grid", "", 0)
  token.meta = table
  token.map = [startLine, line]
  state.line = line
  return true
}

function isTableRuler(line: string): boolean {
  const cells = line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
  return (line.includes("|") || line.includes(":")) && cells.every((cell) => /^[ \t]*:?-+:?[ \t]*$/.test(cell))
}

/** The cells of a row; a bar after a backslash is a bar in a cell. */
function splitCells(line: string): string[] {
  const row = line.trim()
  const cells: string[] = [""]
  for (let at = row.startsWith("|") ? 1 : 0; at < row.length; at++) {
    const char = row[at]!
    if (char === "|" && row[at - 1] === "\\") cells.push(`${cells.pop()!.slice(0, -1)}|`)
    else if (char !== "|") cells.push(cells.pop()! + char)
    else if (at < row.length - 1) cells.push("")
  }
  return cells.map((cell) => cell.trim())
}
