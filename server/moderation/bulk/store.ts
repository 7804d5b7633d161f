import { corrections } from "../../comments/actions.ts"
import type { Reader } from "../../storage/database.ts"

export interface CommentFilter {
  state: "held" | "published"
  /** The name that stands over it. */
  name?: string
  /** The slug of its page. */
  page?: string
  /** ISO time. */
  since?: string
  limit: number
}

/** Comments that fit, newest first, with their pages; hidden ones and those of deleted pages left out. */
export function findComments(db: Reader, { state, name, page, since, limit }: CommentFilter) {
  let query = db
    .selectFrom("comments")
    .innerJoin("pages", "pages.id", "comments.page_id")
    .select(["comments.id", "comments.author_name as name", "comments.body", "comments.created_at as createdAt", "pages.slug", "pages.title"])
    .select((eb) => ["comments.author_id as authorId", corrections(eb)])
    .where("comments.state", "=", state)
    .where("pages.deleted_at", "is", null)
    .where("comments.id", "not in", db.selectFrom("redactions").select("comment_id").where("comment_id", "is not", null).where("lifted_at", "is", null).$castTo<string>())
  if (name) query = query.where("comments.author_name", "=", name)
  if (page) query = query.where("pages.slug", "=", page)
  if (since) query = query.where("comments.created_at", ">=", since)
  return query.orderBy("comments.created_at", "desc").orderBy("comments.id", "desc").limit(limit).execute()
}

/** How often each of these comments was corrected. */
export function versionsOf(db: Reader, ids: readonly string[]) {
  return db.selectFrom("comments").select((eb) => ["comments.id", corrections(eb)]).where("comments.id", "in", ids).execute()
}
