import type { Reader, Transaction } from "../../storage/database.ts"

type Db = Reader | Transaction

/** Rows in one statement: well under what either engine takes. */
const CHUNK = 100

/** What a row of a list said when it was last taken in, and of which page. */
export interface RememberedRow {
  rowKey: string
  pageId: string
  said: Record<string, string>
}

export async function rowsOf(db: Db, list: string): Promise<RememberedRow[]> {
  const rows = await db.selectFrom("list_rows").select(["row_key as rowKey", "page_id as pageId", "said"]).where("list", "=", list).execute()
  return rows.map((row) => ({ ...row, said: JSON.parse(row.said) as Record<string, string> }))
}

export async function rememberRow(tx: Transaction, list: string, { rowKey, pageId, said }: RememberedRow, now: string): Promise<void> {
  await tx
    .insertInto("list_rows")
    .values({ list, row_key: rowKey, page_id: pageId, said: JSON.stringify(said), imported_at: now })
    .onConflict((conflict) =>
      conflict.columns(["list", "row_key"]).doUpdateSet((eb) => ({
        page_id: eb.ref("excluded.page_id"),
        said: eb.ref("excluded.said"),
        imported_at: eb.ref("excluded.imported_at"),
      })),
    )
    .execute()
}

/** A facility's page by what lists know it under. */
export interface KnownFact {
  pageId: string
  key: string
  value: string
  qualifier: string
  position: number
}

/** Every page there is, deleted ones too: their titles stay taken. */
export function listTitles(db: Db): Promise<{ id: string; slug: string; title: string; titleKey: string; kind: string; region: string | null; deletedAt: string | null }[]> {
  return db.selectFrom("pages").select(["id", "slug", "title", "title_key as titleKey", "kind", "region", "deleted_at as deletedAt"]).execute()
}

/** Names, codes and addresses of facilities, page by page in the order of each. */
export function listIdentities(db: Db, keys: readonly string[]): Promise<KnownFact[]> {
  return db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["facts.page_id as pageId", "facts.key", "facts.value", "facts.qualifier", "facts.position"])
    .where("pages.kind", "=", "facility")
    .where("pages.deleted_at", "is", null)
    .where("facts.state", "=", "known")
    .where("facts.key", "in", [...keys])
    .orderBy("facts.page_id")
    .orderBy("facts.position")
    .execute()
}

/** People held in one month: the mean of its nights as text with its decimals, and the highest count. */
export interface MonthCount {
  code: string
  month: string
  mean: string
  highest: number
  days: number
  source: string
}

export function monthsOf(db: Db, pageId: string): Promise<MonthCount[]> {
  return db
    .selectFrom("population_months")
    .select(["code", "month", "mean", "highest", "days", "source"])
    .where("page_id", "=", pageId)
    .orderBy("code")
    .orderBy("month")
    .execute()
}

/** The codes under which a list has counted people, each with its number of months. */
export async function countedCodes(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("population_months")
    .select((eb) => ["code", eb.fn.countAll<number>().as("count")])
    .groupBy("code")
    .execute()
  return new Map(rows.map(({ code, count }) => [code, Number(count)]))
}

/** People taken from one facility to another, as a list tells. */
export interface Transfer {
  fromPage: string
  toPage: string
  people: number
  /** As a date of a fact; empty when the list has none. */
  asOf: string
  /** The slug of the page of the source. */
  source: string
}

const transferColumns = ["from_page as fromPage", "to_page as toPage", "people", "as_of as asOf", "source"] as const

export function transfersIn(db: Db, list: string): Promise<Transfer[]> {
  return db.selectFrom("transfers").select(transferColumns).where("list", "=", list).execute()
}

/** Where people were taken from this page, by every list, the newest and the most people first; only to pages that are not deleted. */
export function transfersFrom(db: Db, pageId: string): Promise<(Transfer & { list: string; slug: string; title: string; region: string | null })[]> {
  return db
    .selectFrom("transfers")
    .innerJoin("pages", "pages.id", "transfers.to_page")
    .select([...transferColumns, "list", "pages.slug", "pages.title", "pages.region"])
    .where("from_page", "=", pageId)
    .where("pages.deleted_at", "is", null)
    .orderBy("as_of", "desc")
    .orderBy("list")
    .orderBy("people", "desc")
    .orderBy("pages.title_key")
    .execute()
}

/** The pages from which people were taken to this one. */
export async function pagesBefore(db: Db, pageId: string): Promise<string[]> {
  const rows = await db.selectFrom("transfers").select("from_page").distinct().where("to_page", "=", pageId).execute()
  return rows.map(({ from_page }) => from_page)
}

/** Puts some transfers of a list in the place of what it said, and takes others out. */
export async function putTransfers(tx: Transaction, list: string, fresh: readonly Transfer[], gone: readonly Transfer[]): Promise<void> {
  for (const { fromPage, toPage } of gone) {
    await tx.deleteFrom("transfers").where("list", "=", list).where("from_page", "=", fromPage).where("to_page", "=", toPage).execute()
  }
  for (let at = 0; at < fresh.length; at += CHUNK) {
    const rows = fresh.slice(at, at + CHUNK).map(({ fromPage, toPage, asOf, ...rest }) => ({ ...rest, list, from_page: fromPage, to_page: toPage, as_of: asOf }))
    await tx
      .insertInto("transfers")
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(["list", "from_page", "to_page"]).doUpdateSet((eb) => ({
          people: eb.ref("excluded.people"),
          as_of: eb.ref("excluded.as_of"),
          source: eb.ref("excluded.source"),
        })),
      )
      .execute()
  }
}

export async function putMonths(tx: Transaction, pageId: string, months: readonly MonthCount[]): Promise<void> {
  for (let at = 0; at < months.length; at += CHUNK) {
    await tx
      .insertInto("population_months")
      .values(months.slice(at, at + CHUNK).map((month) => ({ page_id: pageId, ...month })))
      .onConflict((conflict) =>
        conflict.columns(["page_id", "code", "month"]).doUpdateSet((eb) => ({
          mean: eb.ref("excluded.mean"),
          highest: eb.ref("excluded.highest"),
          days: eb.ref("excluded.days"),
          source: eb.ref("excluded.source"),
        })),
      )
      .execute()
  }
}
