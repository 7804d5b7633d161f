import { sql } from "kysely"
import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"
import { forget } from "../../storage/recall.ts"
import { everyBlock, type KeptBlock, readBlocks } from "../blocks/store.ts"
import { readKeys } from "../key-list.ts"
import { readRow, revisionColumns, type RevisionRow } from "../store.ts"
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

/** What is in force on a page. */
export function listInForceOn(db: Db, pageId: string): Promise<Redaction[]> {
  return inForceOn.all(db, { pageId })
}

const inForceOn = prepared((db, { pageId }: { pageId: string }) =>
  db.selectFrom("redactions").select(columns).where("page_id", "=", pageId).where("lifted_at", "is", null),
)

/** What is in force on any of these pages. */
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
  forget(tx)
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
  forget(tx)
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
  forget(tx)
  return done.numUpdatedRows > 0n
}

/** Writes down that it was removed for good; the words themselves go as well. */
export async function markPurged(tx: Transaction, id: string, by: string, now: string): Promise<void> {
  await tx.updateTable("redactions").set({ words: "", purged_by: by, purged_at: now }).where("id", "=", id).execute()
  forget(tx)
}

export async function markSwept(tx: Transaction, now: string): Promise<void> {
  await tx.updateTable("redactions").set({ swept_at: now }).where("purged_at", "is not", null).where("swept_at", "is", null).execute()
}

export async function isSweepDue(db: Db): Promise<boolean> {
  const row = await db.selectFrom("redactions").select("id").where("purged_at", "is not", null).where("swept_at", "is", null).limit(1).executeTakeFirst()
  return row !== undefined
}

/** The revisions of a page, or of all pages with null; with `words`, only those whose title or summary has them. */
export async function listRevisionRows(tx: Db, pageId: string | null, words?: string): Promise<RevisionRow[]> {
  let query = tx.selectFrom("revisions").select(revisionColumns)
  if (pageId !== null) query = query.where("page_id", "=", pageId)
  if (words !== undefined) {
    query = query.where((eb) =>
      eb.or([
        sql<boolean>`replace(title, ${words}, '') <> title`,
        sql<boolean>`replace(summary, ${words}, '') <> summary`,
      ]),
    )
  }
  return (await query.orderBy("page_id").orderBy("number").execute()).map(readRow)
}

/** Blocks by their keys, and with `words` all others in which these stand together. */
export async function listBlocks(
  tx: Db,
  keys: readonly number[],
  words?: string,
): Promise<KeptBlock[]> {
  const found = await readBlocks(tx, keys)
  if (words !== undefined) {
    for await (const block of everyBlock(tx)) if (block.body.includes(words)) found.set(block.key, block)
  }
  return [...found.values()]
}

/** Whether words, as they stand in JSON, stand in what the log says of a page. */
export async function isLogged(db: Db, pageId: string, words: string): Promise<boolean> {
  const found = await db
    .selectFrom("events")
    .select("seq")
    .where("page_id", "=", pageId)
    .where(sql<boolean>`replace(detail, ${words}, '') <> detail`)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The pages that have one of these blocks in any of their revisions. */
export async function pagesWithBlocks(tx: Transaction, keys: readonly number[]): Promise<string[]> {
  if (keys.length === 0) return []
  const wanted = new Set(keys)
  const rows = await tx.selectFrom("revisions").select(["page_id", "blocks"]).execute()
  return [...new Set(rows.filter(({ blocks }) => readKeys(blocks).some((key) => wanted.has(key))).map(({ page_id }) => page_id))]
}
