import type { Reader, Transaction } from "../../storage/database.ts"
import type { Redaction } from "./model.ts"

type Db = Reader | Transaction

const columns = [
  "id",
  "page_id as page",
  "part",
  "number",
  "comment_id as comment",
  "words",
  "audience",
  "reason",
  "hidden_by as hiddenBy",
  "created_at as createdAt",
  "lifted_at as liftedAt",
  "purge_asked_by as purgeAskedBy",
  "purge_asked_at as purgeAskedAt",
  "purged_by as purgedBy",
  "purged_at as purgedAt",
  "swept_at as sweptAt",
] as const

/** What is in force on these pages. */
export function listInForce(db: Db, pageIds: readonly string[]): Promise<Redaction[]> {
  if (pageIds.length === 0) return Promise.resolve([])
  return db.selectFrom("redactions").select(columns).where("page_id", "in", pageIds).where("lifted_at", "is", null).execute()
}

export function findRedaction(db: Db, id: string): Promise<Redaction | undefined> {
  return db.selectFrom("redactions").select(columns).where("id", "=", id).executeTakeFirst()
}

/** All there ever were, newest first, those before `before`; `open` leaves only those whose purge waits for a second person. */
export function listRedactions(db: Db, options: { before?: string; open?: boolean; limit: number }): Promise<Redaction[]> {
  let query = db.selectFrom("redactions").select(columns)
  if (options.before !== undefined) query = query.where("created_at", "<", options.before)
  if (options.open) query = query.where("purge_asked_at", "is not", null).where("purged_at", "is", null).where("lifted_at", "is", null)
  return query.orderBy("created_at", "desc").orderBy("id").limit(options.limit).execute()
}

export async function insertRedaction(tx: Transaction, redaction: Redaction): Promise<void> {
  await tx
    .insertInto("redactions")
    .values({
      id: redaction.id,
      page_id: redaction.page,
      part: redaction.part,
      number: redaction.number,
      comment_id: redaction.comment,
      words: redaction.words,
      audience: redaction.audience,
      reason: redaction.reason,
      hidden_by: redaction.hiddenBy,
      created_at: redaction.createdAt,
    })
    .execute()
}

/** Shows again what was hidden; false when it is shown already or was removed for good. */
export async function lift(tx: Transaction, id: string, by: string, now: string): Promise<boolean> {
  const done = await tx
    .updateTable("redactions")
    .set({ lifted_by: by, lifted_at: now, purge_asked_by: null, purge_asked_at: null })
    .where("id", "=", id)
    .where("lifted_at", "is", null)
    .where("purged_at", "is", null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function askForPurge(tx: Transaction, id: string, by: string | null, now: string | null): Promise<boolean> {
  const done = await tx
    .updateTable("redactions")
    .set({ purge_asked_by: by, purge_asked_at: now })
    .where("id", "=", id)
    .where("lifted_at", "is", null)
    .where("purged_at", "is", null)
    .where("purge_asked_at", by === null ? "is not" : "is", null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Writes down that it was removed for good; the words themselves go as well. */
export async function markPurged(tx: Transaction, id: string, by: string, now: string): Promise<void> {
  await tx.updateTable("redactions").set({ words: "", purged_by: by, purged_at: now }).where("id", "=", id).execute()
}

export async function markSwept(tx: Transaction, now: string): Promise<void> {
  await tx.updateTable("redactions").set({ swept_at: now }).where("purged_at", "is not", null).where("swept_at", "is", null).execute()
}

export async function isSweepDue(db: Db): Promise<boolean> {
  const row = await db.selectFrom("redactions").select("id").where("purged_at", "is not", null).where("swept_at", "is", null).limit(1).executeTakeFirst()
  return row !== undefined
}
