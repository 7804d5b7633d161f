import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { type Database, type Transaction } from "../../../server/storage/database.ts"
import { nextNumber } from "../../../server/storage/sequences.ts"
import { migrate } from "../../../server/storage/migrate.ts"
import { insertRow, prepared } from "../../../server/storage/prepared.ts"
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

describe("a prepared query", () => {
  const storedBody = prepared((db, { token, now }: { token: string; now: string }) =>
    db.selectFrom("sessions").select("body").where("token_hash", "=", token).where("expires_at", ">", now).limit(1),
  )

  it("answers each time for the values it is given, within a transaction and without", async () => {
    await db.write(async (tx) => {
      await insertRow(tx, "sessions", { ...session, token_hash: "one", body: "first" })
      await insertRow(tx, "sessions", { ...session, token_hash: "two", body: "second" })
      expect(await storedBody.first(tx, { token: "two", now: NOW })).toEqual({ body: "second" })
    })
    expect(await storedBody.first(db.read, { token: "one", now: NOW })).toEqual({ body: "first" })
    expect(await storedBody.all(db.read, { token: "two", now: NOW })).toEqual([{ body: "second" }])
    expect(await storedBody.first(db.read, { token: "two", now: session.expires_at })).toBeUndefined()
  })

  it("counts the rows it changed", async () => {
    const ended = prepared((db, { body }: { body: string }) => db.updateTable("sessions").set({ body }).where("user_id", "is", null))
    await db.write(async (tx) => {
      expect(await ended.run(tx, { body: "" })).toBe(0n)
      await insertRow(tx, "sessions", { ...session, token_hash: "one", body: "first" })
      expect(await ended.run(tx, { body: "other" })).toBe(1n)
    })
  })

  it("refuses to be made by what is only known later", async () => {
    const wrong = prepared((db, { age }: { age: number }) => db.selectFrom("events").select("seq").where("seq", ">", age - 1))
    await expect(wrong.all(db.read, { age: 7 })).rejects.toThrow("“age”")
  })
})

const session = { user_id: null, created_at: NOW, expires_at: "2026-12-01T00:00:00.000Z" }

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
