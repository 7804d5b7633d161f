import { type ValueReading, refused, tidy, understood } from "./reading.ts"
import { type LabelLanguage, monthNames, say } from "./words.ts"

// Dates as precise as they are known: "2023-08-23", "2023-08", "2023"; "~2012" for about 2012;
// "2022-01/2022-10" from January to October 2022. The same notation sorts as text.

/** The first and last day a date can mean, as "2023-08-01" and "2023-08-31". */
export interface DaySpan {
  first: string
  last: string
}

const { en: months, es: spanish } = monthNames

const EXAMPLES = "Write a date such as 23 August 2023, August 2023 or 2023."
const about = /^(?:~ ?|about |around |approximately |approx\.? |circa |c\. ?|ca\. ?)/i

/** Reads a date as people write it, in English or Spanish, day or month first, with or without "about" and "to". */
export function readDate(raw: string): ValueReading {
  const text = tidy(raw)
  const exact = text.replace(about, "")
  const parts = splitSpan(exact)
  const read = parts.map(readOne)
  const failed = read.find((reading) => !reading.ok)
  if (failed) return failed
  const dates = read.map((reading) => (reading.ok ? reading.value : ""))
  if (dates.length === 2 && dates[0]! >= dates[1]!) return refused(`“${text}” ends before it begins.`)
  return understood((exact === text ? "" : "~") + dates.join("/"))
}

/** A single date, not a span: "23 August 2023" is "2023-08-23". With `approximate`, "about 2012" is "~2012". */
export function readSingleDate(raw: string, approximate = false): ValueReading {
  const reading = readDate(raw)
  if (!reading.ok) return reading
  if (reading.value.includes("/")) return refused("This takes one date, not a span.")
  return reading.value.startsWith("~") && !approximate ? refused("This date has to be exact.") : reading
}

/** "2023-08-23" is "23 August 2023", "~2012" is "about 2012", "2022-01/2022-10" is "January 2022 to October 2022". */
export function dateText(value: string, language: LabelLanguage = "en"): string {
  if (value.startsWith("~")) return say(language, "about") + dateText(value.slice(1), language)
  return value.split("/").map((date) => oneText(date, language)).join(say(language, "dateToDate"))
}

/** All the days a canonical date can mean. */
export function daySpan(value: string): DaySpan {
  const [start = "", end = start] = value.replace(/^~/, "").split("/")
  return { first: start + "-01-01".slice(start.length - 4), last: lastDay(end) }
}

/** Whole days from one date to another, both as "2023-08-23"; negative when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

function splitSpan(text: string): string[] {
  if (/^\d{4}[-–]\d{4}$/.test(text)) return text.split(/[-–]/)
  if (/^[\d-]{4,10}\/[\d-]{4,10}$/.test(text)) return text.split("/")
  const days = /^(\D{3,12}) (\d{1,2}) ?[-–] ?(\d{1,2}),? (\d{4})$/.exec(text)
  if (days) return [`${days[1]} ${days[2]} ${days[4]}`, `${days[1]} ${days[3]} ${days[4]}`]
  const british = /^(\d{1,2}) ?[-–] ?(\d{1,2}) (\D{3,12} \d{4})$/.exec(text)
  if (british) return [`${british[1]} ${british[3]}`, `${british[2]} ${british[3]}`]
  const words = /^(?:from |between )?(.{4,24}?) (?:to|until|through|and|–|-) (.{4,24})$/i.exec(text)
  return words ? [words[1]!, words[2]!] : [text]
}

function readOne(text: string): ValueReading {
  const iso = /^(\d{4})(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?$/.exec(text)
  if (iso) return dated(iso[1]!, iso[3], iso[4])
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (numbers) return readNumbers(text, Number(numbers[1]), Number(numbers[2]), numbers[3]!)
  const monthly = /^(\d{1,2})\/(\d{4})$/.exec(text)
  if (monthly) return dated(monthly[2]!, monthly[1])
  return readWords(text)
}

// "August 23rd, 2023", "23 de agosto de 2023", "Aug. 2023"
function readWords(text: string): ValueReading {
  const all = text.toLowerCase().replace(/[.,]/g, " ").split(" ")
  const words = all.filter((word) => word !== "" && !/^(de|del|of|the)$/.test(word))
  const month = words.findIndex((word) => monthNumber(word) > 0)
  const year = words.findIndex((word) => /^\d{4}$/.test(word))
  const day = words.findIndex((word) => /^\d{1,2}(st|nd|rd|th|º)?$/.test(word))
  if (month < 0 || year < 0 || words.length !== (day < 0 ? 2 : 3))
    return refused(`“${text}” is not a date. ${EXAMPLES}`)
  return dated(words[year]!, monthNumber(words[month]!), day < 0 ? undefined : Number.parseInt(words[day]!, 10))
}

// 8/11/2026 is August to some of our writers and November to others.
function readNumbers(text: string, first: number, second: number, year: string): ValueReading {
  if (first > 12) return dated(year, second, first)
  if (second > 12 || first === second) return dated(year, first, second)
  return refused(`“${text}” can mean two dates. Write the month as a word.`)
}

function monthNumber(word: string): number {
  if (word.length < 3) return 0
  const starts = (name: string) => name.toLowerCase().startsWith(word)
  return (word === "sept" ? 9 : 0) || months.findIndex(starts) + 1 || spanish.findIndex(starts) + 1
}

function dated(year: string, month?: string | number, day?: string | number): ValueReading {
  const two = (part: string | number) => String(Number(part)).padStart(2, "0")
  const value = [year, ...(month === undefined ? [] : [two(month)]), ...(day === undefined ? [] : [two(day)])].join("-")
  if (year < "1500" || year > "2199") return refused(`${year} cannot be the year.`)
  if (month !== undefined && !(Number(month) >= 1 && Number(month) <= 12)) return refused(`There is no month ${month}.`)
  if (day !== undefined && !(Number(day) >= 1 && value <= lastDay(value.slice(0, 7)))) {
    return refused(`There is no day ${day} in ${oneText(value.slice(0, 7))}.`)
  }
  return understood(value)
}

function lastDay(date: string): string {
  if (date.length === 10) return date
  if (date.length === 4) return `${date}-12-31`
  const [year, month] = date.split("-").map(Number)
  return `${date}-${new Date(Date.UTC(year!, month!, 0)).getUTCDate()}`
}

function oneText(date: string, language: LabelLanguage = "en"): string {
  const [year, month, day] = date.split("-")
  const parts = [day && String(Number(day)), month && monthNames[language][Number(month) - 1], year].filter(Boolean)
  return parts.join(language === "es" ? " de " : " ")
}
