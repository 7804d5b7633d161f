import { createHash } from "node:crypto"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { restorePage, savePage } from "../../../server/pages/actions.ts"
import { readKeys, writeKeys } from "../../../server/pages/key-list.ts"
import { revisionHash, sealedParts, withheldParts, withhold } from "../../../server/pages/seal.ts"
import { findRevision } from "../../../server/pages/store.ts"
import { verifySite } from "../../../server/transfer/verify.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let ana: User
let pageId: string
const slug = "krome-detention-center"

beforeEach(async () => {
  site = await openTestSite()
  ana = await site.user("Ana")
  pageId = (await site.page(ana, { markdown: "Visits are on Sundays." })).page.id
  await savePage(site.ctx, ana, { slug, base: 1, title: "Krome", markdown: "Visits are on Mondays.", summary: "A guard by the name of Ruiz told me" })
  await restorePage(site.ctx, ana, { slug, number: 1, base: 2 })
})
afterEach(() => site.close())

const faults = async () => (await verifySite(site.ctx, () => {})).faults
const second = async () => (await findRevision(site.ctx.db.read, pageId, 2))!

describe("the seal of a revision", () => {
  it("lets a summary go and the chain verify", async () => {
    const seal = withhold(await second(), ["summary"])
    await site.ctx.db.write((tx) => tx.updateTable("revisions").set({ seal, summary: "" }).where("number", "=", 2).execute())
    expect(await faults()).toEqual([])
    expect(withheldParts(seal)).toEqual(["summary"])
  })

  it("lets a title and the people go, one after the other", async () => {
    const bo = await site.user("Bo")
    for (const [part, change] of [["title", { title: "" }], ["names", { author_id: bo.id }]] as const) {
      const seal = withhold(await second(), [part])
      await site.ctx.db.write((tx) => tx.updateTable("revisions").set({ seal, ...change }).where("number", "=", 2).execute())
    }
    expect(await faults()).toEqual([])
    expect(withheldParts((await second()).seal)).toEqual(["title", "names"])
  })

  it("still shows what else was altered once a part is gone", async () => {
    const seal = withhold(await second(), ["summary"])
    const altered = { seal, summary: "", created_at: "2020-01-01T00:00:00.000Z" }
    await site.ctx.db.write((tx) => tx.updateTable("revisions").set(altered).where("number", "=", 2).execute())
    expect(await faults()).toEqual([`/wiki/${slug} revision 2: its hash does not follow from its content and the revision before it.`])
  })

  it("keeps nothing from which a part that is gone could be guessed", async () => {
    const row = await second()
    const seal = withhold(row, ["summary"])
    const kept = JSON.parse(seal) as Record<string, { salt?: string; gone?: string }>
    expect(kept.summary!.salt).toBeUndefined()
    expect(seal).not.toContain(row.seal!)
    const salts = sealedParts.map((part) => kept[part]!.salt).filter(Boolean)
    const guesses = [...salts, "", "summary"].map((salt) => createHash("sha256").update(JSON.stringify([salt, "summary", row.summary])).digest("base64url"))
    expect(guesses).not.toContain(kept.summary!.gone)
  })

  it("verifies revisions that were hashed before there were seals, and what follows them", async () => {
    await asBefore([1, 2, 3])
    expect(await faults()).toEqual([])
    await savePage(site.ctx, ana, { slug, base: 3, markdown: "All new.", summary: "" })
    expect(await faults()).toEqual([])
    await site.ctx.db.write((tx) => tx.updateTable("revisions").set({ title: "Another" }).where("number", "=", 2).execute())
    expect(await faults()).toEqual([`/wiki/${slug} revision 2: its hash does not follow from its content and the revision before it.`])
  })

  it("holds a revision of that time in its place when a part of it is gone", async () => {
    await asBefore([1, 2, 3])
    const seal = withhold(await second(), ["summary"])
    await site.ctx.db.write((tx) => tx.updateTable("revisions").set({ seal, summary: "" }).where("number", "=", 2).execute())
    expect(await faults()).toEqual([])
    await site.ctx.db.write((tx) => tx.updateTable("revisions").set({ hash: "x".repeat(43) }).where("number", "=", 2).execute())
    expect((await faults()).join()).toContain("revision 3: its hash does not follow")
  })

  /** Hashes the revisions as they were hashed then. */
  async function asBefore(numbers: number[]): Promise<void> {
    await site.ctx.db.write(async (tx) => {
      let parent: string | null = null
      for (const number of numbers) {
        const row = { ...(await findRevision(tx, pageId, number))!, seal: null }
        const found = await tx.selectFrom("blocks").select(["key", "hash"]).where("key", "in", row.keys).execute()
        const hashes = row.keys.map((key) => found.find((block) => block.key === key)!.hash)
        const hash: string = revisionHash(row, parent, hashes)!
        await tx.updateTable("revisions").set({ hash, seal: null, blocks: row.keys.map((key) => key.toString(36)).join(",") }).where("number", "=", number).execute()
        parent = hash
      }
    })
  }
})

describe("a list of keys", () => {
  it("is read as it was written", () => {
    const keys = fc.array(fc.oneof(fc.integer({ min: 1, max: 2 ** 40 }), fc.integer({ min: 1, max: 50 })))
    fc.assert(fc.property(keys, (list) => void expect(readKeys(writeKeys(list))).toEqual(list)))
    const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 70 })))
    const keysOf = (all: [number, number][]) => all.flatMap(([from, count]) => Array.from({ length: count }, (_, at) => from + at))
    fc.assert(fc.property(runs.map(keysOf), (list) => void expect(readKeys(writeKeys(list))).toEqual(list)))
  })

  it("reads the lists of before", () => {
    expect(readKeys("")).toEqual([])
    expect(readKeys("1,a,zz")).toEqual([1, 10, 1295])
  })

  it("takes a few letters for blocks that were kept one right after the other, and for each that was not", () => {
    const keys = Array.from({ length: 30 }, (_, at) => 5_000 + at)
    expect(writeKeys(keys)).toHaveLength(6)
    expect(writeKeys(keys.with(14, 9_000))).toHaveLength(14)
  })

  it("reads those of before runs were counted", () => {
    expect(readKeys(".w4JCC")).toEqual([5_000, 5_001, 5_002])
  })
})
