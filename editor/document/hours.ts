import { type Day, days, scanHours, type Time, type Token } from "./hours-scan.ts"
import { refused, understood, type ValueReading } from "./reading.ts"

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

const dayNames: Record<Day, string> = {
  Mo: "Monday", Tu: "Tuesday", We: "Wednesday", Th: "Thursday", Fr: "Friday", Sa: "Saturday", Su: "Sunday",
  PH: "public holidays",
}

const EXAMPLE = "Write days and times such as Sat, Sun 8am-10:30am, 1pm-3:30pm (last names A-L)."
const MAX_RULES = 40

/** Reads hours as people write them: "Saturdays or Sundays from 8am-10:30am or 1pm-3:30pm". */
export function readHours(raw: string): ValueReading {
  const scanned = scanHours(raw)
  if ("problem" in scanned) return refused(`${scanned.problem} ${EXAMPLE}`)
  const rules: HoursRule[] = []
  for (const tokens of scanned.clauses) {
    const problem = readClause(tokens, rules)
    if (problem) return refused(`${problem} ${EXAMPLE}`)
  }
  if (rules.length === 0) return refused(EXAMPLE)
  if (rules.length > MAX_RULES) return refused(`These are more than ${MAX_RULES} rules.`)
  return understood(rules.map(writeRule).join("; "))
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
  const when = times.length === 0 ? "closed" : inWords(times.map(timesText))
  return `${daysText(days)}, ${when}${audience && ` (${audience})`}`
}

/** Adds the rules of one clause, or says what keeps it from being understood. */
function readClause(tokens: readonly Token[], rules: HoursRule[]): string | null {
  let at = 0
  const next = (is: Token["is"]) => tokens[at]?.is === is
  const audience = () => {
    const token = tokens[at]
    return token?.is === "audience" ? (at++, token.text) : ""
  }
  let days: Day[] = []
  while (at < tokens.length) {
    const named = readDays()
    if (typeof named === "string") return named
    days = named.length > 0 ? named : days
    const before = audience()
    const times = readTimes()
    if (typeof times === "string") return times
    // "8am-10:30am on Saturdays": the days may come last.
    const after = days.length === 0 ? readDays() : days
    if (typeof after === "string") return after
    days = after
    if (days.length === 0) return "Say on which days."
    rules.push({ days, times, audience: before || audience() })
  }
  return null

  function readDays(): Day[] | string {
    const named = new Set<Day>()
    for (let token = tokens[at]; token?.is === "days"; token = tokens[at]) {
      const until = tokens[at + 1]?.is === "dash" ? tokens[at + 2] : undefined
      if (until && until.is !== "days") return "A dash after a day has to lead to another day."
      const span = until ? spanOfDays(token.days[0]!, until.days.at(-1)!) : token.days
      span.forEach((day) => named.add(day))
      at += until ? 3 : 1
    }
    return sortDays(named)
  }

  function readTimes(): HoursRule["times"] | string {
    if (next("closed")) return (at++, [])
    if (next("all day")) return (at++, [{ from: "00:00", to: "24:00" }])
    const times: HoursRule["times"] = []
    for (let token = tokens[at]; token?.is === "time"; token = tokens[at]) {
      const until = tokens[at + 2]
      if (!(tokens[at + 1]?.is === "dash" && until?.is === "time")) return `From ${token.time.text} until when?`
      const span = readSpan(token.time, until.time)
      if (typeof span === "string") return span
      times.push(span)
      at += 3
    }
    if (times.length === 0)
      return next("dash") ? "A dash has to stand between two days or two times." : "Say at what times."
    return overlap(times.sort((one, two) => (one.from < two.from ? -1 : 1)))
  }
}

function overlap(times: HoursRule["times"]): HoursRule["times"] | string {
  const late = times.findIndex(
    ({ to }, index) => index + 1 < times.length && (to > times[index + 1]!.from || to < times[index]!.from),
  )
  return late < 0 ? times : `${timesText(times[late]!)} and ${timesText(times[late + 1]!)} overlap.`
}

/** The span two times mean, where one may borrow "am" or "pm" from the other; or what is unclear about it. */
function readSpan(from: Time, to: Time): { from: string; to: string } | string {
  const asked = `${from.text} to ${to.text}`
  const starts = readings(from, to).map((start) => start % 1440)
  const ends = readings(to, from).map((end) => end || 1440)
  if (starts.length > 1 && ends.length > 1) return `Say am or pm, or use the 24-hour clock: ${asked}.`
  const spans = starts.flatMap((start) => ends.map((end) => ({ start, end })))
  const { start, end } = spans.find((span) => span.start < span.end) ?? spans[0]!
  if (start === end) return `${asked} ends when it begins.`
  // Past midnight, as in 20:00-02:00; but 08:00-04:00 is a slip of someone who thinks in twelve hours.
  return start < end || start >= 720 ? { from: clock(start), to: clock(end) } : `${asked} ends before it begins.`
}

/** The minutes after midnight that a time can mean, the likelier first: in "1-3pm" the 1 is rather 13:00 than 01:00. */
function readings({ hour, minute, half, digital }: Time, other: Time): number[] {
  if (hour > 12 || (digital && !half && !other.half)) return [hour * 60 + minute]
  const am = (hour % 12) * 60 + minute
  if (half) return [half === "am" ? am : am + 720]
  return other.half === "pm" ? [am + 720, am] : [am, am + 720]
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":")
}

function writeRule({ days, times, audience }: HoursRule): string {
  const when = times.length === 0 ? "closed" : times.map(({ from, to }) => `${from}-${to}`).join(",")
  return `${runs(days).map(writeRun).join(",")} ${when}${audience && ` (${audience})`}`
}

function writeRun(run: readonly Day[]): string {
  return run.length > 2 ? `${run[0]}-${run.at(-1)}` : run.join(",")
}

function daysText(named: readonly Day[]): string {
  if (named.length === 7 && !named.includes("PH")) return "Every day"
  const text = inWords(runs(named).flatMap((run) => (run.length > 2 ? runText(run) : run.map((day) => dayNames[day]))))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function runText(run: readonly Day[]): string {
  return `${dayNames[run[0]!]} to ${dayNames[run.at(-1)!]}`
}

function timesText({ from, to }: { from: string; to: string }): string {
  return from === "00:00" && to === "24:00" ? "all day" : `${timeText(from)} – ${timeText(to)}`
}

// "12:00 am" and "12:00 pm" are read wrongly by half of all readers.
function timeText(time: string): string {
  const [hour, minute] = time.split(":")
  if (minute === "00" && Number(hour) % 12 === 0) return hour === "12" ? "noon" : "midnight"
  return `${Number(hour) % 12 || 12}:${minute} ${Number(hour) % 24 < 12 ? "am" : "pm"}`
}

function inWords(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`
}

function sortDays(named: ReadonlySet<Day>): Day[] {
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
function spanOfDays(from: Day, to: Day): Day[] {
  const week = days.slice(0, 7)
  const [start, end] = [week.indexOf(from), week.indexOf(to)]
  if (start < 0 || end < 0) return from === to ? [from] : [from, to]
  return start <= end ? week.slice(start, end + 1) : [...week.slice(start), ...week.slice(0, end + 1)]
}
