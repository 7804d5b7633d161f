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

/** Facts whose last check is older than the day given for their kind, the oldest checks first, then those never checked. */
export async function listOverdue(db: Reader, cutoffs: { keys: string[]; before: string }[], limit: number): Promise<(PlacedFact & { title: string })[]> {
  const rows = await db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select([...columns, "facts.page_id as pageId", "pages.slug", "pages.title"])
    .where("pages.deleted_at", "is", null)
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where((eb) => eb.or(cutoffs.map(({ keys, before }) => eb.and([eb("facts.key", "in", keys), eb("facts.checked_on", "<", before)]))))
    .orderBy((eb) => eb.case().when("facts.checked_on", "=", "").then(1).else(0).end())
    .orderBy("facts.checked_on")
    .orderBy("facts.page_id")
    .orderBy("facts.position")
    .limit(limit)
    .execute()
  return rows.map(readRow)
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
