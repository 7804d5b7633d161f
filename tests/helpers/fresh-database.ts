import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Database } from "../../server/storage/database.ts"
import { overPool } from "../../server/storage/postgres.ts"
import { openSqlite } from "../../server/storage/sqlite.ts"
import { openFilledPool, openPglitePool } from "./pglite.ts"

const FILE = "habeas.sqlite"
const isPostgres = process.env.TEST_ENGINE === "postgres"

type Fill = (db: Database) => Promise<void>

/** An empty database. The engine is the project's that runs: every test of the server runs on both (tests/vitest.config.ts). */
export async function openTestDatabase(dataDir: string): Promise<Database> {
  return isPostgres ? overPool(await openPglitePool()) : openSqlite(join(dataDir, FILE))
}

/** A database as `fill` leaves it, which has to be the same `fill` always: it is run once in each worker, and copied after that. */
export async function openFilledDatabase(dataDir: string, fill: Fill): Promise<Database> {
  if (isPostgres) return overPool(await openFilledPool((pool) => fill(overPool(pool))))
  filled ??= fillFile(fill)
  writeFileSync(join(dataDir, FILE), await filled)
  return openSqlite(join(dataDir, FILE))
}

let filled: Promise<Buffer> | undefined

async function fillFile(fill: Fill): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "habeas-filled-"))
  const db = openSqlite(join(folder, FILE))
  await fill(db)
  await db.close()
  const bytes = readFileSync(join(folder, FILE))
  rmSync(folder, { recursive: true })
  return bytes
}
