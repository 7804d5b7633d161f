import { digitRuns, tokens } from "./fold.ts"
import type { Query, Segment } from "./model.ts"

/** About two lines on a phone. */
const EXCERPT_LENGTH = 220
/** How much of it may stand before the first match. */
const LEAD = 60
/** How far apart two words of one excerpt may be. */
const REACH = EXCERPT_LENGTH - LEAD
/** Matches beyond here in a very long page are not looked for. */
const LOOKED_THROUGH = 200_000
/** Matches looked at when choosing the place. */
const MATCHES = 500

interface Match {
  start: number
  end: number
  /** Which of the words asked for it is. */
  of: string
}

/** The part of a page's text that says most about what was asked for, in one line, the words found marked. */
export function excerptOf(shown: string, query: Query): Segment[] {
  const text = shown.slice(0, LOOKED_THROUGH)
  const matches = matchesIn(text, query)
  const [from, to] = window(text, matches)
  const segments: Segment[] = from > 0 ? [{ text: "… ", marked: false }] : []
  let at = from
  for (const { start, end } of matches) {
    if (start < at || end > to) continue
    segments.push({ text: text.slice(at, start), marked: false }, { text: text.slice(start, end), marked: true })
    at = end
  }
  segments.push({ text: text.slice(at, to), marked: false })
  if (to < shown.length) segments.push({ text: " …", marked: false })
  return segments.map((segment) => ({ ...segment, text: segment.text.replace(/\s+/g, " ") })).filter(({ text }) => text !== "")
}

function matchesIn(text: string, query: Query): Match[] {
  const ways = query.wanted.flat()
  const words = new Set(ways.flatMap((way) => way.words))
  const beginnings = ways.flatMap((way) => (way.prefix ? way.words.slice(-1) : []))
  const wantedBy = (word: string) => (words.has(word) ? word : beginnings.find((beginning) => word.startsWith(beginning)))
  const matches = [...wordMatches(text, words.size, wantedBy)]
  if (![...words].some((word) => /^\d{7}/.test(word))) return matches
  for (const { digits, start, end } of digitRuns(text).slice(0, MATCHES)) {
    const of = wantedBy(digits) ?? wantedBy(digits.slice(-7))
    if (of !== undefined) matches.push({ start, end, of })
  }
  // A whole number before the groups it is made of.
  return matches.sort((one, other) => one.start - other.start || other.end - one.end)
}

/** The words that were asked for, up to the end of the first excerpt that has them all. */
function* wordMatches(text: string, all: number, wantedBy: (word: string) => string | undefined): Generator<Match> {
  const latest = new Map<string, number>()
  let left = MATCHES
  let enough = text.length
  for (const { word, start, end } of tokens(text)) {
    if (start > enough || left === 0) return
    const of = wantedBy(word)
    if (of === undefined) continue
    left--
    yield { start, end, of }
    latest.set(of, start)
    if (latest.size === all && enough === text.length && Math.min(...latest.values()) >= end - REACH) enough = start + EXCERPT_LENGTH
  }
}

/** Where the excerpt begins and ends: around the place with the most different words of those asked for. */
function window(text: string, matches: Match[]): [number, number] {
  let best = { start: 0, different: 0 }
  for (const [index, { start }] of matches.entries()) {
    const seen = new Set<string>()
    for (let next = index; next < matches.length && matches[next]!.end <= start + REACH; next++) seen.add(matches[next]!.of)
    if (seen.size > best.different) best = { start, different: seen.size }
  }
  const from = best.start > LEAD ? wordStart(text, best.start - LEAD, best.start) : 0
  if (from + EXCERPT_LENGTH >= text.length) return [from, text.length]
  return [from, wordEnd(text, from + EXCERPT_LENGTH, best.start)]
}

function wordStart(text: string, at: number, most: number): number {
  const blank = text.slice(at, most).search(/\s/)
  return blank < 0 ? whole(text, at) : at + blank + 1
}

function wordEnd(text: string, at: number, least: number): number {
  const blank = text.slice(least, at + 1).search(/\s\S*$/)
  return blank <= 0 ? whole(text, at) : least + blank
}

/** The place, or one before it where it would cut a character in two. */
function whole(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at
}
