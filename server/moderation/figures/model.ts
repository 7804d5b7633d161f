import type { Decision } from "./store.ts"

const WEEK = 7 * 86_400_000
const HOUR = 3_600_000
/** A quarter of a year: what a group of volunteers remembers. */
export const WEEKS = 13

/** One week of deciding. */
export interface Week {
  /** The first day, a Monday, as an ISO date. */
  from: string
  decided: number
  /** Hours from coming in to being decided, half of them less, half of them more; null when nothing was decided. */
  median: number | null
  /** From 0 to 1; null when nothing was decided. */
  accepted: number | null
}

/** The Monday that the oldest of the weeks begins with. */
export function firstMonday(now: Date): Date {
  const day = Math.floor(now.getTime() / 86_400_000)
  // The first day of 1970 was a Thursday.
  const monday = day - ((day + 3) % 7)
  return new Date(monday * 86_400_000 - (WEEKS - 1) * WEEK)
}

/** The decisions by week, oldest first, the present week last. */
export function byWeek(decisions: readonly Decision[], now: Date): Week[] {
  const start = firstMonday(now).getTime()
  return Array.from({ length: WEEKS }, (_, at) => {
    const [from, to] = [start + at * WEEK, start + (at + 1) * WEEK]
    const own = decisions.filter(({ decidedAt }) => Date.parse(decidedAt) >= from && Date.parse(decidedAt) < to)
    const hours = own.map(({ createdAt, decidedAt }) => Math.max(0, Date.parse(decidedAt) - Date.parse(createdAt)) / HOUR)
    return {
      from: new Date(from).toISOString().slice(0, 10),
      decided: own.length,
      median: medianOf(hours),
      accepted: own.length === 0 ? null : own.filter(({ accepted }) => accepted).length / own.length,
    }
  })
}

export function medianOf(numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** "40 min", "5 h", "3 days". */
export function hoursText(hours: number): string {
  if (hours < 1) return `${Math.round(hours * 60)} min`
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`
}
