import type { Reader, Transaction } from "../../storage/database.ts"
import type { Draft } from "./model.ts"

const columns = [
  "key",
  "page_id as pageId",
  "base",
  "drafts.title",
  "drafts.kind",
  "summary",
  "format",
  "body",
  "problem",
  "version",
  "hash",
  "saved_at as savedAt",
] as const

/** A draft, or where one was: `body` is null once it was saved or discarded. */
export type DraftRow = Omit<Draft, "body"> & { body: string | null }

export function findDraft(db: Reader | Transaction, userId: string, key: string): Promise<DraftRow | undefined> {
  return db.selectFrom("drafts").select(columns).where("user_id", "=", userId).where("key", "=", key).executeTakeFirst()
}

/** A person's drafts with the pages they belong to, the last touched first. */
export function listDrafts(
  db: Reader,
  userId: string,
): Promise<(Pick<Draft, "key" | "pageId" | "title" | "savedAt"> & { slug: string | null; pageTitle: string | null })[]> {
  return db
    .selectFrom("drafts")
    .leftJoin("pages", "pages.id", "drafts.page_id")
    .select(["key", "page_id as pageId", "drafts.title", "saved_at as savedAt", "pages.slug", "pages.title as pageTitle"])
    .where("user_id", "=", userId)
    .where("body", "is not", null)
    .orderBy("saved_at", "desc")
    .execute()
}

export async function putDraft(tx: Transaction, userId: string, draft: Draft): Promise<void> {
  const { key, pageId, savedAt, ...rest } = draft
  const row = { ...rest, page_id: pageId, saved_at: savedAt }
  await tx
    .insertInto("drafts")
    .values({ user_id: userId, key, ...row })
    .onConflict((conflict) => conflict.columns(["user_id", "key"]).doUpdateSet(row))
    .execute()
}

/** Forgets where drafts were that were saved or discarded, and last written to before `time`. */
export async function deleteDraftMarks(tx: Transaction, time: string): Promise<void> {
  await tx.deleteFrom("drafts").where("body", "is", null).where("saved_at", "<", time).execute()
}

/** Removes the text of a draft up to this version, all of it when none is given; its version goes on counting. */
export async function clearDraft(tx: Transaction, userId: string, key: string, upTo?: number): Promise<boolean> {
  let query = tx
    .updateTable("drafts")
    .set((eb) => ({ body: null, title: "", summary: "", problem: null, hash: "", version: eb("version", "+", 1) }))
    .where("user_id", "=", userId)
    .where("key", "=", key)
    .where("body", "is not", null)
  if (upTo !== undefined) query = query.where("version", "<=", upTo)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}
