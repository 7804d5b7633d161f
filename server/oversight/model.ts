import type { Citation, FactState } from "../../editor/document/index.ts"
import { daySpan } from "../../editor/document/index.ts"

/**
 * A record of oversight stands on a page as a fact sheet: it begins with `oversight_record`, and the rows after a
 * `recommendation_text` (answer, promised action, follow-up, verification) belong to it. So a record is in history, diff, merge, Markdown
 * and the editor as any fact is, and is read from the table of facts.
 */
export const RECORD_KEYS = [
  "oversight_record", "oversight_body", "oversight_agency", "oversight_facility", "oversight_form", "oversight_topic", "complaints",
  "oversight_opened", "oversight_visit", "oversight_memo", "oversight_answer", "oversight_published", "recommendations_made",
  "recommendations_agreed", "recommendations_partly", "recommendations_refused", "recommendations_unanswered",
  "recommendations_unpublished", "recommendation_text", "recommendation_answer", "promised_action", "follow_up", "recommendation_verified",
] as const

/** What an agency answered. `unknown`: that is not told; `none`: it has not answered. */
export const answers = ["agreed", "partly", "refused", "none", "unknown"] as const
export type Answer = (typeof answers)[number]

/** "Agreed" is what the agency says: never that anything was done. */
export const answerNames: Record<Answer, string> = {
  agreed: "Agreed, says the agency",
  partly: "Agreed in part, says the agency",
  refused: "Refused",
  none: "No answer",
  unknown: "Answer not public",
}

/** A fact of a record, with the page it stands on. */
export interface RecordFact {
  pageId: string
  slug: string
  title: string
  id: string
  key: string
  label: string
  value: string
  text: string
  state: FactState
  asOf: string
  note: string
  sources: Citation[]
}

export interface Recommendation {
  /** The id of its row: its own address on the page. */
  id: string
  subject: string
  /** Its words; null when they are not public. */
  text: string | null
  answer: Answer
  /** Canonical date of the answer; empty when not told. */
  answeredOn: string
  promised: string[]
  followUp: string[]
  /** Who but the agency found that it was done; null when nobody is known to have. */
  verified: string | null
  sources: Citation[]
}

/** Numbers as stated; null where the sources do not say. */
export interface Totals {
  made: number | null
  agreed: number | null
  partly: number | null
  refused: number | null
  unanswered: number | null
  unpublished: number | null
}

export interface Dates {
  opened: string
  visit: string
  memo: string
  answer: string
  published: string
}

export interface OversightRecord {
  id: string
  page: { id: string; slug: string; title: string }
  title: string
  bodies: string[]
  agency: string
  /** Slugs of pages of this wiki. */
  facilities: string[]
  form: string
  topics: string[]
  complaints: string
  dates: Dates
  totals: Totals
  recommendations: Recommendation[]
  sources: Citation[]
}

/** The records that facts make, in the order of the facts: page by page, each in its place. */
export function recordsOf(facts: readonly RecordFact[]): OversightRecord[] {
  const records: OversightRecord[] = []
  for (const fact of facts) {
    if (fact.key === "oversight_record") records.push(begun(fact))
    const record = records.at(-1)
    // What stands before the first row of a record, or on the next page without one, is no record.
    if (record?.page.id === fact.pageId) add(record, fact)
  }
  return records
}

/** How many recommendations had each answer: the totals where they are stated, else the rows. */
export function countAnswers({ totals, recommendations }: OversightRecord): Record<Answer, number> {
  const rows = (answer: Answer) => recommendations.filter((one) => one.answer === answer).length
  const counts = {
    agreed: totals.agreed ?? rows("agreed"),
    partly: totals.partly ?? rows("partly"),
    refused: totals.refused ?? rows("refused"),
    none: totals.unanswered ?? rows("none"),
  }
  const told = counts.agreed + counts.partly + counts.refused + counts.none
  return { ...counts, unknown: Math.max(0, (totals.made ?? told + rows("unknown")) - told) }
}

/** How many were made: as stated, else the sum of the answers, else the rows there are. */
export function countMade(record: OversightRecord): number {
  const { made, agreed, partly, refused, unanswered } = record.totals
  const sum = (agreed ?? 0) + (partly ?? 0) + (refused ?? 0) + (unanswered ?? 0)
  return made ?? Math.max(sum, record.recommendations.length)
}

/** How many are known only as a number: as stated, else those without a row of their own. */
export function countUnpublished(record: OversightRecord): number {
  const withText = record.recommendations.filter(({ text }) => text !== null).length
  return record.totals.unpublished ?? Math.max(0, countMade(record) - withText)
}

/** A sentence when the totals contradict each other; null when they do not. */
export function mismatch({ totals }: OversightRecord): string | null {
  const parts = [totals.agreed, totals.partly, totals.refused, totals.unanswered].filter((part) => part !== null)
  const sum = parts.reduce((all, part) => all + part, 0)
  if (totals.made === null || sum <= totals.made) return null
  return `The numbers do not add up: ${parts.join(" + ")} answers make ${sum}, and ${totals.made} recommendations are said to have been made.`
}

/** The year in which the findings were sent, or whatever of it is known first. */
export function yearOf({ dates }: OversightRecord): string {
  const date = dates.memo || dates.answer || dates.published || dates.visit || dates.opened
  return date.replace("~", "").slice(0, 4)
}

/** Days between two dates where both are known to the day, or from least to most where they are not; null when one is missing. */
export function daysBetweenDates(from: string, to: string): { least: number; most: number } | null {
  if (from === "" || to === "") return null
  const [start, end] = [daySpan(from), daySpan(to)]
  const days = (one: string, other: string) => Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000)
  const [least, most] = [days(start.last, end.first), days(start.first, end.last)]
  return most < 0 ? null : { least: Math.max(0, least), most }
}

/** What an answer's words mean. */
export function readAnswer({ text, state }: Pick<RecordFact, "text" | "state">): Answer {
  if (state === "none") return "none"
  if (state !== "known") return "unknown"
  const words = text.toLowerCase()
  if (/\bno (?:answer|response)\b|\bunanswered\b|\bnot answered\b/.test(words)) return "none"
  if (/non-?\s?concur|not concur|did not agree|refus|reject|disagree|declin/.test(words)) return "refused"
  if (/part/.test(words)) return "partly"
  return /concur|agree|accept/.test(words) ? "agreed" : "unknown"
}

function begun({ id, pageId, slug, title, text, sources }: RecordFact): OversightRecord {
  return {
    id,
    page: { id: pageId, slug, title },
    title: text,
    bodies: [],
    agency: "",
    facilities: [],
    form: "",
    topics: [],
    complaints: "",
    dates: { opened: "", visit: "", memo: "", answer: "", published: "" },
    totals: { made: null, agreed: null, partly: null, refused: null, unanswered: null, unpublished: null },
    recommendations: [],
    sources,
  }
}

function add(record: OversightRecord, fact: RecordFact): void {
  const { key, text, value, state } = fact
  const known = state === "known" ? text : ""
  const [, date] = /^oversight_(opened|visit|memo|answer|published)$/.exec(key) ?? []
  const [, total] = /^recommendations_(\w+)$/.exec(key) ?? []
  if (date) record.dates[date as keyof Dates] ||= state === "known" ? value : ""
  else if (total) record.totals[total as keyof Totals] ??= numberOf(fact)
  else if (key === "oversight_body" && known) record.bodies.push(known)
  else if (key === "oversight_topic" && known) record.topics.push(known)
  else if (key === "oversight_agency") record.agency ||= known
  else if (key === "oversight_form") record.form ||= known
  else if (key === "complaints") record.complaints ||= known
  else if (key === "oversight_facility" && state === "known") record.facilities.push(...(slugIn(value) ?? []))
  else addToRecommendation(record, fact)
}

function addToRecommendation({ recommendations }: OversightRecord, fact: RecordFact): void {
  const { id, key, label, text, state, asOf, note, sources } = fact
  if (key === "recommendation_text") {
    const words = state === "known" ? text : null
    recommendations.push({ id, subject: label, text: words, answer: "unknown", answeredOn: "", promised: [], followUp: [], verified: null, sources: [...sources] })
  }
  const last = recommendations.at(-1)
  if (!last || key === "recommendation_text") return
  const words = state === "known" ? [note ? `${text.replace(/\.$/, "")}. ${note}` : text] : []
  if (key === "recommendation_answer") Object.assign(last, { answer: readAnswer(fact), answeredOn: asOf })
  if (key === "promised_action") last.promised.push(...words)
  if (key === "follow_up") last.followUp.push(...words)
  if (key === "recommendation_verified") last.verified = words[0] ?? null
  last.sources.push(...sources.filter((source) => !last.sources.some((known) => known.source === source.source && known.title === source.title)))
}

function numberOf({ value, state }: RecordFact): number | null {
  if (state === "none") return 0
  const digits = state === "known" ? /^\d{1,9}/.exec(value)?.[0] : undefined
  return digits === undefined ? null : Number(digits)
}

function slugIn(link: string): string[] | undefined {
  const path = /^\/wiki\/([^/?#\s]{1,300})/.exec(link)?.[1]
  return path === undefined ? undefined : [decoded(path)]
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
