import { dayName, type HoursRule, timesText, timeText } from "./hours.ts"
import { type Day, days } from "./hours-scan.ts"
import { sayHours } from "./hours-words.ts"
import type { LabelLanguage } from "./words.ts"

/** One row of a week: "Monday to Friday", and what is open then, for whom. */
export interface WeekRow {
  days: string
  slots: string[]
}

/** The week as rows, Monday first and holidays last; neighbouring days that are the same share one. */
export function weekOf(rules: readonly HoursRule[], language: LabelLanguage = "en"): WeekRow[] {
  const rows: { days: Day[]; slots: string[] }[] = []
  for (const day of days) {
    const slots = slotsOn(day, rules, language)
    // Holidays that nobody has told of are no row of their own.
    if (day === "PH" && slots.length === 0) continue
    const last = rows.at(-1)
    if (last && day !== "PH" && last.slots.join("\n") === slots.join("\n")) last.days.push(day)
    else rows.push({ days: [day], slots })
  }
  return rows.map(({ days: named, slots }) => ({ days: spanText(named, language), slots: slots.length > 0 ? slots : [sayHours(language, "noHours")] }))
}

/** What is open at a time of the week, until when and for whom; and when it opens next. */
export interface OpenState {
  open: { until: string; audience: string }[]
  next: { day: Day | "today" | "tomorrow"; from: string; audience: string } | null
}

/** How things stand on a day of the week ("Sa") at a time of day ("09:30"). Whether it is a holiday nobody knows here. */
export function openAt(rules: readonly HoursRule[], day: Exclude<Day, "PH">, time: string): OpenState {
  const week = days.slice(0, 7)
  const today = week.indexOf(day)
  const on = (offset: number) => week[(today + offset + 7) % 7]!
  const spans = (offset: number) =>
    rules.flatMap(({ days: named, times, audience }) => (named.includes(on(offset)) ? times.map((span) => ({ ...span, audience })) : []))
  const open = [
    ...spans(0).filter(({ from, to }) => from <= time && (time < to || to < from)),
    // From yesterday evening past midnight.
    ...spans(-1).filter(({ from, to }) => to < from && time < to),
  ]
  let next: OpenState["next"] = null
  for (let ahead = 0; ahead <= 7 && next === null; ahead++) {
    const later = spans(ahead).filter(({ from }) => ahead > 0 || from > time)
    const first = later.sort((one, other) => (one.from < other.from ? -1 : 1))[0]
    if (first) next = { day: ahead === 0 ? "today" : ahead === 1 ? "tomorrow" : on(ahead), from: first.from, audience: first.audience }
  }
  return { open: open.map(({ to, audience }) => ({ until: to, audience })), next }
}

/** "Open now until 10:30 am (last names A-L)." or "Not open now. Next: Saturday from 8:00 am." */
export function openText({ open, next }: OpenState, language: LabelLanguage = "en"): string {
  const until = open.map((slot) => sayHours(language, "until", timeText(slot.until, language)) + forWhom(slot.audience))
  if (open.length > 0) return sayHours(language, "openNow", inWords(until, language))
  if (!next) return sayHours(language, "notOpenNow")
  const day = next.day === "today" || next.day === "tomorrow" ? sayHours(language, next.day) : dayName(next.day, language)
  return sayHours(language, "notOpenNow") + sayHours(language, "opensNext", day, timeText(next.from, language) + forWhom(next.audience))
}

function slotsOn(day: Day, rules: readonly HoursRule[], language: LabelLanguage): string[] {
  return rules.flatMap(({ days: named, times, audience }) => {
    if (!named.includes(day)) return []
    return times.length === 0 ? [sayHours(language, "closed") + forWhom(audience)] : times.map((span) => timesText(span, language) + forWhom(audience))
  })
}

function forWhom(audience: string): string {
  return audience && ` (${audience})`
}

function spanText(named: readonly Day[], language: LabelLanguage): string {
  const [first, last] = [named[0]!, named.at(-1)!].map((day) => dayName(day, language)) as [string, string]
  const span = named.length === 2 ? sayHours(language, "and", first, last) : sayHours(language, "daysFromTo", first, last)
  const text = named.length === 1 ? first : named.length === 7 ? sayHours(language, "everyDay") : span
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function inWords(parts: readonly string[], language: LabelLanguage): string {
  return parts.length < 2 ? parts.join() : sayHours(language, "and", parts.slice(0, -1).join(", "), parts.at(-1)!)
}
