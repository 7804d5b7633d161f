import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"
import type { User } from "../../web/viewer.ts"
import { type Standing, unknownStanding } from "./model.ts"

type Db = Reader | Transaction

export async function findStanding(db: Db, userId: string): Promise<Standing> {
  return (await standingOf.first(db, { userId })) ?? unknownStanding
}

const standingOf = prepared((db, { userId }: { userId: string }) =>
  db
    .selectFrom("trust")
    .leftJoin("users", "users.id", "trust.set_by")
    .select(["trust.accepted", "trust.by_hand as byHand", "trust.reason", "users.name as setBy"])
    .where("trust.user_id", "=", userId),
)

/** Counts a person's accepted edits anew: revisions that somebody else looked at and found good. */
export async function countAccepted(tx: Transaction, userId: string): Promise<void> {
  const row = await tx
    .selectFrom("reviews")
    .innerJoin("revisions", (join) => join.onRef("revisions.page_id", "=", "reviews.page_id").onRef("revisions.number", "=", "reviews.number"))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("revisions.author_id", "=", userId)
    .where("reviews.reviewer_id", "!=", userId)
    .where("reviews.accepted", "=", 1)
    .executeTakeFirstOrThrow()
  const accepted = Number(row.count)
  await tx
    .insertInto("trust")
    .values({ user_id: userId, accepted, by_hand: null, reason: "", set_by: null, set_at: null })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet({ accepted }))
    .execute()
}

export async function setByHand(
  tx: Transaction,
  userId: string,
  { byHand, reason, by, now }: { byHand: Standing["byHand"]; reason: string; by: string; now: string },
): Promise<void> {
  const set = { by_hand: byHand, reason, set_by: by, set_at: now }
  await tx
    .insertInto("trust")
    .values({ user_id: userId, accepted: 0, ...set })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(set))
    .execute()
}

export async function roleOf(db: Db, userId: string): Promise<User["role"] | undefined> {
  return (await db.selectFrom("users").select("role").where("id", "=", userId).executeTakeFirst())?.role
}

/** Who wrote these revisions of a page. */
export async function authorsOf(
  tx: Transaction,
  page: string,
  numbers: readonly number[],
): Promise<{ id: string; role: User["role"]; number: number }[]> {
  if (numbers.length === 0) return []
  return tx
    .selectFrom("revisions")
    .innerJoin("users", "users.id", "revisions.author_id")
    .select(["users.id", "users.role", "revisions.number"])
    .where("revisions.page_id", "=", page)
    .where("revisions.number", "in", [...numbers])
    .execute()
}
