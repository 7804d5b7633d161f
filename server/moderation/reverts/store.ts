import type { Reader, Transaction } from "../../storage/database.ts"

/** The revisions that a person saved since `since`, page by page, each page's in their order; those of deleted pages left out. */
export function listRevisionsBy(
  db: Reader | Transaction,
  { author, since, page, limit }: { author: string; since: string; page?: string; limit: number },
): Promise<{ page: string; number: number }[]> {
  let query = db
    .selectFrom("revisions")
    .innerJoin("pages", "pages.id", "revisions.page_id")
    .select(["revisions.page_id as page", "revisions.number"])
    .where("revisions.author_id", "=", author)
    .where("revisions.created_at", ">=", since)
    .where("pages.deleted_at", "is", null)
  if (page !== undefined) query = query.where("revisions.page_id", "=", page)
  return query.orderBy("revisions.page_id").orderBy("revisions.number").limit(limit).execute()
}
