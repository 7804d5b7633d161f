import { type Day, days } from "./hours-scan.ts"
import { sayHours, weekNames } from "./hours-words.ts"
import type { LabelLanguage } from "./words.ts"

// Hours, in the manner of OpenStreetMap:
//   Mo-Fr 08:00-16:00; Sa,Su 08:00-10:30,13:00-15:30 (last names A-L); PH closed
// Rules stand in the order they were written, because that is how the page they come from tells them.

/**
 * On these days, from one time to another ("24:00" ends a day), for these people or, without an audience, for all.
 * Without times it is closed.
 */
export interface HoursRule {
  days: Day[]
  times: { from: string; to: string }[]
  audience: string
}

/** "Monday", "public holidays" */
export function dayName(day: Day, language: LabelLanguage = "en"): string {
  return weekNames[language][days.indexOf(day)]!
}

/** The rules of canonical hours. */
export function hoursRules(value: string): HoursRule[] {
  // Words in parentheses may hold a semicolon; a rule never begins inside them.
  const written = value.match(/[^;(]+(?:\([^()]*\))?/g) ?? []
  return written.map((rule) => {
    const [, dayText = "", timeText = "", audience = ""] = /^(?:; )? ?(\S+) (\S+)(?: \((.*)\))?$/.exec(rule) ?? []
    const spans = timeText === "closed" ? [] : timeText.split(",")
    return {
      days: dayText.split(",").flatMap((part) => spanOfDays(part.slice(0, 2) as Day, part.slice(-2) as Day)),
      times: spans.map((span) => ({ from: span.slice(0, 5), to: span.slice(6) })),
      audience,
    }
  })
}

/** One rule in words: "Saturday and Sunday, 8:00 am – 10:30 am and 1:00 pm – 3:30 pm (A-L)". */
export function hoursRuleText({ days, times, audience }: HoursRule): string {
  const when = times.length === 0 ? "closed" : inWords(times.map((span) => timesText(span)))
  return `${daysText(days)}, ${when}${audience && ` (${audience})`}`
}

/** One rule as canonical text. */
export function writeHoursRule({ days, times, audience }: HoursRule): string {
  const when = times.length === 0 ? "closed" : times.map(({ from, to }) => `${from}-${to}`).join(",")
  return `${runs(days).map(writeRun).join(",")} ${when}${audience && ` (${audience})`}`
}

function writeRun(run: readonly Day[]): string {
  return run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(",")
}

function daysText(named: readonly Day[]): string {
  if (named.length === 7 && !named.includes("PH")) return "Every day"
  const text = inWords(runs(named).flatMap((run) => (run.length > 2 ? runText(run) : run.map((day) => dayName(day)))))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function runText(run: readonly Day[]): string {
  return `${dayName(run[0]!)} to ${dayName(run.at(-1)!)}`
}

/** "8:00 am – 10:30 am" */
export function timesText({ from, to }: { from: string; to: string }, language: LabelLanguage = "en"): string {
  return from === "00:00" && to === "24:00" ? sayHours(language, "allDay") : `${timeText(from, language)} – ${timeText(to, language)}`
}

// "12:00 am" and "12:00 pm" are read wrongly by half of all readers.
/** "8:00 am", "noon" */
export function timeText(time: string, language: LabelLanguage = "en"): string {
  const [hour, minute] = time.split(":")
  if (minute === "00" && Number(hour) % 12 === 0) return sayHours(language, hour === "12" ? "noon" : "midnight")
  return `${Number(hour) % 12 || 12}:${minute} ${Number(hour) % 24 < 12 ? "am" : "pm"}`
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`
}

/** In the order of the week, holidays last. */
export function sortDays(named: ReadonlySet<Day>): Day[] {
  return days.filter((day) => named.has(day))
}

/** Days that follow each other belong together; a week has no end, but a list of days begins on Monday. */
function runs(named: readonly Day[]): Day[][] {
  const found: Day[][] = []
  for (const day of named) {
    const last = found.at(-1)?.at(-1)
    if (last && day !== "PH" && days.indexOf(day) === days.indexOf(last) + 1) found.at(-1)!.push(day)
    else found.push([day])
  }
  return found
}

/** "Fr" to "Mo" is Friday, Saturday, Sunday and Monday. */
export function spanOfDays(from: Day, to: Day): Day[] {
  const week = days.slice(0, 7)
  const [start, end] = [week.indexOf(from), week.indexOf(to)]
  if (start < 0 || end < 0) return from === to ? [from] : [from, to]
  return start <= end ? week.slice(start, end + 1) : [...week.slice(start), ...week.slice(0, end + 1)]
}
