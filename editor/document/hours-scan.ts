import { tidy } from "./reading.ts"

// What people write about hours, cut into what it can mean: days, times, dashes, "closed", and for whom.

export const days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"] as const
export type Day = (typeof days)[number]

/** A time of day as written; `half` is "am" or "pm" where the writer said so, `digital` for "08:00". */
export interface Time {
  hour: number
  minute: number
  half: "am" | "pm" | null
  digital: boolean
  text: string
}

export type Token =
  | { is: "days"; days: readonly Day[] }
  | { is: "time"; time: Time }
  | { is: "dash" | "all day" | "closed" }
  | { is: "audience"; text: string }

const week: readonly Day[] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
const dayWords: readonly (readonly [RegExp, readonly Day[]])[] = [
  [/^mo(n|nday)?s?$/, ["Mo"]],
  [/^tu(e|es|esday)?s?$/, ["Tu"]],
  [/^we(d|ds|dnesday)?s?$/, ["We"]],
  [/^th(u|ur|urs|ursday)?s?$/, ["Th"]],
  [/^fr(i|iday)?s?$/, ["Fr"]],
  [/^sa(t|turday)?s?$/, ["Sa"]],
  [/^su(n|nday)?s?$/, ["Su"]],
  [/^(ph|holidays?)$/, ["PH"]],
  [/^weekdays?$/, week.slice(0, 5)],
  [/^weekends?$/, week.slice(5)],
  [/^(daily|everyday|day|days)$/, week],
]

const fillers = new Set([
  "and", "or", "from", "between", "on", "every", "each", "at", "the", "public", "hours", "hrs", "h", "only",
])
const dashes = new Set(["-", "to", "until", "till", "through", "thru"])

// A time with its minutes and half of the day, a word, or a sign. Sticky, so that nothing is stepped over.
const piece = /\s*(?:(\d{1,2})(?:[:.](\d{2}))?(?: ?([ap])\.? ?m(?![a-z])\.?)?|([a-z]+)\.?|([-,&+:/]))\s*/y

/** Thrown for what cannot be understood; the message is a sentence for the person who wrote it. */
export class Unclear extends Error {}

/** The clauses of a text about hours, each a list of tokens. Throws `Unclear` at the first piece that means nothing. */
export function scanHours(raw: string): Token[][] {
  const clauses = splitClauses(raw).map((parts) =>
    parts.flatMap(({ text, audience }): Token[] => (audience ? [{ is: "audience", text }] : scanPlain(text))),
  )
  return clauses.filter((tokens) => tokens.length > 0)
}

interface Part {
  text: string
  audience: boolean
}

/** Cuts at semicolons and line ends, and takes the words in parentheses aside. */
function splitClauses(raw: string): Part[][] {
  const clauses: Part[][] = [[]]
  for (const [part] of raw.matchAll(/\([^()]*\)|[;\n]|[^();\n]+|[()]/g)) {
    if (part === ";" || part === "\n") clauses.push([])
    else if (part.length > 2 && part.startsWith("("))
      clauses.at(-1)!.push({ text: tidy(part.slice(1, -1)), audience: true })
    else clauses.at(-1)!.push({ text: part, audience: false })
  }
  return clauses
}

function scanPlain(raw: string): Token[] {
  const text = phrases(tidy(raw).toLowerCase())
  const tokens: Token[] = []
  piece.lastIndex = 0
  while (piece.lastIndex < text.length) {
    const start = piece.lastIndex
    const found = piece.exec(text)
    const token = found && readPiece(found)
    if (!token) throw new Unclear(`“${tidy(found?.[0] ?? text.slice(start, start + 20))}” is not a day or a time.`)
    if (token !== "filler") tokens.push(token)
  }
  return tokens
}

// "a.m." is met by the expression above; these are several words for one thing.
function phrases(text: string): string {
  return text
    .replace(/[–—−]/g, "-")
    .replace(/24 ?\/ ?7|24 hours a day,? 7 days a week/g, "daily allday")
    .replace(/24 ?(hours|hrs?)( a day)?|all day|around the clock/g, "allday")
    .replace(/(7|seven) days a week/g, "daily")
}

function readPiece([, hour, minute, half, word, sign]: RegExpExecArray): Token | "filler" | null {
  if (hour !== undefined) return readTime(hour, minute, half)
  if (sign !== undefined) return sign === "-" ? { is: "dash" } : "filler"
  if (dashes.has(word!)) return { is: "dash" }
  if (word === "noon" || word === "midday") return readTime("12", "00", "p")
  if (word === "midnight") return readTime("12", "00", "a")
  if (word === "allday") return { is: "all day" }
  if (word === "closed") return { is: "closed" }
  const named = dayWords.find(([pattern]) => pattern.test(word!))
  if (named) return { is: "days", days: named[1] }
  return fillers.has(word!) ? "filler" : null
}

function readTime(hourText: string, minuteText: string | undefined, letter: string | undefined): Token | null {
  const hour = Number(hourText)
  const minute = Number(minuteText ?? 0)
  const half = letter === "a" ? "am" : letter === "p" ? "pm" : null
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0) || (half && (hour > 12 || hour === 0))) return null
  const text = `${hourText}${minuteText ? `:${minuteText}` : ""}${half ? ` ${half}` : ""}`
  const digital = hourText.length === 2 && minuteText !== undefined
  return { is: "time", time: { hour, minute, half, digital, text } }
}
