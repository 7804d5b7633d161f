import type { Reader, Transaction } from "../../storage/database.ts"
import { columns, type CommentRow, type Comments, isAfter, isBefore, type Place } from "../store.ts"

type Db = Reader | Transaction

/** Published comments of a page, oldest first, those after `after`. */
export function listPublished(db: Db, page: string, { after, limit }: { after?: Place; limit: number }): Promise<CommentRow[]> {
  let query = db.selectFrom("comments").select(columns).where("page_id", "=", page).where("state", "=", "published")
  if (after) query = query.where((eb) => isAfter(eb, after))
  return query.orderBy("created_at").orderBy("id").limit(limit).execute()
}

/** What began a thread of the page that is to be seen: shown itself, or answered by what is. Newest first, or from the oldest on. */
export function listThreads(db: Db, page: string, { before, after, limit }: { before?: Place; after?: Place | "start"; limit: number }): Promise<CommentRow[]> {
  let query = db
    .selectFrom("comments")
    .select(columns)
    .where("page_id", "=", page)
    .where("parent_id", "is", null)
    .where((eb) => eb.or([isShown(eb), eb("id", "in", answered(eb, page))]))
  if (before) query = query.where((eb) => isBefore(eb, before))
  if (after && after !== "start") query = query.where((eb) => isAfter(eb, after))
  const direction = after ? "asc" : "desc"
  return query.orderBy("created_at", direction).orderBy("id", direction).limit(limit).execute()
}

/** The answers to these comments of the page that are published, or were, oldest first. */
export async function listReplies(db: Db, page: string, parents: readonly string[], limit: number): Promise<CommentRow[]> {
  if (parents.length === 0) return []
  return db
    .selectFrom("comments")
    .select(columns)
    .where("page_id", "=", page)
    .where((eb) => isShown(eb))
    .where("parent_id", "in", parents)
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .execute()
}

export async function countPublished(db: Db, page: string): Promise<number> {
  const row = await db
    .selectFrom("comments")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("page_id", "=", page)
    .where("state", "=", "published")
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function answered(eb: Comments, page: string) {
  return eb
    .selectFrom("comments as answers")
    .select("answers.parent_id")
    .where("answers.page_id", "=", page)
    .where("answers.state", "=", "published")
    .where("answers.parent_id", "is not", null)
}

// What readers once saw leaves a stub, so that nobody wonders where it went; spam leaves nothing.
function isShown(eb: Comments) {
  return eb.or([eb("comments.state", "=", "published"), eb("comments.was_public", "=", 1).and("comments.state", "!=", "spam")])
}
