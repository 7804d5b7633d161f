import { type Kysely, sql } from "kysely"
import { migrations } from "../../migrations/index.ts"
import { AppError } from "../errors.ts"
import type { Database } from "./database.ts"

/**
 * Brings the database up to this version of the code, each migration in a transaction of its own; returns the names of
 * those it ran. Refuses (`invalid`) a database that a newer version has already moved on.
 */
export async function migrate(db: Database, now: Date): Promise<string[]> {
  await db.write(async (tx) => {
    await sql`CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)`.execute(tx)
  })
  const ran: string[] = []
  for (const [index, migration] of migrations.entries()) {
    const number = index + 1
    const applied = await db.write(async (tx) => {
      const latest = await latestApplied(tx)
      if (latest > migrations.length) throw tooNew(latest)
      if (latest >= number) return false
      await migration.up(tx as unknown as Kysely<unknown>)
      await sql`INSERT INTO schema_migrations VALUES (${number}, ${migration.name}, ${now.toISOString()})`.execute(tx)
      return true
    })
    if (applied) ran.push(migration.name)
  }
  return ran
}

async function latestApplied(tx: Parameters<Parameters<Database["write"]>[0]>[0]): Promise<number> {
  const { rows } = await sql<{ latest: number | null }>`SELECT max(number) AS latest FROM schema_migrations`.execute(tx)
  return rows[0]?.latest ?? 0
}

function tooNew(latest: number): AppError {
  return new AppError(
    "invalid",
    `This database is at version ${latest}, newer than this program, which knows up to ${migrations.length}. Update Habeas; nothing was changed.`,
  )
}
