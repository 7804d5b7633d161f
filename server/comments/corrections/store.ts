import type { Reader, Transaction } from "../../storage/database.ts"

/** What a comment said before. */
export interface Version {
  body: string
  replacedAt: string
}

/** Keeps what a comment said before it was corrected; the number grows with each. */
export async function keepVersion(tx: Transaction, comment: string, version: Version & { number: number; wasPublic: boolean }): Promise<void> {
  const { number, body, replacedAt, wasPublic } = version
  await tx
    .insertInto("comment_versions")
    .values({ comment_id: comment, number, body, was_public: wasPublic ? 1 : 0, replaced_at: replacedAt })
    .execute()
}

/** All that a comment said before, oldest first; with `isPublic`, what readers saw of it. */
export function listVersions(db: Reader | Transaction, comment: string, { isPublic = false } = {}): Promise<Version[]> {
  let query = db.selectFrom("comment_versions").select(["body", "replaced_at as replacedAt"]).where("comment_id", "=", comment)
  if (isPublic) query = query.where("was_public", "=", 1)
  return query.orderBy("number").execute()
}

export async function deleteVersions(tx: Transaction, comment: string): Promise<void> {
  await tx.deleteFrom("comment_versions").where("comment_id", "=", comment).execute()
}
