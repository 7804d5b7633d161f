import type { Quote } from "../../../editor/document/index.ts"
import type { Reader, Transaction } from "../../storage/database.ts"

/** A quotation as it is kept: with its comment, and the number of the revision that says so. */
export interface KeptQuote extends Quote {
  comment: string
  revision: number
}

const columns = ["comment_id as comment", "revision", "block", "exact", "prefix", "suffix"] as const

export async function insertQuote(tx: Transaction, page: string, { comment, ...quote }: KeptQuote): Promise<void> {
  await tx.insertInto("comment_quotes").values({ comment_id: comment, page_id: page, ...quote }).execute()
}

/** The quotations in these comments. */
export async function listQuotes(db: Reader | Transaction, comments: readonly string[]): Promise<KeptQuote[]> {
  if (comments.length === 0) return []
  return db.selectFrom("comment_quotes").select(columns).where("comment_id", "in", comments).execute()
}

/** The quotations in published comments on a page that nobody hid, oldest first. */
export function listPublicQuotes(db: Reader, page: string, limit: number): Promise<(KeptQuote & { name: string })[]> {
  return db
    .selectFrom("comment_quotes")
    .innerJoin("comments", "comments.id", "comment_quotes.comment_id")
    .select([...columns, "comments.author_name as name"])
    .where("comment_quotes.page_id", "=", page)
    .where("comments.state", "=", "published")
    .where("comments.id", "not in", db.selectFrom("redactions").select("comment_id").where("comment_id", "is not", null).where("lifted_at", "is", null).$castTo<string>())
    .orderBy("comments.created_at")
    .orderBy("comments.id")
    .limit(limit)
    .execute()
}

/** All quotations from a page, whatever became of their comments. */
export function listPageQuotes(tx: Transaction, page: string): Promise<KeptQuote[]> {
  return tx.selectFrom("comment_quotes").select(columns).where("page_id", "=", page).execute()
}

export async function deleteQuote(tx: Transaction, comment: string): Promise<void> {
  await tx.deleteFrom("comment_quotes").where("comment_id", "=", comment).execute()
}
