import type { Reader, Transaction } from "../../storage/database.ts"
import type { Mail, MailKind, MailState, Recipient } from "./model.ts"

type Db = Reader | Transaction

const columns = ["id", "recipient", "is_guest as isGuest", "kind", "state", "attempts", "error", "created_at as createdAt", "updated_at as updatedAt"] as const

export async function insertMail(tx: Transaction, mail: Mail): Promise<void> {
  await tx
    .insertInto("mails")
    .values({
      id: mail.id,
      recipient: mail.recipient,
      is_guest: mail.isGuest ? 1 : 0,
      kind: mail.kind,
      state: mail.state,
      attempts: mail.attempts,
      error: mail.error,
      address_key: null,
      token_hash: null,
      created_at: mail.createdAt,
      updated_at: mail.updatedAt,
    })
    .execute()
}

export async function findMail(db: Db, id: string): Promise<Mail | undefined> {
  const row = await db.selectFrom("mails").select(columns).where("id", "=", id).executeTakeFirst()
  return row && { ...row, isGuest: row.isGuest === 1 }
}

/** The mail in which the secret with this hash was sent, with the keyed hash of the address it went to. */
export async function findByToken(db: Db, hash: string): Promise<(Mail & { addressKey: string | null }) | undefined> {
  const row = await db.selectFrom("mails").select([...columns, "address_key as addressKey"]).where("token_hash", "=", hash).executeTakeFirst()
  return row && { ...row, isGuest: row.isGuest === 1 }
}

/** The last mail of a kind to a recipient; those that had nothing to say are left out. */
export async function findLast(db: Db, recipient: string, kind: MailKind): Promise<Mail | undefined> {
  const row = await db
    .selectFrom("mails")
    .select(columns)
    .where("recipient", "=", recipient)
    .where("kind", "=", kind)
    .where("state", "!=", "dropped")
    .orderBy("created_at", "desc")
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, isGuest: row.isGuest === 1 }
}

/** Mails of a kind that went to a recipient since a moment. */
export async function countSent(db: Db, recipient: string, kind: MailKind, since: string): Promise<number> {
  const rows = await db
    .selectFrom("mails")
    .select("id")
    .where("recipient", "=", recipient)
    .where("kind", "=", kind)
    .where("state", "=", "sent")
    .where("updated_at", ">=", since)
    .execute()
  return rows.length
}

/** Confirmations that went to an address since a moment, whoever asked for them. */
export async function countConfirmations(db: Db, addressKey: string, since: string): Promise<number> {
  const rows = await db
    .selectFrom("mails")
    .select("id")
    .where("kind", "=", "confirmation")
    .where("created_at", ">=", since)
    .where("address_key", "=", addressKey)
    .where("state", "=", "sent")
    .execute()
  return rows.length
}

/** What goes with the next try: the hash of its secret, and of the address where that matters later. */
export async function keepToken(tx: Transaction, id: string, { hash, addressKey, attempts }: { hash: string; addressKey: string | null; attempts: number }): Promise<void> {
  await tx.updateTable("mails").set({ token_hash: hash, address_key: addressKey, attempts }).where("id", "=", id).execute()
}

export async function setState(tx: Transaction, id: string, state: MailState, { error, now }: { error: string; now: string }): Promise<void> {
  await tx.updateTable("mails").set({ state, error, updated_at: now }).where("id", "=", id).execute()
}

/** The secret of a mail has served; false when it had before. */
export async function spendToken(tx: Transaction, hash: string): Promise<boolean> {
  const done = await tx.updateTable("mails").set({ token_hash: null }).where("token_hash", "=", hash).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** What waits or was given up, the oldest first, with the names of those who have one. */
export async function listOutbox(db: Db, limit: number): Promise<(Mail & { name: string | null })[]> {
  const rows = await db
    .selectFrom("mails")
    .leftJoin("users", "users.id", "mails.recipient")
    .select(["mails.id", "mails.recipient", "mails.is_guest as isGuest", "mails.kind", "mails.state", "mails.attempts", "mails.error"])
    .select(["mails.created_at as createdAt", "mails.updated_at as updatedAt", "users.name"])
    .where("mails.state", "in", ["waiting", "given-up"])
    .orderBy("mails.created_at")
    .orderBy("mails.id")
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, isGuest: row.isGuest === 1 }))
}

/** The ids of mails that wait and for which no job of this kind is there, the oldest first. */
export async function listStranded(db: Db, kind: string): Promise<string[]> {
  const rows = await db
    .selectFrom("mails")
    .select("id")
    .where("state", "=", "waiting")
    .where("id", "not in", db.selectFrom("jobs").select("unique_key").where("kind", "=", kind).where("unique_key", "is not", null).$castTo<string>())
    .orderBy("created_at")
    .orderBy("id")
    .execute()
  return rows.map(({ id }) => id)
}

/** Takes back what waits for a recipient who wants no mail. */
export async function dropWaiting(tx: Transaction, { recipient }: Pick<Recipient, "recipient">, now: string): Promise<void> {
  await tx
    .updateTable("mails")
    .set({ state: "dropped", updated_at: now })
    .where("recipient", "=", recipient)
    .where("state", "=", "waiting")
    .execute()
}

/** Forgets mails that are settled since long: the links in them end with them. */
export async function deleteMailsBefore(tx: Transaction, before: string): Promise<void> {
  await tx.deleteFrom("mails").where("state", "!=", "waiting").where("updated_at", "<", before).execute()
}

export async function isPaused(db: Db, userId: string): Promise<boolean> {
  return (await db.selectFrom("mail_pauses").select("user_id").where("user_id", "=", userId).executeTakeFirst()) !== undefined
}

export async function setPaused(tx: Transaction, userId: string, now: string | null): Promise<void> {
  await tx.deleteFrom("mail_pauses").where("user_id", "=", userId).execute()
  if (now !== null) await tx.insertInto("mail_pauses").values({ user_id: userId, paused_at: now }).execute()
}
