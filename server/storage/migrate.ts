import { type Kysely, sql } from "kysely"
import { migrations } from "../../migrations/index.ts"
import { AppError } from "../errors.ts"
import type { Database, Reader, Transaction } from "./database.ts"

/** The version of the schema that this code speaks. */
export const SCHEMA_VERSION = migrations.length

/**
 * Brings the database up to this version of the code, each migration in a transaction of its own; returns the names of
 * those it ran. Refuses (`invalid`) a database that a newer version has already moved on.
 */
export async function migrate(db: Database, now: Date): Promise<string[]> {
  const version = await schemaVersion(db.read)
  if (version > SCHEMA_VERSION) throw tooNew(version)
  const ran: string[] = []
  for (const [index, migration] of migrations.entries()) {
    if (version > index) continue
    const applied = await db.write((tx) => step(tx, index + 1, migration, now))
    if (applied) ran.push(migration.name)
  }
  return ran
}

/** The number of the last migration that ran on this database; 0 when none has. */
export async function schemaVersion(db: Reader): Promise<number> {
  try {
    return await latestApplied(db)
  } catch (error) {
    if (isMissingTable(error)) return 0
    throw error
  }
}

/** Refuses (`invalid`) a database that is not at the version of this code, without touching it. */
export async function requireCurrent(db: Database): Promise<void> {
  const version = await schemaVersion(db.read)
  if (version > SCHEMA_VERSION) throw tooNew(version)
  if (version < SCHEMA_VERSION) {
    throw new AppError("invalid", `This database is at version ${version} of ${SCHEMA_VERSION}. Bring it up to date first: habeas migrate`)
  }
}

/** What is said of a database that a newer program has moved on. */
export function tooNew(version: number): AppError {
  return new AppError(
    "invalid",
    `This database is at version ${version}, newer than this program, which knows up to ${SCHEMA_VERSION}. Update Habeas; nothing was changed.`,
  )
}

// Two processes may start at once: what was read before the turn to write is read again.
async function step(tx: Transaction, number: number, migration: (typeof migrations)[number], now: Date): Promise<boolean> {
  await sql`CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)`.execute(tx)
  if ((await latestApplied(tx)) >= number) return false
  await migration.up(tx as unknown as Kysely<unknown>)
  await sql`INSERT INTO schema_migrations VALUES (${number}, ${migration.name}, ${now.toISOString()})`.execute(tx)
  return true
}

async function latestApplied(db: Reader | Transaction): Promise<number> {
  const { rows } = await sql<{ latest: number | null }>`SELECT max(number) AS latest FROM schema_migrations`.execute(db)
  return rows[0]?.latest ?? 0
}

function isMissingTable(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === "42P01" || (code === "SQLITE_ERROR" && message === "no such table: schema_migrations")
}
