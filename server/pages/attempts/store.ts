import type { Reader, Transaction } from "../../storage/database.ts"
import { readNumbers, writeNumbers } from "../store.ts"

type Db = Reader | Transaction

export async function insertAttempt(
  tx: Transaction,
  attempt: AttemptRow & { id: string },
): Promise<void> {
  await tx
    .insertInto("attempts")
    .values({
      id: attempt.id,
      page_id: attempt.pageId,
      author_id: attempt.authorId,
      base: attempt.base,
      title: attempt.title,
      document: attempt.document,
      summary: attempt.summary,
      undoes: writeNumbers(attempt.undoes),
      draft: attempt.draft,
      draft_section: attempt.draftSection,
      created_at: attempt.createdAt,
    })
    .execute()
}

export interface AttemptRow {
  pageId: string
  authorId: string
  base: number
  title: string
  document: string
  summary: string
  undoes: number[]
  /** The version of the draft that the text continued, and its section. */
  draft: number | null
  draftSection: string | null
  createdAt: string
}

export async function findAttempt(db: Db, id: string): Promise<AttemptRow | undefined> {
  const row = await db
    .selectFrom("attempts")
    .select(["page_id as pageId", "author_id as authorId", "base", "title", "document", "summary", "undoes", "draft", "draft_section as draftSection", "created_at as createdAt"])
    .where("id", "=", id)
    .executeTakeFirst()
  return row && { ...row, undoes: readNumbers(row.undoes) }
}

/** Refused texts of one person that are listed; who has more is served by the newest. */
const MOST_ATTEMPTS = 200

/** A person's refused texts with the pages they belong to, the newest first; those of deleted pages left out. */
export function listAttempts(
  db: Db,
  authorId: string,
  since: string,
): Promise<{ id: string; slug: string; title: string; pageTitle: string; createdAt: string }[]> {
  return db
    .selectFrom("attempts")
    .innerJoin("pages", "pages.id", "attempts.page_id")
    .select(["attempts.id", "pages.slug", "attempts.title", "pages.title as pageTitle", "attempts.created_at as createdAt"])
    .where("author_id", "=", authorId)
    .where("attempts.created_at", ">=", since)
    .where("pages.deleted_at", "is", null)
    .orderBy("attempts.created_at", "desc")
    .limit(MOST_ATTEMPTS)
    .execute()
}

export async function deleteAttempt(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom("attempts").where("id", "=", id).execute()
}

export async function deleteAttemptsBefore(tx: Transaction, time: string): Promise<void> {
  await tx.deleteFrom("attempts").where("created_at", "<", time).execute()
}
