import type { Transaction } from "../../storage/database.ts"

export async function keepResolution(tx: Transaction, comment: string, { revision, now }: { revision: number; now: string }): Promise<void> {
  await tx
    .insertInto("comment_resolutions")
    .values({ comment_id: comment, revision, resolved_at: now })
    .onConflict((conflict) => conflict.column("comment_id").doUpdateSet({ revision, resolved_at: now }))
    .execute()
}

/** False when there was none. */
export async function deleteResolution(tx: Transaction, comment: string): Promise<boolean> {
  return (await tx.deleteFrom("comment_resolutions").where("comment_id", "=", comment).returning("comment_id").executeTakeFirst()) !== undefined
}
