import { facts } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import type { Event } from "../events.ts"
import { rowOf } from "../facts/model.ts"
import { findLivePage, leftAlone, readRevision } from "../pages/actions.ts"
import type { PageAt } from "../pages/model.ts"
import type { Transaction } from "../storage/database.ts"
import { type Answer, countAnswers, countUnpublished, type OversightRecord, RECORD_KEYS, type RecordFact, recordsOf, yearOf } from "./model.ts"
import { type ConcernedFacility, facilitiesBySlug, listRecordFacts } from "./store.ts"

/** A record with the facilities it names, as far as they have pages. */
export interface PlacedRecord extends OversightRecord {
  places: ConcernedFacility[]
}

/** What of the records is wanted; an empty text for everything. */
export interface OversightFilter {
  body: string
  facility: string
  state: string
  operator: string
  topic: string
  year: string
  answer: Answer | ""
  /** "no": records with recommendations that are not public. */
  published: "no" | ""
}

export const noFilter: OversightFilter = { body: "", facility: "", state: "", operator: "", topic: "", year: "", answer: "", published: "" }

/** Every record, newest first, and those that `filter` wants. */
export async function readOversight(ctx: Context, filter: OversightFilter): Promise<{ all: PlacedRecord[]; wanted: PlacedRecord[] }> {
  const records = recordsOf(await listRecordFacts(ctx.db.read))
  const places = new Map((await facilitiesBySlug(ctx.db.read, [...new Set(records.flatMap(({ facilities }) => facilities))])).map((place) => [place.asked, place]))
  const all = records
    .map((record) => ({ ...record, places: record.facilities.flatMap((slug) => places.get(slug) ?? []) }))
    .sort((one, other) => dateOf(other).localeCompare(dateOf(one), "en") || one.title.localeCompare(other.title, "en"))
  return { all, wanted: all.filter((record) => isWanted(record, filter)) }
}

/** The records that concern a facility, or stand on its page. */
export async function readOversightOf(ctx: Context, pageId: string): Promise<PlacedRecord[]> {
  const { all } = await readOversight(ctx, noFilter)
  return all.filter(({ page, places }) => page.id === pageId || places.some(({ id }) => id === pageId))
}

/**
 * Reaction: the facilities that this page's records name show them, so their pages have to be made anew when the records changed.
 * Comes before `recordFacts`, while the table of facts still has what they were.
 */
export async function tellFacilities(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page === undefined || (await leftAlone(tx, event, ["fact"]))) return
  const page = await findLivePage(tx, event.page)
  const before = recordsOf(await listRecordFacts(tx, event.page))
  const after = page ? recordsOf(recordFactsOf(await readRevision(tx, page))) : []
  if (JSON.stringify(before) === JSON.stringify(after)) return
  const places = await facilitiesBySlug(tx, [...new Set([...before, ...after].flatMap(({ facilities }) => facilities))])
  for (const id of new Set(places.map((place) => place.id))) {
    if (id !== event.page) await ctx.publish(tx, { type: "oversight.recorded", page: id, actor: event.actor ?? null, subject: event.page })
  }
}

function recordFactsOf({ page, doc }: PageAt): RecordFact[] {
  const rows = facts(doc).map(rowOf).filter(({ key, rank }) => rank !== "deprecated" && (RECORD_KEYS as readonly string[]).includes(key))
  return rows.map((row) => ({ ...row, pageId: page.id, slug: page.slug, title: page.title }))
}

function isWanted(record: PlacedRecord, { body, facility, state, operator, topic, year, answer, published }: OversightFilter): boolean {
  return (
    (body === "" || record.bodies.some((name) => isSame(name, body))) &&
    (facility === "" || record.places.some(({ slug }) => slug === facility)) &&
    (state === "" || record.places.some(({ region }) => region === state)) &&
    (operator === "" || record.places.some((place) => isSame(place.operator ?? "", operator))) &&
    (topic === "" || record.topics.some((name) => isSame(name, topic))) &&
    (year === "" || yearOf(record) === year) &&
    (answer === "" || countAnswers(record)[answer] > 0) &&
    (published === "" || countUnpublished(record) > 0)
  )
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function dateOf({ dates }: OversightRecord): string {
  return (dates.memo || dates.answer || dates.published || dates.visit || dates.opened).replace("~", "")
}
