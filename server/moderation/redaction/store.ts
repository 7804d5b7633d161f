import type { Transaction } from "../../storage/database.ts"

/** The id of who saved a revision. */
export async function findAuthor(tx: Transaction, page: string, number: number): Promise<string> {
  const row = await tx.selectFrom("revisions").select("author_id").where("page_id", "=", page).where("number", "=", number).executeTakeFirstOrThrow()
  return row.author_id
}

/** The pages that show this person's name: those they saved and those they commented on. */
export async function pagesOf(tx: Transaction, userId: string): Promise<string[]> {
  const saved = await tx.selectFrom("revisions").select("page_id").distinct().where("author_id", "=", userId).execute()
  const commented = await tx.selectFrom("comments").select("page_id").distinct().where("author_id", "=", userId).execute()
  return [...new Set([...saved, ...commented].map(({ page_id }) => page_id))]
}
