import type { Reader, Transaction } from "../../storage/database.ts"
import { type Setting, undecided } from "./model.ts"

type Db = Reader | Transaction
/** Stands for the whole site where the id of a page would. */
export const SITE = ""

/** Somebody whose comments do not wait for being by somebody new. */
export interface ApprovedAuthor {
  id: string
  name: string
  approvedAt: string
  isMember: boolean
}

export interface AuthorKeys {
  authorId: string | null
  authorKey: string | null
}

/** What was decided for the site and for this page. */
export async function findSettings(db: Db, page: string): Promise<{ site: Setting; page: Setting }> {
  const rows = await db.selectFrom("comment_settings").selectAll().where("page_id", "in", [SITE, page]).execute()
  const of = (id: string): Setting => {
    const row = rows.find(({ page_id }) => page_id === id)
    return row ? { waiting: row.waiting, opening: row.opening, days: row.days } : undecided
  }
  return { site: of(SITE), page: page === SITE ? undecided : of(page) }
}

export async function keepSetting(tx: Transaction, page: string, setting: Setting): Promise<void> {
  await tx
    .insertInto("comment_settings")
    .values({ page_id: page, ...setting })
    .onConflict((conflict) => conflict.column("page_id").doUpdateSet({ ...setting }))
    .execute()
}

export async function isApproved(db: Db, keys: AuthorKeys): Promise<boolean> {
  const author = nameOf(keys)
  if (author === null) return false
  return (await db.selectFrom("comment_authors").select("id").where("author", "=", author).executeTakeFirst()) !== undefined
}

/** False when this author was approved before, or cannot be known again. */
export async function insertAuthor(tx: Transaction, keys: AuthorKeys, row: { id: string; name: string; now: string; by: string }): Promise<boolean> {
  const author = nameOf(keys)
  if (author === null) return false
  const kept = await tx
    .insertInto("comment_authors")
    .values({ author, id: row.id, name: row.name, approved_at: row.now, approved_by: row.by })
    .onConflict((conflict) => conflict.column("author").doNothing())
    .returning("id")
    .executeTakeFirst()
  return kept !== undefined
}

/** False when there is no such author any more. */
export async function deleteAuthor(tx: Transaction, id: string): Promise<boolean> {
  return (await tx.deleteFrom("comment_authors").where("id", "=", id).returning("id").executeTakeFirst()) !== undefined
}

/** Forgets a guest's name together with the approval. */
export async function forgetGuest(tx: Transaction, { authorId, authorKey }: AuthorKeys): Promise<void> {
  if (authorId !== null || authorKey === null) return
  await tx.deleteFrom("comment_authors").where("author", "=", nameOf({ authorId, authorKey })!).execute()
}

/** Those approved last, newest first. */
export async function listAuthors(db: Db, limit: number): Promise<ApprovedAuthor[]> {
  const rows = await db.selectFrom("comment_authors").select(["id", "author", "name", "approved_at as approvedAt"]).orderBy("approved_at", "desc").orderBy("id").limit(limit).execute()
  return rows.map(({ author, ...row }) => ({ ...row, isMember: author.startsWith("user ") }))
}

function nameOf({ authorId, authorKey }: AuthorKeys): string | null {
  if (authorId !== null) return `user ${authorId}`
  return authorKey === null ? null : `guest ${authorKey}`
}
