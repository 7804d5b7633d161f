import type { Citation, FactRank, FactState, FactType } from "../../editor/document/index.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { FactRow } from "./model.ts"

/** Rows in one statement: 17 values each, well under what either engine takes. */
const CHUNK = 60

const columns = [
  "facts.id",
  "facts.position",
  "facts.key",
  "facts.label",
  "facts.type",
  "facts.value",
  "facts.text",
  "facts.state",
  "facts.rank",
  "facts.qualifier",
  "facts.sources",
  "facts.as_of as asOf",
  "facts.checked_on as checkedOn",
  "facts.note",
  "facts.method",
  "facts.doubted_on as doubtedOn",
] as const

/** What is recorded of a page, in its order. */
export async function findFacts(db: Reader | Transaction, pageId: string): Promise<FactRow[]> {
  const rows = await db.selectFrom("facts").select(columns).where("page_id", "=", pageId).orderBy("position").execute()
  return rows.map(readRow)
}

export async function deleteFacts(tx: Transaction, pageId: string, ids?: string[]): Promise<void> {
  const query = tx.deleteFrom("facts").where("page_id", "=", pageId)
  if (ids === undefined) await query.execute()
  else for (const part of chunks(ids)) await query.where("id", "in", part).execute()
}

export async function insertFacts(tx: Transaction, pageId: string, rows: FactRow[]): Promise<void> {
  for (const part of chunks(rows)) await tx.insertInto("facts").values(part.map((row) => writeRow(pageId, row))).execute()
}

/** How a fact stands after somebody has looked. */
export async function setStanding(tx: Transaction, pageId: string, id: string, standing: Pick<FactRow, "checkedOn" | "method" | "doubtedOn">): Promise<void> {
  const { checkedOn, method, doubtedOn } = standing
  await tx
    .updateTable("facts")
    .set({ checked_on: checkedOn, method, doubted_on: doubtedOn })
    .where("page_id", "=", pageId)
    .where("id", "=", id)
    .execute()
}

/** Takes away what is recorded of pages that are deleted. */
export async function deleteStrayFacts(tx: Transaction): Promise<void> {
  const deleted = tx.selectFrom("pages").select("id").where("deleted_at", "is not", null)
  await tx.deleteFrom("facts").where("page_id", "in", deleted).execute()
}

export interface FactFilter {
  /** The id of a page. */
  page?: string
  key?: string
  /** The place after which to go on. */
  after?: { page: string; position: number }
  limit: number
}

export interface PlacedFact extends FactRow {
  pageId: string
  slug: string
}

/** Facts of pages that are not deleted, page by page, each in its page's order. */
export async function listFacts(db: Reader, { page, key, after, limit }: FactFilter): Promise<PlacedFact[]> {
  let query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select([...columns, "facts.page_id as pageId", "pages.slug"])
    .where("pages.deleted_at", "is", null)
  if (page !== undefined) query = query.where("facts.page_id", "=", page)
  if (key !== undefined) query = query.where("facts.key", "=", key)
  if (after) {
    query = query.where((eb) =>
      eb.or([
        eb("facts.page_id", ">", after.page),
        eb.and([eb("facts.page_id", "=", after.page), eb("facts.position", ">", after.position)]),
      ]),
    )
  }
  return (await query.orderBy("facts.page_id").orderBy("facts.position").limit(limit).execute()).map(readRow)
}

export interface OverdueFilter {
  /** For each interval of checking, the kinds that have it and the day since which a check is recent. */
  cutoffs: { keys: string[]; before: string }[]
  /** Of facilities in this state; "" of those whose state is not known. */
  region?: string
  limit: number
}

/** Facts reported as wrong; then those whose last check is not recent, the oldest checks first, those never checked last. */
export async function listOverdue(db: Reader, { cutoffs, region, limit }: OverdueFilter): Promise<(PlacedFact & { title: string })[]> {
  let query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select([...columns, "facts.page_id as pageId", "pages.slug", "pages.title"])
    .where("pages.deleted_at", "is", null)
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where((eb) =>
      eb.or([
        eb("facts.doubted_on", "!=", ""),
        ...cutoffs.map(({ keys, before }) => eb.and([eb("facts.key", "in", keys), eb("facts.checked_on", "<", before)])),
      ]),
    )
  if (region !== undefined) query = query.where("pages.region", region === "" ? "is" : "=", region === "" ? null : region)
  const rows = await query
    .orderBy((eb) => eb.case().when("facts.doubted_on", "!=", "").then(0).when("facts.checked_on", "=", "").then(2).else(1).end())
    .orderBy("facts.checked_on")
    .orderBy("facts.page_id")
    .orderBy("facts.position")
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

/** How many facts, that can be checked, were last checked on which day, by kind and state. */
export async function countByCheck(db: Reader, keys: string[]): Promise<{ region: string | null; key: string; checkedOn: string; count: number }[]> {
  const rows = await db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select((eb) => ["pages.region", "facts.key", "facts.checked_on as checkedOn", eb.fn.countAll<number>().as("count")])
    .where("pages.deleted_at", "is", null)
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where("facts.key", "in", keys)
    .groupBy(["pages.region", "facts.key", "facts.checked_on"])
    .execute()
  return rows.map(({ count, ...row }) => ({ ...row, count: Number(count) }))
}

/** The pages that have a telephone number of one of these kinds which can be called from everywhere. */
export async function listCallablePages(db: Reader, keys: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom("facts")
    .select("page_id")
    .distinct()
    .where("key", "in", [...keys])
    .where("type", "=", "phone")
    .where("state", "=", "known")
    .where("rank", "!=", "deprecated")
    .where("value", "like", "+%")
    .execute()
  return new Set(rows.map(({ page_id }) => page_id))
}

/** Pages on which one kind of fact has several values under one name: what may be contested. */
export async function listDisputedPages(db: Reader, limit: number): Promise<{ id: string; slug: string; title: string }[]> {
  return db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["pages.id", "pages.slug", "pages.title"])
    .distinct()
    .where("pages.deleted_at", "is", null)
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where("facts.key", "!=", "")
    .groupBy(["pages.id", "pages.slug", "pages.title", "facts.key", "facts.label", "facts.qualifier"])
    .having((eb) => eb(eb.fn.count("facts.value").distinct(), ">", 1))
    .limit(limit)
    .execute()
}

function writeRow(pageId: string, row: FactRow) {
  const { asOf, checkedOn, doubtedOn, sources, ...rest } = row
  return { ...rest, page_id: pageId, as_of: asOf, checked_on: checkedOn, doubted_on: doubtedOn, sources: JSON.stringify(sources) }
}

function readRow<Row extends { type: string; state: string; rank: string; sources: string }>(row: Row) {
  return {
    ...row,
    type: row.type as FactType,
    state: row.state as FactState,
    rank: row.rank as FactRank,
    sources: JSON.parse(row.sources) as Citation[],
  }
}

function chunks<T>(items: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += CHUNK) parts.push(items.slice(at, at + CHUNK))
  return parts
}
