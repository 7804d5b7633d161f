import type { Node } from "prosemirror-model"
import { likeness } from "./align-likeness.ts"
import { type Piece, textOf } from "./align-pieces.ts"

/** Which old column became which new one, -1 for none; `moved` by new column. */
export interface ColumnAlignment {
  fromOf: number[]
  toOf: number[]
  moved: boolean[]
}

/** Two rows that stand for the same. */
export type RowPair = readonly [Node, Node]

// Columns times columns times rows: beyond this a table is compared column by column as they stand.
const MOST_COMPARED = 1_000_000
// In so few rows nothing in common proves nothing.
const FEW_ROWS = 2

/**
 * Pairs the columns of two tables by the cells their rows have in common. Between columns of equal cells the order
 * decides, so that the one that is missing is named.
 */
export function alignColumns(rows: readonly RowPair[], fromCount: number, toCount: number): ColumnAlignment {
  const alignment = { fromOf: filled(toCount, -1), toOf: filled(fromCount, -1), moved: filled(toCount, false) }
  const pair = (from: number, to: number) => {
    alignment.fromOf[to] = from
    alignment.toOf[from] = to
  }
  if (fromCount * toCount * rows.length > MOST_COMPARED) {
    for (let at = 0; at < Math.min(fromCount, toCount); at++) pair(at, at)
    return alignment
  }
  const scores = scoresOf(rows, fromCount, toCount)
  for (const [from, to] of likestInOrder(scores, fromCount, toCount)) pair(from, to)
  for (let to = 0; to < toCount; to++) {
    if (alignment.fromOf[to] !== -1) continue
    const isLike = (from: number) => scores[from * toCount + to]! > 0 && scores[from * toCount + to]! >= rows.length / 2
    const from = alignment.toOf.findIndex((other, from) => other === -1 && isLike(from))
    if (from === -1) continue
    pair(from, to)
    alignment.moved[to] = true
  }
  if (fromCount === toCount && rows.length <= FEW_ROWS) {
    for (let at = 0; at < toCount; at++) if (alignment.fromOf[at] === -1 && alignment.toOf[at] === -1) pair(at, at)
  }
  return alignment
}

function filled<T>(length: number, value: T): T[] {
  return Array.from({ length }, () => value)
}

// That a cell is empty in both says little.
const EMPTY_WEIGHT = 0.05

function scoresOf(rows: readonly RowPair[], fromCount: number, toCount: number): Float64Array {
  const scores = new Float64Array(fromCount * toCount)
  for (const [from, to] of rows) {
    const [old, now] = [cellTexts(from), cellTexts(to)]
    for (const [one, text] of old.entries()) {
      for (const [other, counterpart] of now.entries()) {
        if (text === counterpart) scores[one * toCount + other]! += text === "" ? EMPTY_WEIGHT : 1
      }
    }
  }
  const old = columnPieces(
    rows.map(([row]) => row),
    fromCount,
  )
  const now = columnPieces(
    rows.map(([, row]) => row),
    toCount,
  )
  for (let at = 0; at < scores.length; at++) {
    if (scores[at]! >= rows.length / 2) continue
    const [one, other] = [old[Math.floor(at / toCount)]!, now[at % toCount]!]
    if (textOf(one) && textOf(other)) scores[at]! += (likeness(one, other) * rows.length) / 2
  }
  return scores
}

function cellTexts(row: Node): string[] {
  return row.children.map((cell) => cell.textContent)
}

function columnPieces(rows: readonly Node[], count: number): Piece[] {
  return Array.from({ length: count }, (_, column) => {
    const nodes = rows.flatMap((row) => (column < row.childCount ? [row.child(column)] : []))
    return { id: null, family: "column", type: "column", nodes }
  })
}

/** The pairs of columns in order that have the most in common; the first of equal ones. */
function likestInOrder(scores: Float64Array, fromCount: number, toCount: number): [number, number][] {
  const width = toCount + 1
  const best = new Float64Array((fromCount + 1) * width)
  for (let from = fromCount - 1; from >= 0; from--) {
    for (let to = toCount - 1; to >= 0; to--) {
      const score = scores[from * toCount + to]!
      const at = from * width + to
      best[at] = Math.max(best[at + width]!, best[at + 1]!, score > 0 ? score + best[at + width + 1]! : 0)
    }
  }
  const pairs: [number, number][] = []
  for (let from = 0, to = 0; from < fromCount && to < toCount;) {
    const score = scores[from * toCount + to]!
    const at = from * width + to
    if (score > 0 && best[at] === score + best[at + width + 1]!) pairs.push([from++, to++])
    else if (best[at] === best[at + width]) from++
    else to++
  }
  return pairs
}
