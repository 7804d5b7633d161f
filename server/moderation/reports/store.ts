import type { Reader, Transaction } from "../../storage/database.ts"
import type { Report } from "./model.ts"

type Db = Reader | Transaction

const columns = [
  "reports.id", "reports.page_id as page", "reports.kind", "subject", "cause", "note", "said", "reasons", "state", "reports.created_at as createdAt",
] as const // prettier-ignore

export async function insertReport(tx: Transaction, report: Report): Promise<void> {
  const { page, createdAt, reasons, ...row } = report
  await tx
    .insertInto("reports")
    .values({ ...row, page_id: page, reasons: JSON.stringify(reasons), created_at: createdAt })
    .execute()
}

/** The open report that says the same of the same thing. */
export async function findTwin(tx: Transaction, { page, kind, subject, cause, note }: Pick<Report, "page" | "kind" | "subject" | "cause" | "note">): Promise<Report | undefined> {
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

/** Open reports on pages that are there, newest first, those before a place in that list. */
export async function listOpen(db: Db, { before, limit }: { before?: { createdAt: string; key: string }; limit: number }): Promise<Report[]> {
  let query = db.selectFrom("reports").innerJoin("pages", "pages.id", "reports.page_id").select(columns).where("state", "=", "open").where("pages.deleted_at", "is", null)
  if (before) {
    query = query.where((eb) => {
      const at = eb("reports.created_at", "=", before.createdAt).and("reports.id", "<", before.key)
      return eb.or([eb("reports.created_at", "<", before.createdAt), at])
    })
  }
  return (await query.orderBy("reports.created_at", "desc").orderBy("reports.id", "desc").limit(limit).execute()).map(readRow)
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

/** Opens the report on a fact that was dealt with at this very moment. */
export async function reopenReport(tx: Transaction, { page, fact, at }: { page: string; fact: string; at: string }): Promise<void> {
  await tx
    .updateTable("reports")
    .set({ state: "open", decided_by: null, decided_at: null })
    .where("page_id", "=", page)
    .where("kind", "=", "fact")
    .where("subject", "=", fact)
    .where("state", "=", "accepted")
    .where("decided_at", "=", at)
    .execute()
}

function readRow<Row extends { reasons: string }>(row: Row) {
  return { ...row, reasons: JSON.parse(row.reasons) as string[] }
}
