import { csvLine } from "../web/csv.ts"
import type { PlacedRecord } from "./actions.ts"
import { answerNames, countAnswers, countMade, countUnpublished, type OversightRecord, yearOf } from "./model.ts"

const COLUMNS = [
  "record", "address", "body", "agency", "facilities", "states", "form", "topics", "complaints", "opened", "on_site", "findings_sent", "answered", "published",
  "made", "agreed", "agreed_in_part", "refused", "not_answered", "not_published", "recommendation", "text", "count", "answer", "answered_on",
  "promised_action", "follow_up", "verified_by", "evidence",
] // prettier-ignore

/** The records as one table: a row for each recommendation, and one for those known only as a number. Empty cells are not known, not nought. */
export function oversightCsv(records: readonly PlacedRecord[], baseUrl: string): string {
  return [csvLine(COLUMNS), ...records.flatMap((record) => linesOf(record, baseUrl))].join("")
}

/** The records as JSON: totals null where they are not stated. */
export function oversightJson(records: readonly PlacedRecord[], baseUrl: string) {
  const items = records.map(({ places, facilities: _slugs, page, ...record }) => ({
    ...record,
    page: { slug: page.slug, title: page.title },
    address: addressOf({ ...record, page }, baseUrl),
    year: yearOf({ ...record, page, facilities: [] }) || null,
    facilities: places.map(({ slug, title, region, operator }) => ({ slug, title, region, operator })),
  }))
  return { items, note: "“Agreed” is what the agency said; `verified` says who else found it done. Dates may stop at the month or year." }
}

function linesOf(record: PlacedRecord, baseUrl: string): string[] {
  const { dates, totals, places } = record
  const common = [
    record.title,
    addressOf(record, baseUrl),
    record.bodies.join("; "),
    record.agency,
    places.map(({ title }) => title).join("; "),
    [...new Set(places.flatMap(({ region }) => region ?? []))].join("; "),
    record.form,
    record.topics.join("; "),
    record.complaints,
    ...[dates.opened, dates.visit, dates.memo, dates.answer, dates.published],
    ...[totals.made, totals.agreed, totals.partly, totals.refused, totals.unanswered, totals.unpublished].map((total) => (total === null ? "" : String(total))),
  ]
  const hidden = countUnpublished(record)
  const rows = record.recommendations
    .filter(({ text }) => text !== null || hidden === 0)
    .map((one) => [
      ...[one.subject, one.text ?? "", "1", answerNames[one.answer], one.answeredOn, one.promised.join("; "), one.followUp.join("; "), one.verified ?? ""],
      one.sources.map(({ title, source, locator }) => [title, source, locator].filter(Boolean).join(", ")).join("; "),
    ])
  if (hidden > 0) rows.push([`not published: ${hidden} of ${countMade(record)}`, "", String(hidden), answerOfRest(record), "", "", "", "", ""])
  return (rows.length > 0 ? rows : [["", "", "", "", "", "", "", "", ""]]).map((row) => csvLine([...common, ...row]))
}

// What was answered to those that are not public, if it follows from the totals: all refused, say.
function answerOfRest(record: OversightRecord): string {
  const left = Object.entries(countAnswers(record)).map(([answer, count]) => {
    const told = record.recommendations.filter((one) => one.text !== null && one.answer === answer).length
    return { answer: answer as keyof typeof answerNames, count: Math.max(0, count - told) }
  })
  const rest = left.filter(({ count }) => count > 0)
  return rest.map(({ answer, count }) => (rest.length === 1 ? answerNames[answer] : `${count} ${answerNames[answer].toLowerCase()}`)).join("; ")
}

function addressOf({ page, id }: Pick<OversightRecord, "page" | "id">, baseUrl: string): string {
  return `${baseUrl}/wiki/${encodeURIComponent(page.slug)}#b-${id}`
}
