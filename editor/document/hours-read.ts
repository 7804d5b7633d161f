import { type HoursRule, sortDays, spanOfDays, timesText, writeHoursRule } from "./hours.ts"
import { type Day, scanHours, type Time, type Token, Unclear } from "./hours-scan.ts"
import { refused, understood, type ValueReading } from "./reading.ts"

const EXAMPLE = "Write days and times such as Sat, Sun 8am-10:30am, 1pm-3:30pm (last names A-L)."
const MAX_RULES = 40

/** Reads hours as people write them: "Saturdays or Sundays from 8am-10:30am or 1pm-3:30pm". */
export function readHours(raw: string): ValueReading {
  try {
    const rules = scanHours(raw).flatMap((tokens) => readClause({ tokens, at: 0 }))
    if (rules.length === 0) return refused(EXAMPLE)
    if (rules.length > MAX_RULES) return refused(`These are more than ${MAX_RULES} rules.`)
    return understood(rules.map(writeHoursRule).join("; "))
  } catch (error) {
    if (error instanceof Unclear) return refused(`${error.message} ${EXAMPLE}`)
    throw error
  }
}

interface Cursor {
  readonly tokens: readonly Token[]
  at: number
}

/** "Sat 8am-9am (A-L), 9am-10am (M-Z)" are two rules; the second keeps the days of the first. */
function readClause(cursor: Cursor): HoursRule[] {
  const rules: HoursRule[] = []
  let days: Day[] = []
  while (cursor.at < cursor.tokens.length) {
    const named = readDays(cursor)
    if (named.length > 0) days = named
    const audience = readAudience(cursor)
    const times = readTimes(cursor)
    // "8am-10:30am on Saturdays": the days may come last.
    if (days.length === 0) days = readDays(cursor)
    if (days.length === 0) throw new Unclear("Say on which days.")
    rules.push({ days, times, audience: audience || readAudience(cursor) })
  }
  return rules
}

function readDays(cursor: Cursor): Day[] {
  const named = new Set<Day>()
  for (let token = next(cursor); token?.is === "days"; token = next(cursor)) {
    const until = next(cursor, 1)?.is === "dash" ? next(cursor, 2) : undefined
    if (until && until.is !== "days") throw new Unclear("A dash after a day has to lead to another day.")
    const span = until ? spanOfDays(token.days[0]!, until.days.at(-1)!) : token.days
    for (const day of span) named.add(day)
    cursor.at += until ? 3 : 1
  }
  return sortDays(named)
}

function readTimes(cursor: Cursor): HoursRule["times"] {
  const first = next(cursor)?.is
  if (first === "closed" || first === "all day") {
    cursor.at++
    return first === "closed" ? [] : [{ from: "00:00", to: "24:00" }]
  }
  const times: HoursRule["times"] = []
  for (let token = next(cursor); token?.is === "time"; token = next(cursor)) {
    const until = next(cursor, 1)?.is === "dash" ? next(cursor, 2) : undefined
    if (until?.is !== "time") throw new Unclear(`From ${token.time.text} until when?`)
    times.push(readSpan(token.time, until.time))
    cursor.at += 3
  }
  if (first === "dash") throw new Unclear("A dash has to stand between two days or two times.")
  if (times.length === 0) throw new Unclear("Say at what times.")
  return apart(times.sort((one, two) => (one.from < two.from ? -1 : 1)))
}

function readAudience(cursor: Cursor): string {
  const token = next(cursor)
  if (token?.is !== "audience") return ""
  cursor.at++
  return token.text
}

function next({ tokens, at }: Cursor, ahead = 0): Token | undefined {
  return tokens[at + ahead]
}

/** The same times, unless two of them overlap. */
function apart(times: HoursRule["times"]): HoursRule["times"] {
  for (const [index, later] of times.slice(1).entries()) {
    const earlier = times[index]!
    const overlap = earlier.to > later.from || earlier.to < earlier.from
    if (overlap) throw new Unclear(`${timesText(earlier)} and ${timesText(later)} overlap.`)
  }
  return times
}

/** The span two times mean, where one may borrow "am" or "pm" from the other; or what is unclear about it. */
function readSpan(from: Time, to: Time): { from: string; to: string } {
  const asked = `${from.text} to ${to.text}`
  const starts = readings(from, to).map((start) => start % 1440)
  const ends = readings(to, from).map((end) => end || 1440)
  if (starts.length > 1 && ends.length > 1) throw new Unclear(`Say am or pm, or use the 24-hour clock: ${asked}.`)
  const spans = starts.flatMap((start) => ends.map((end) => ({ start, end })))
  const { start, end } = spans.find((span) => span.start < span.end) ?? spans[0]!
  if (start === end) throw new Unclear(`${asked} ends when it begins.`)
  // Past midnight, as in 20:00-02:00; but 08:00-04:00 is a slip of someone who thinks in twelve hours.
  if (start > end && start < 720) throw new Unclear(`${asked} ends before it begins.`)
  return { from: clock(start), to: clock(end) }
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
