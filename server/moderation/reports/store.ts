import type { Reader, Transaction } from "../../storage/database.ts"
import type { Report } from "./model.ts"

type Db = Reader | Transaction

const columns = [
  "id", "page_id as page", "kind", "subject", "cause", "note", "said", "reasons", "state", "created_at as createdAt",
] as const // prettier-ignore

export async function insertReport(tx: Transaction, report: Report): Promise<void> {
  const { page, createdAt, reasons, ...row } = report
  await tx
    .insertInto("reports")
    .values({ ...row, page_id: page, reasons: JSON.stringify(reasons), created_at: createdAt })
    .execute()
}

/** The open report that says the same of the same thing. */
export async function findTwin(tx: Transaction, { page, kind, subject, cause, note }: Report): Promise<Report | undefined> {
  const row = await tx
    .selectFrom("reports")
    .select(columns)
    .where("page_id", "=", page)
    .where("kind", "=", kind)
    .where("subject", "=", subject)
    .where("state", "=", "open")
    .where("cause", "=", cause)
    .where("note", "=", note)
    .executeTakeFirst()
  return row && readRow(row)
}

export async function findReport(db: Db, id: string): Promise<Report | undefined> {
  const row = await db.selectFrom("reports").select(columns).where("id", "=", id).executeTakeFirst()
  return row && readRow(row)
}

/** Open reports, newest first, those before a place in that list. */
export async function listOpen(db: Db, { before, limit }: { before?: { createdAt: string; key: string }; limit: number }): Promise<Report[]> {
  let query = db.selectFrom("reports").select(columns).where("state", "=", "open")
  if (before) {
    query = query.where((eb) => {
      const at = eb("created_at", "=", before.createdAt).and("id", "<", before.key)
      return eb.or([eb("created_at", "<", before.createdAt), at])
    })
  }
  return (await query.orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(readRow)
}

/** Moves a report from one state to another; false when it is in the first no longer. */
export async function moveReport(
  tx: Transaction,
  id: string,
  move: { from: Report["state"]; to: Report["state"]; by: string | null; now: string | null },
): Promise<boolean> {
  const done = await tx
    .updateTable("reports")
    .set({ state: move.to, decided_by: move.by, decided_at: move.now })
    .where("id", "=", id)
    .where("state", "=", move.from)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

function readRow<Row extends { reasons: string }>(row: Row) {
  return { ...row, reasons: JSON.parse(row.reasons) as string[] }
}
