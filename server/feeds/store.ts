import type { Reader } from "../storage/database.ts"

/** The newest comments of a page that readers see, with their documents as stored. */
export function listNewestComments(db: Reader, pageId: string, limit: number): Promise<{ id: string; name: string; body: string; createdAt: string }[]> {
  return db
    .selectFrom("comments")
    .select(["id", "author_name as name", "body", "created_at as createdAt"])
    .where("page_id", "=", pageId)
    .where("state", "=", "published")
    .where("id", "not in", db.selectFrom("redactions").select("comment_id").where("comment_id", "is not", null).where("lifted_at", "is", null).$castTo<string>())
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute()
}
