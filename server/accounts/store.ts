import type { Reader, Transaction } from "../storage/database.ts"
import { prepared } from "../storage/prepared.ts"
import type { Account } from "./model.ts"

export interface Credentials extends Account {
  passwordHash: string
}

const columns = ["id", "name", "role", "email", "email_confirmed_at as emailConfirmedAt", "created_at as createdAt"] as const

export async function insertUser(tx: Transaction, user: Credentials & { nameKey: string }): Promise<void> {
  await tx
    .insertInto("users")
    .values({
      id: user.id,
      name: user.name,
      name_key: user.nameKey,
      email: user.email,
      password_hash: user.passwordHash,
      role: user.role,
      created_at: user.createdAt,
      disabled_at: null,
    })
    .execute()
}

export function findByNameKey(db: Reader | Transaction, key: string): Promise<Credentials | undefined> {
  return db
    .selectFrom("users")
    .select([...columns, "password_hash as passwordHash"])
    .where("name_key", "=", key)
    .where("disabled_at", "is", null)
    .executeTakeFirst()
}

export function findByName(db: Reader, name: string): Promise<Account | undefined> {
  return db.selectFrom("users").select(columns).where("name", "=", name).executeTakeFirst()
}

export function findById(db: Reader | Transaction, id: string): Promise<Credentials | undefined> {
  return userById.first(db, { id })
}

const userById = prepared((db, { id }: { id: string }) =>
  db.selectFrom("users").select([...columns, "password_hash as passwordHash"]).where("id", "=", id).where("disabled_at", "is", null),
)

export async function isNameTaken(tx: Transaction, key: string): Promise<boolean> {
  return (await tx.selectFrom("users").select("id").where("name_key", "=", key).executeTakeFirst()) !== undefined
}

/** Gives an account, and its tokens, another name. */
export async function setName(tx: Transaction, id: string, name: string, key: string): Promise<void> {
  await tx.updateTable("tokens").set({ name }).where("user_id", "=", id).execute()
  await tx.updateTable("users").set({ name, name_key: key }).where("id", "=", id).execute()
}

export async function countAdministrators(db: Reader): Promise<number> {
  const row = await db
    .selectFrom("users")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("role", "=", "administrator")
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export function findFirstAdministrator(db: Reader): Promise<Account | undefined> {
  return db
    .selectFrom("users")
    .select(columns)
    .where("role", "=", "administrator")
    .where("disabled_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst()
}

export async function setRole(tx: Transaction, id: string, role: Account["role"]): Promise<void> {
  await tx.updateTable("users").set({ role }).where("id", "=", id).execute()
}

export async function setPasswordHash(tx: Transaction, id: string, passwordHash: string): Promise<void> {
  await tx.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", id).execute()
}

/** Another address, which nobody has confirmed yet. */
export async function setEmail(tx: Transaction, id: string, email: string | null): Promise<void> {
  await tx.updateTable("users").set({ email, email_confirmed_at: null }).where("id", "=", id).execute()
}

export async function setEmailConfirmed(tx: Transaction, id: string, now: string): Promise<void> {
  await tx.updateTable("users").set({ email_confirmed_at: now }).where("id", "=", id).execute()
}

export async function insertToken(
  tx: Transaction,
  token: { hash: string; userId: string; name: string; createdAt: string },
): Promise<void> {
  await tx
    .insertInto("tokens")
    .values({ token_hash: token.hash, user_id: token.userId, name: token.name, created_at: token.createdAt })
    .execute()
}

export function findByToken(db: Reader, hash: string): Promise<Account | undefined> {
  return userByToken.first(db, { hash })
}

const userByToken = prepared((db, { hash }: { hash: string }) =>
  db
    .selectFrom("tokens")
    .innerJoin("users", "users.id", "tokens.user_id")
    .select(["users.id", "users.name", "users.role", "users.email", "users.email_confirmed_at as emailConfirmedAt", "users.created_at as createdAt"])
    .where("tokens.token_hash", "=", hash)
    .where("users.disabled_at", "is", null),
)

export function findSession(db: Reader, hash: string, now: string): Promise<{ body: string } | undefined> {
  return liveSession.first(db, { hash, now })
}

const liveSession = prepared((db, { hash, now }: { hash: string; now: string }) =>
  db.selectFrom("sessions").select("body").where("token_hash", "=", hash).where("expires_at", ">", now),
)

export async function saveSession(
  tx: Transaction,
  session: { hash: string; userId: string | null; body: string; createdAt: string; expiresAt: string },
): Promise<void> {
  await tx
    .insertInto("sessions")
    .values({
      token_hash: session.hash,
      user_id: session.userId,
      body: session.body,
      created_at: session.createdAt,
      expires_at: session.expiresAt,
    })
    .onConflict((conflict) => conflict.column("token_hash").doUpdateSet({ body: session.body, user_id: session.userId }))
    .execute()
}

export async function deleteSession(tx: Transaction, hash: string): Promise<void> {
  await tx.deleteFrom("sessions").where("token_hash", "=", hash).execute()
}

/** Ends the person's sessions, all but the one named. */
export async function deleteSessionsOf(tx: Transaction, userId: string, except: string): Promise<void> {
  await tx.deleteFrom("sessions").where("user_id", "=", userId).where("token_hash", "!=", except).execute()
}

export async function deleteExpiredSessions(tx: Transaction, now: string): Promise<void> {
  await tx.deleteFrom("sessions").where("expires_at", "<=", now).execute()
}
