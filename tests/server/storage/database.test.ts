import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Database, nextNumber, type Transaction } from "../../../server/storage/database.ts"
import { migrate } from "../../../server/storage/migrate.ts"
import { openTestDatabase } from "../../helpers/fresh-database.ts"

const NOW = "2026-11-23T12:00:00.000Z"

let folder: string
let db: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "habeas-database-"))
  db = await openTestDatabase(folder)
  await migrate(db, new Date(NOW))
})

afterEach(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

describe("writing", () => {
  it("rolls all of a transaction back when its work fails, and throws the reason on", async () => {
    const work = db.write(async (tx) => {
      await addUser(tx, "Ana")
      throw new Error("no")
    })
    await expect(work).rejects.toThrow("no")
    expect(await names()).toEqual([])
  })

  it("refuses a statement that fails and keeps what others wrote", async () => {
    await db.write((tx) => addUser(tx, "Ana"))
    const work = db.write(async (tx) => {
      await addUser(tx, "Bo")
      await addUser(tx, "Ana")
    })
    await expect(work).rejects.toThrow(/unique/i)
    expect(await names()).toEqual(["Ana"])
  })

  it("does not take a bystander's write along when one of two overlapping ones rolls back", async () => {
    const failing = db.write(async (tx) => {
      await addUser(tx, "Ana")
      await Promise.resolve()
      throw new Error("no")
    })
    const bystander = db.write(async (tx) => {
      await addUser(tx, "Bo")
      return "kept"
    })
    const [refused, kept] = await Promise.allSettled([failing, bystander])
    expect(refused.status).toBe("rejected")
    expect(kept).toEqual({ status: "fulfilled", value: "kept" })
    expect(await names()).toEqual(["Bo"])
  })

  it("numbers without gaps or doubles however many write at once", async () => {
    const numbers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        db.write(async (tx) => {
          const number = await nextNumber(tx, "events")
          if (index % 4 === 0) throw new Error("given back")
          return number
        }).catch(() => null),
      ),
    )
    const given = numbers.filter((number) => number !== null).sort((a, b) => a - b)
    expect(given).toEqual(Array.from({ length: 15 }, (_, index) => index + 1))
  })

  it("gives out several numbers at once, and the first of them", async () => {
    expect(await db.write((tx) => nextNumber(tx, "blocks", 5))).toBe(1)
    expect(await db.write((tx) => nextNumber(tx, "blocks"))).toBe(6)
  })
})

describe("the stamp", () => {
  it("differs after a commit and stays as it is between", async () => {
    const before = await db.stamp()
    expect(await db.stamp()).toEqual(before)
    await db.write((tx) => addUser(tx, "Ana"))
    expect(await db.stamp()).not.toEqual(before)
  })
})

describe("reading one state", () => {
  it("shows what is committed", async () => {
    await db.write((tx) => addUser(tx, "Ana"))
    expect(await db.snapshot((tx) => tx.selectFrom("users").select("name").execute())).toEqual([{ name: "Ana" }])
  })
})

describe("looking after itself", () => {
  it("finds nothing wrong in a whole database and keeps its statistics", async () => {
    await db.write((tx) => addUser(tx, "Ana"))
    await db.tend()
    expect(await db.check()).toEqual([])
  })
})

async function addUser(tx: Transaction, name: string): Promise<void> {
  await tx
    .insertInto("users")
    .values({ id: name, name, name_key: name, email: null, password_hash: "", role: "editor", created_at: NOW, disabled_at: null })
    .execute()
}

async function names(): Promise<string[]> {
  return (await db.read.selectFrom("users").select("name").orderBy("name").execute()).map(({ name }) => name)
}
