import type { Reader, Transaction } from "../../storage/database.ts"
import type { Protection } from "./model.ts"

type Db = Reader | Transaction

export function findProtection(db: Db, scope: string): Promise<Protection | undefined> {
  return db
    .selectFrom("protections")
    .innerJoin("users", "users.id", "protections.set_by")
    .select(["level", "reason", "expires_at as expiresAt", "users.name as setBy", "protections.created_at as createdAt"])
    .where("scope", "=", scope)
    .executeTakeFirst()
}

export async function putProtection(
  tx: Transaction,
  scope: string,
  protection: Omit<Protection, "setBy"> & { by: string },
): Promise<void> {
  const { level, reason, expiresAt, by, createdAt } = protection
  const row = { level, reason, expires_at: expiresAt, set_by: by, created_at: createdAt }
  await tx
    .insertInto("protections")
    .values({ scope, ...row })
    .onConflict((conflict) => conflict.column("scope").doUpdateSet(row))
    .execute()
}

export async function deleteProtection(tx: Transaction, scope: string): Promise<void> {
  await tx.deleteFrom("protections").where("scope", "=", scope).execute()
}

/** The pages that have a level of their own. */
export async function protectedPages(tx: Transaction): Promise<string[]> {
  const rows = await tx.selectFrom("protections").select("scope").where("scope", "!=", "site").execute()
  return rows.map(({ scope }) => scope)
}
