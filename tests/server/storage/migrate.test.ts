import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "kysely"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { migrations } from "../../../migrations/index.ts"
import type { Database } from "../../../server/storage/database.ts"
import { migrate, requireCurrent, SCHEMA_VERSION, schemaVersion } from "../../../server/storage/migrate.ts"
import { openTestDatabase } from "../../helpers/fresh-database.ts"

const NOW = new Date("2026-11-23T12:00:00.000Z")

let folder: string
let db: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "habeas-migrate-"))
  db = await openTestDatabase(folder)
})

afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe("migrating", () => {
  it("refuses a database that a newer program has moved on, and changes nothing", async () => {
    await migrate(db, NOW)
    await db.write(async (tx) => {
      await sql`INSERT INTO schema_migrations VALUES (${SCHEMA_VERSION + 1}, 'from the future', ${NOW.toISOString()})`.execute(tx)
    })
    await expect(migrate(db, NOW)).rejects.toThrow(/newer than this program.*nothing was changed/)
    await expect(requireCurrent(db)).rejects.toThrow(/newer than this program/)
    expect(await schemaVersion(db.read)).toBe(SCHEMA_VERSION + 1)
  })

  it("is asked for when a command only looks", async () => {
    await expect(requireCurrent(db)).rejects.toThrow(/habeas migrate/)
  })

  it("runs every migration once, in order", async () => {
    expect(await schemaVersion(db.read)).toBe(0)
    expect(await migrate(db, NOW)).toEqual(migrations.map((migration) => migration.name))
    expect(await migrate(db, NOW)).toEqual([])
    expect(await schemaVersion(db.read)).toBe(SCHEMA_VERSION)
    await requireCurrent(db)
  })

  it("lets two processes that start together run each migration once", async () => {
    const both = await Promise.all([migrate(db, NOW), migrate(db, NOW)])
    expect(both.flat()).toEqual(migrations.map((migration) => migration.name))
  })

  it("leaves nothing of a migration that fails half-way", async () => {
    await migrate(db, NOW)
    const broken = {
      name: "broken",
      up: async (tx: Parameters<(typeof migrations)[number]["up"]>[0]) => {
        await sql`CREATE TABLE half_made (id TEXT PRIMARY KEY)`.execute(tx)
        throw new Error("the power went out")
      },
    }
    migrations.push(broken)
    try {
      await expect(migrate(db, NOW)).rejects.toThrow("the power went out")
    } finally {
      migrations.pop()
    }
    expect(await schemaVersion(db.read)).toBe(migrations.length)
    await expect(sql`SELECT * FROM half_made`.execute(db.read)).rejects.toThrow(/half_made/)
  })
})
