import type { Reader, Transaction } from "../../storage/database.ts"
import type { CheckMethod, FactCheck } from "./model.ts"

/** Checks read of one page: its facts, many times over. */
const MOST = 2_000

const columns = [
  "id",
  "page_id as pageId",
  "fact_id as factId",
  "digest",
  "result",
  "method",
  "source",
  "checked_on as checkedOn",
  "checker_id as checkerId",
  "run",
  "created_at as createdAt",
] as const

export async function insertCheck(tx: Transaction, check: FactCheck): Promise<void> {
  const { pageId, factId, checkedOn, checkerId, createdAt, ...rest } = check
  const row = { ...rest, page_id: pageId, fact_id: factId, checked_on: checkedOn, checker_id: checkerId, created_at: createdAt }
  await tx.insertInto("fact_checks").values(row).execute()
}

/** The newest checks of a page, or of one of its facts, oldest first. */
export async function listChecks(db: Reader | Transaction, pageId: string, factId?: string): Promise<FactCheck[]> {
  let query = db.selectFrom("fact_checks").select(columns).where("page_id", "=", pageId)
  if (factId !== undefined) query = query.where("fact_id", "=", factId)
  const rows = await query.orderBy("created_at", "desc").orderBy("id", "desc").limit(MOST).execute()
  return rows.reverse().map((row) => ({ ...row, method: row.method as CheckMethod }))
}

/** The roles of these people, for "an editor called". */
export async function rolesOf(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom("users").select(["id", "role"]).where("id", "in", [...new Set(ids)]).execute()
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** The checks with these ids. */
export async function findChecks(db: Reader, ids: readonly string[]): Promise<(FactCheck & { label: string | null })[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom("fact_checks")
    .leftJoin("facts", (join) => join.onRef("facts.page_id", "=", "fact_checks.page_id").onRef("facts.id", "=", "fact_checks.fact_id"))
    .select(columns.map((column) => `fact_checks.${column}` as const))
    .select("facts.label")
    .where("fact_checks.id", "in", ids)
    .execute()
  return rows.map((row) => ({ ...row, method: row.method as CheckMethod }))
}

/** Days on which checks were made since `since`, with their number: "2026-11-23", 4. */
export async function countChecksSince(db: Reader, since: string): Promise<number> {
  const row = await db
    .selectFrom("fact_checks")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("created_at", ">=", since)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
