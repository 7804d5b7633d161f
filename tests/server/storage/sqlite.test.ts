import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import BetterSqlite from "better-sqlite3"
import { sql } from "kysely"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readConfig } from "../../../server/config.ts"
import type { Database, Transaction } from "../../../server/storage/database.ts"
import { claimFolder, shareFolder } from "../../../server/storage/folder-lock.ts"
import { readSecret } from "../../../server/storage/folder.ts"
import { migrate, SCHEMA_VERSION } from "../../../server/storage/migrate.ts"
import { openDatabase } from "../../../server/storage/open.ts"
import { inspectFile } from "../../../server/storage/sqlite-file.ts"
import { openSqlite } from "../../../server/storage/sqlite.ts"

// What only files have: locks between processes, copies, damage.
let folder: string
let file: string
let db: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "habeas-sqlite-"))
  file = join(folder, "habeas.sqlite")
  db = openSqlite(file)
  await migrate(db, new Date())
})

afterEach(async () => {
  await db.close().catch(() => {})
  rmSync(folder, { recursive: true, force: true })
})

describe("a save", () => {
  it("is on disk before it is acknowledged", async () => {
    const { journal, synchronous } = await db.write(async (tx) => ({
      journal: await sql<{ journal_mode: string }>`PRAGMA journal_mode`.execute(tx),
      synchronous: await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(tx),
    }))
    expect(journal.rows).toEqual([{ journal_mode: "wal" }])
    expect(synchronous.rows).toEqual([{ synchronous: 2 }])
  })

  it("waits for another process that holds the lock, without keeping readers waiting", async () => {
    const other = new BetterSqlite(file)
    other.exec("BEGIN EXCLUSIVE")
    let written = false
    const save = db.write((tx) => addUser(tx, "Ana")).then(() => (written = true))
    for (let reads = 0; reads < 20; reads++) {
      expect(await db.read.selectFrom("users").select("name").execute()).toEqual([])
      await new Promise((next) => setImmediate(next))
    }
    expect(written).toBe(false)
    other.exec("COMMIT")
    await save
    expect(await count()).toBe(1)
    other.close()
  })

  it("is refused as busy when the lock is not given up, and so are those queued behind it", async () => {
    const other = new BetterSqlite(file)
    other.exec("BEGIN EXCLUSIVE")
    const saves = await Promise.allSettled(["Ana", "Bo", "Cy"].map((name) => db.write((tx) => addUser(tx, name))))
    expect(saves.map((save) => save.status === "rejected" && [save.reason.code, save.reason.cause.code])).toEqual(Array(3).fill(["unavailable", "SQLITE_BUSY"]))
    other.exec("COMMIT")
    other.close()
    await db.write((tx) => addUser(tx, "Dee"))
    expect(await count()).toBe(1)
  })

  it("says what went wrong when the disk is full, and works again once there is room", async () => {
    const pages = raw((other) => other.pragma("page_count", { simple: true }) as number)
    const full = openSqlite(file)
    await full.write(async (tx) => {
      await sql.raw(`PRAGMA max_page_count = ${pages}`).execute(tx)
    })
    const big = full.write((tx) => addUser(tx, "x".repeat(500_000)))
    await expect(big).rejects.toMatchObject({ code: "unavailable", message: expect.stringMatching(/disk is full/), cause: { code: "SQLITE_FULL" } })
    await full.write((tx) => addUser(tx, "Ana"))
    expect(await count()).toBe(1)
    await full.close()
  })
})

describe("a copy", () => {
  it("holds one state, whatever is saved meanwhile, is whole by itself and logs nobody in", async () => {
    await db.write(async (tx) => {
      for (let index = 0; index < 400; index++) await addUser(tx, `User ${index} ${"x".repeat(20_000)}`)
      await tx.insertInto("sessions").values({ token_hash: "canary-of-a-session", user_id: null, body: "{}", created_at: "", expires_at: "" }).execute()
    })
    const target = join(folder, "copy.sqlite")
    const parts: number[] = []
    const saves: Promise<void>[] = []
    await db.backup(target, (part) => {
      parts.push(part)
      saves.push(db.write((tx) => addUser(tx, `Late ${parts.length}`)))
    })
    await Promise.all(saves)
    expect(parts.length).toBeGreaterThan(3)
    expect(existsSync(`${target}-wal`)).toBe(false)
    expect(inspectFile(target)).toEqual({ version: SCHEMA_VERSION, faults: [] })
    const copy = new BetterSqlite(target)
    expect(copy.prepare("SELECT count(*) FROM users").pluck().get()).toBe(400)
    copy.close()
    expect(readFileSync(target).includes("canary-of-a-session")).toBe(false)
  })
})

describe("reading one state", () => {
  it("is not disturbed by what is saved meanwhile", async () => {
    await db.snapshot(async (tx) => {
      const before = await tx.selectFrom("users").select("name").execute()
      await db.write((other) => addUser(other, "Ana"))
      expect(await tx.selectFrom("users").select("name").execute()).toEqual(before)
    })
    expect(await count()).toBe(1)
  })
})

describe("opening", () => {
  it("refuses what is no database, and leaves it as it is", async () => {
    await db.close()
    writeFileSync(file, "This is a letter, not a database. ".repeat(100))
    const before = readFileSync(file)
    await expect(open()).rejects.toThrow(/habeas\.sqlite is not a database, or is damaged; it was left as it is/)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it("refuses another program's database", async () => {
    await db.close()
    rmSync(file)
    raw((other) => other.exec("CREATE TABLE recipes (name TEXT)"))
    await expect(open()).rejects.toThrow(/some other program/)
    expect(raw((other) => other.prepare("SELECT name FROM sqlite_schema").pluck().all())).toEqual(["recipes"])
  })

  it("refuses a folder that has lost its database instead of beginning anew", async () => {
    readSecret(folder)
    await db.close()
    rmSync(file)
    await expect(open()).rejects.toThrow(/habeas\.sqlite is missing.*Restore a backup/)
    expect(existsSync(file)).toBe(false)
  })

  it("refuses a folder whose database is gone while its log is still there", async () => {
    await db.write((tx) => addUser(tx, "Ana"))
    copyFileSync(`${file}-wal`, join(folder, "kept"))
    await db.close()
    rmSync(file)
    copyFileSync(join(folder, "kept"), `${file}-wal`)
    await expect(open()).rejects.toThrow(/habeas\.sqlite is missing/)
  })

  it("finds damage that the engine can see", async () => {
    for (let index = 0; index < 30; index++) await db.write((tx) => addUser(tx, `User ${index} ${"x".repeat(3_000)}`))
    await db.close()
    const bytes = readFileSync(file)
    bytes.fill(0xff, bytes.length - 3 * 4096, bytes.length - 4096)
    writeFileSync(file, bytes)
    expect(inspectFile(file).faults).not.toEqual([])
  })
})

describe("the folder", () => {
  it("is shared by those who work in it, and can then not be had alone", () => {
    const one = shareFolder(folder)
    const two = shareFolder(folder)
    expect(() => claimFolder(folder)).toThrow(/Habeas is running/)
    one()
    expect(() => claimFolder(folder)).toThrow(/Habeas is running/)
    two()
    const alone = claimFolder(folder)
    expect(() => shareFolder(folder)).toThrow(/A restore is running/)
    alone()
    shareFolder(folder)()
  })

  it("keeps its secret", () => {
    const secret = readSecret(folder)
    expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(readSecret(folder)).toBe(secret)
    writeFileSync(join(folder, "secret"), secret.slice(0, 10))
    expect(() => readSecret(folder)).toThrow(/damaged/)
  })
})

function open() {
  return openDatabase(readConfig({ DATA_DIR: folder }))
}

function raw<T>(work: (other: BetterSqlite.Database) => T): T {
  const other = new BetterSqlite(file)
  try {
    return work(other)
  } finally {
    other.close()
  }
}

async function addUser(tx: Transaction, name: string): Promise<void> {
  await tx
    .insertInto("users")
    .values({ id: name, name, name_key: name, email: null, password_hash: "", role: "editor", created_at: "", disabled_at: null })
    .execute()
}

async function count(): Promise<number> {
  return (await db.read.selectFrom("users").select("name").execute()).length
}
