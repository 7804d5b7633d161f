import type { Reader, Transaction } from "../../storage/database.ts"

type Db = Reader | Transaction

/** That whoever wrote a comment wants to be told of answers by mail. */
export interface ReplyWish {
  /** The id of the comment. */
  comment: string
  /** A guest's address; null for somebody with an account, where theirs stands. */
  email: string | null
  confirmedAt: string | null
  frequency: "at-once" | "daily"
}

export async function keepWish(tx: Transaction, wish: { comment: string; email: string | null; createdAt: string }): Promise<void> {
  const { comment, email, createdAt } = wish
  await tx
    .insertInto("reply_wishes")
    .values({ comment_id: comment, email, confirmed_at: null, frequency: "at-once", created_at: createdAt })
    .execute()
}

export function findWish(db: Db, comment: string): Promise<ReplyWish | undefined> {
  return db
    .selectFrom("reply_wishes")
    .select(["comment_id as comment", "email", "confirmed_at as confirmedAt", "frequency"])
    .where("comment_id", "=", comment)
    .executeTakeFirst()
}

export async function confirmWish(tx: Transaction, comment: string, { at, frequency }: { at: string; frequency: ReplyWish["frequency"] }): Promise<void> {
  await tx.updateTable("reply_wishes").set({ confirmed_at: at, frequency }).where("comment_id", "=", comment).execute()
}

/** Forgets the wish, and the address with it. */
export async function endWish(tx: Transaction, comment: string): Promise<void> {
  await tx.deleteFrom("reply_wishes").where("comment_id", "=", comment).execute()
}

/** Forgets the addresses of guests who wished it before `before` and never confirmed theirs. */
export async function endStaleWishes(tx: Transaction, before: string): Promise<void> {
  await tx
    .deleteFrom("reply_wishes")
    .where("email", "is not", null)
    .where("confirmed_at", "is", null)
    .where("created_at", "<", before)
    .execute()
}
