import { factKind } from "../../editor/document/index.ts"
import type { FactRow } from "./model.ts"

/** Amounts of several days, months or years are all true. */
const SERIES = new Set(["number", "money"])

/**
 * The facts of one page that cannot both be true as far as the page tells, each with its rivals: the same kind for the same people,
 * another value, and nobody has said which to rely on. Kinds of which a place has several (telephone numbers) contend only under one
 * name; figures only for one date.
 */
export function contested(rows: readonly FactRow[]): Map<string, FactRow[]> {
  const found = new Map<string, FactRow[]>()
  for (const row of rows) {
    const rivals = rows.filter((other) => contend(row, other))
    // The one to rely on is settled; what stands beside it is told apart by its rank.
    if (rivals.length > 0 && !settled([row, ...rivals])) found.set(row.id, rivals)
  }
  return found
}

function contend(one: FactRow, other: FactRow): boolean {
  if (one.id === other.id || one.key === "" || one.key !== other.key || one.value === other.value) return false
  if ([one, other].some(({ rank, state }) => rank === "deprecated" || state !== "known")) return false
  const isSame = one.qualifier === other.qualifier && one.label === other.label
  if (!isSame) return false
  if (!factKind(one.key)?.repeatable) return true
  // Events under one name are several events.
  if (one.type === "date") return false
  if (SERIES.has(one.type)) return one.asOf === other.asOf
  return one.qualifier !== "" || isNamed(one)
}

function isNamed({ key, label }: FactRow): boolean {
  return label !== factKind(key)?.labels.en
}

function settled(rows: readonly FactRow[]): boolean {
  return rows.filter(({ rank }) => rank === "preferred").length === 1
}
