import type { Reader } from "../storage/database.ts"

/** A comment that readers see, with its document as stored. */
export interface PublicComment {
  id: string
  name: string
  body: string
  createdAt: string
  /** When readers last saw it change; null when they never did. */
  correctedAt: string | null
  slug: string
  title: string
}

/** The newest comments that readers see, of one page or of all that are not deleted. */
export function listNewestComments(db: Reader, pageId: string | null, limit: number): Promise<PublicComment[]> {
  let query = db
    .selectFrom("comments")
    .innerJoin("pages", "pages.id", "comments.page_id")
    .select(["comments.id", "author_name as name", "body", "comments.created_at as createdAt", "pages.slug", "pages.title"])
    .select((eb) =>
      eb
        .selectFrom("comment_versions")
        .select((of) => of.fn.max("replaced_at").as("at"))
        .whereRef("comment_versions.comment_id", "=", "comments.id")
        .where("was_public", "=", 1)
        .as("correctedAt"),
    )
    .where("comments.state", "=", "published")
    .where("pages.deleted_at", "is", null)
  if (pageId !== null) query = query.where("comments.page_id", "=", pageId)
  return query
    .where("comments.id", "not in", db.selectFrom("redactions").select("comment_id").where("comment_id", "is not", null).where("lifted_at", "is", null).$castTo<string>())
    .orderBy("comments.created_at", "desc")
    .orderBy("comments.id", "desc")
    .limit(limit)
    .execute()
}
