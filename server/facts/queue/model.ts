import { daySpan, daysBetween, factKind, type Need, UNLISTED_DAYS } from "../../../editor/document/index.ts"
import type { FactRow } from "../model.ts"

/** A fact that needs a look, with the page it stands on. */
export interface QueuedFact extends FactRow {
  pageId: string
  slug: string
  title: string
}

/** What harms most when it is wrong: the wrong number, the wrong day, money lost. */
const WEIGHTS: Partial<Record<Need, number>> = { call: 3, visit: 3, bond: 3, money: 3, find: 2, help: 2 }
/** A report that it is wrong comes before any age. */
const DOUBT = 20
/** Intervals of its kind that a fact nobody ever checked counts as. */
const NEVER = 3
/** Beyond so many intervals, older is not worse. */
const OLDEST = 10

/** How much a fact needs a look: how many intervals old its check is, times how much depends on it, times how much it is read. */
export function urgency({ key, checkedOn, doubtedOn }: Pick<FactRow, "key" | "checkedOn" | "doubtedOn">, now: Date, readings: number): number {
  const kind = factKind(key)
  const interval = kind?.days || UNLISTED_DAYS
  const age = checkedOn === "" ? NEVER : Math.min(OLDEST, daysBetween(daySpan(checkedOn).first, now.toISOString().slice(0, 10)) / interval)
  const weight = (kind?.need && WEIGHTS[kind.need]) ?? 1
  return (age + (doubtedOn === "" ? 0 : DOUBT)) * weight * (1 + Math.log10(1 + readings))
}

/** The most urgent first. */
export function orderOf<Row extends FactRow>(now: Date, readings: (row: Row) => number): (one: Row, other: Row) => number {
  return (one, other) => urgency(other, now, readings(other)) - urgency(one, now, readings(one)) || one.position - other.position
}
