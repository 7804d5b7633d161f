import { daySpan, facts } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { readTurns } from "../pages/actions.ts"
import type { Page, Revision } from "../pages/model.ts"
import { type FactRow, rowOf } from "./model.ts"

/** What a fact said from one revision on; null once it was taken away. */
export interface Version {
  revision: Pick<Revision, "number" | "createdAt" | "author">
  row: FactRow | null
}

/** What a fact has said, newest first; `complete` unless the page's past is longer than what was looked through. */
export async function readVersions(ctx: Context, page: Page, id: string): Promise<{ versions: Version[]; complete: boolean }> {
  const mark = `"id":${JSON.stringify(id)}`
  const { turns, complete } = await readTurns(ctx.db.read, page, (block) => block.includes(mark))
  const versions: Version[] = []
  for (const { revision, doc } of turns.toReversed()) {
    const fact = facts(doc).find(({ block }) => block === id)
    const row = fact ? rowOf(fact, 0) : null
    const last = versions.at(-1)
    if (!last && row === null) continue
    if (!last || !isSame(last.row, row)) versions.push({ revision, row })
  }
  return { versions: versions.reverse(), complete }
}

/** A figure at a time, for a chart. */
export interface Point {
  /** The first day it can mean. */
  day: string
  from: number
  to: number
  text: string
  claim: string
}

/** The figures among claims, by time; those without a date of their own, by the day on which they were written. */
export function pointsOf(claims: readonly { row: FactRow; writtenOn: string }[]): Point[] {
  const points = claims.flatMap(({ row, writtenOn }) => {
    const amount = row.state === "known" ? amountOf(row) : null
    if (!amount) return []
    const day = row.asOf === "" ? writtenOn : daySpan(row.asOf).first
    return [{ ...amount, day, text: row.text, claim: row.qualifier || row.label }]
  })
  const seen = new Set<string>()
  const distinct = points.filter((point) => {
    const key = JSON.stringify([point.day, point.text, point.claim])
    return !seen.has(key) && seen.add(key)
  })
  return distinct.sort((one, other) => (one.day < other.day ? -1 : one.day > other.day ? 1 : 0))
}

function amountOf({ type, value }: FactRow): { from: number; to: number } | null {
  if (type !== "number" && type !== "money") return null
  const [, from = "", to = from] = /^~?([\d.]+)(?:-([\d.]+))?/.exec(value) ?? []
  return from === "" ? null : { from: Number(from), to: Number(to) }
}

function isSame(one: FactRow | null, other: FactRow | null): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
