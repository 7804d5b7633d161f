import type { Reader, Transaction } from "../storage/database.ts"
import { type Claim, DIRECTORY_KEYS, type PageLine } from "./model.ts"

type FacilityLine = PageLine & { id: string; region: string | null }

/** Every facility that is not deleted, by title. */
export function listFacilities(db: Reader): Promise<FacilityLine[]> {
  return db
    .selectFrom("pages")
    .select(["id", "slug", "title", "region", "updated_at as updatedAt"])
    .where("kind", "=", "facility")
    .where("deleted_at", "is", null)
    .orderBy("title_key")
    .execute()
}

/** What is said of facilities under the keys of the directory; of some pages alone when they are given. */
export function listClaims(db: Reader, pageIds?: readonly string[]): Promise<Claim[]> {
  const query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["facts.page_id as pageId", "key", "label", "qualifier", "text", "state", "rank", "as_of as asOf", "position"])
    .where("facts.key", "in", [...DIRECTORY_KEYS])
    .where("pages.kind", "=", "facility")
    .where("pages.deleted_at", "is", null)
  return (pageIds ? query.where("facts.page_id", "in", [...pageIds, ""]) : query).execute()
}

/** The checks that facts of facilities had, one for each kind and page: the last; of some pages alone when they are given. */
export function listChecked(db: Reader, pageIds?: readonly string[]): Promise<{ pageId: string; key: string; checkedOn: string }[]> {
  const query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select((eb) => ["facts.page_id as pageId", "facts.key", eb.fn.max("facts.checked_on").as("checkedOn")])
    .where("facts.checked_on", "!=", "")
    .where("facts.rank", "!=", "deprecated")
    .where("pages.kind", "=", "facility")
    .where("pages.deleted_at", "is", null)
    .groupBy(["facts.page_id", "facts.key"])
  return (pageIds ? query.where("facts.page_id", "in", [...pageIds, ""]) : query).execute()
}

/** The number of facilities in each state. */
export async function countByRegion(db: Reader): Promise<{ region: string | null; count: number }[]> {
  const rows = await db
    .selectFrom("pages")
    .select((eb) => ["region", eb.fn.countAll<number>().as("count")])
    .where("kind", "=", "facility")
    .where("deleted_at", "is", null)
    .groupBy("region")
    .execute()
  return rows.map(({ region, count }) => ({ region, count: Number(count) }))
}

export async function countPages(db: Reader): Promise<number> {
  const row = await db
    .selectFrom("pages")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Addresses of pages and when they last changed, in an order that new pages do not disturb. */
export function listAddresses(db: Reader, range: { limit: number; offset: number }): Promise<{ slug: string; updatedAt: string }[]> {
  return db
    .selectFrom("pages")
    .select(["slug", "updated_at as updatedAt"])
    .where("deleted_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(range.limit)
    .offset(range.offset)
    .execute()
}

/** A claim about where a facility is. */
export interface PlacedPage {
  id: string
  slug: string
  title: string
  region: string | null
  qualifier: string
  text: string
}

/** Where facilities say they are, page by page in the order of each. */
export function listPlaces(db: Reader | Transaction, { withDeleted = false } = {}): Promise<PlacedPage[]> {
  let query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["pages.id", "pages.slug", "pages.title", "pages.region", "facts.qualifier", "facts.text"])
    .where("facts.key", "=", "coordinates")
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where("pages.kind", "=", "facility")
  if (!withDeleted) query = query.where("pages.deleted_at", "is", null)
  return query.orderBy("facts.page_id").orderBy("facts.position").execute()
}

/** What a page qualifies its claims of a kind with; "" for one that is plain, none when it makes no such claim. */
export async function qualifiersOf(db: Reader, pageId: string, key: string): Promise<string[]> {
  const rows = await db.selectFrom("facts").select("qualifier").where("page_id", "=", pageId).where("key", "=", key).execute()
  return rows.map(({ qualifier }) => qualifier)
}
