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
