import type { Page } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Size } from "./model.ts"
import { listSizes } from "./store.ts"

/** A stretch of time in the life of a page. */
export interface Period {
  /** The first day of it, "2026-11-01". */
  from: string
  edits: number
  /** How many words the page had at its end. */
  words: number
}

/** As many bars as a phone can show. */
const MOST_PERIODS = 24
const DAY = 86_400_000

/**
 * How often a page was edited and how large it was, from its first day to `now`, by days, weeks, months, quarters or years: the first of
 * these that fit. Reads a few hundred revisions, however many there are.
 */
export async function readGrowth(db: Reader, page: Pick<Page, "id" | "revision" | "createdAt">, now: Date): Promise<Period[]> {
  const starts = startsOf(new Date(page.createdAt), now)
  const ends = [...starts.slice(1).map((start) => new Date(start.getTime() - 1).toISOString()), now.toISOString()]
  const numbers = await numbersAt(db, page, ends)
  const sizes = new Map((await listSizes(db, page.id, [...new Set(numbers)])).map((size) => [size.number, size.words]))
  return starts.map((start, at) => ({
    from: start.toISOString().slice(0, 10),
    edits: numbers[at]! - (numbers[at - 1] ?? 0),
    words: sizes.get(numbers[at]!) ?? 0,
  }))
}

// So many revisions are looked at between two that are known: a hundred thousand are searched in five questions.
const PROBES = 15

/** For each of these times the number of the newest revision that is not younger; 0 before the first. */
export async function numbersAt(db: Reader | Transaction, page: Pick<Page, "id" | "revision">, times: readonly string[]): Promise<number[]> {
  let spans = times.map((time) => ({ time, low: 0, high: page.revision + 1 }))
  while (spans.some(isOpen)) {
    const asked = new Set(spans.flatMap(probesIn))
    const known = await listSizes(db, page.id, [...asked])
    if (known.length === 0) break
    spans = spans.map((span) => narrowed(span, known))
  }
  return spans.map(({ low }) => low)
}

interface Span {
  time: string
  /** Not younger than the time. */
  low: number
  /** Younger. */
  high: number
}

function isOpen({ low, high }: Span): boolean {
  return high - low > 1
}

function probesIn({ low, high }: Span): number[] {
  const count = Math.min(PROBES, high - low - 1)
  return Array.from({ length: count }, (_, at) => low + Math.ceil(((at + 1) * (high - low)) / (count + 1) - 0.5)).filter(
    (number) => number > low && number < high,
  )
}

function narrowed(span: Span, known: readonly Size[]): Span {
  let { low, high } = span
  for (const { number, createdAt } of known) {
    if (number <= low || number >= high) continue
    if (createdAt <= span.time) low = number
    else high = number
  }
  return { ...span, low, high }
}

/** The first moments of the periods from `first` to `last`. */
function startsOf(first: Date, last: Date): Date[] {
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate()]
  const units: ((at: number) => Date)[] = [
    (at) => new Date(Date.UTC(year, month, day + at)),
    (at) => new Date(Date.UTC(year, month, day - ((first.getUTCDay() + 6) % 7) + 7 * at)),
    (at) => new Date(Date.UTC(year, month + at, 1)),
    (at) => new Date(Date.UTC(year, month - (month % 3) + 3 * at, 1)),
  ]
  const unit = units.find((start) => start(MOST_PERIODS) > last) ?? ((at: number) => new Date(Date.UTC(year + at, 0, 1)))
  const starts: Date[] = []
  for (let at = 0; unit(at) <= last; at++) starts.push(unit(at))
  return starts.length > 0 ? starts : [new Date(Math.floor(first.getTime() / DAY) * DAY)]
}
