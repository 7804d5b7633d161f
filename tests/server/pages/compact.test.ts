import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { packBlocks, readRevision, restorePage, savePage } from "../../../server/pages/actions.ts"
import { cut, deflated, frameOf, unpacked } from "../../../server/pages/blocks/packing.ts"
import { readBlocks, rewriteBlock } from "../../../server/pages/blocks/store.ts"
import { forgetDocuments } from "../../../server/pages/documents.ts"
import type { Page } from "../../../server/pages/model.ts"
import { verifySite } from "../../../server/transfer/verify.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let ana: User
let page: Page
const slug = "krome-detention-center"
const SAVES = 20

beforeEach(async () => {
  site = await openTestSite()
  ana = await site.user("Ana")
  page = (await site.page(ana, { markdown: textAt(1) })).page
  for (let base = 1; base < SAVES; base++) await savePage(site.ctx, ana, { slug, base, markdown: textAt(base + 1) })
  page = { ...page, revision: SAVES }
})
afterEach(() => site.close())

describe("packing earlier texts", () => {
  it("changes nothing that anybody reads, and leaves nothing to do", async () => {
    const before = await everyText()
    await unpackAll()
    const heaped = await bytes()
    const parts: number[] = []
    expect(await packBlocks(site.ctx, (part) => parts.push(part))).toBeGreaterThan(SAVES - 5)
    expect(parts.at(-1)).toBe(1)
    expect(await bytes()).toBeLessThan(heaped * 0.2)
    expect(await everyText()).toEqual(before)
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
    expect(await packBlocks(site.ctx, () => {})).toBe(0)
  })

  it("keeps an edited paragraph as the edit, from the moment it is saved", async () => {
    const whole = Buffer.byteLength(JSON.stringify((await readRevision(site.ctx.db.read, page, 1)).doc.toJSON()))
    expect(await bytes()).toBeLessThan(whole * 3)
  })

  it("leaves the text that readers are shown as it is", async () => {
    await unpackAll()
    await packBlocks(site.ctx, () => {})
    const { blocks } = await site.ctx.db.read.selectFrom("revisions").select("blocks").where("number", "=", SAVES).executeTakeFirstOrThrow()
    const { readKeys } = await import("../../../server/pages/key-list.ts")
    const shown = await site.ctx.db.read.selectFrom("blocks").select("body").where("key", "in", readKeys(blocks)).execute()
    expect(shown.every(({ body }) => body.startsWith("{"))).toBe(true)
  })

  it("packs what has been replaced since, and only that", async () => {
    await packBlocks(site.ctx, () => {})
    await savePage(site.ctx, ana, { slug, base: SAVES, markdown: textAt(SAVES + 1) })
    const before = await everyText()
    expect(await packBlocks(site.ctx, () => {})).toBeLessThanOrEqual(2)
    expect(await everyText()).toEqual(before)
  })

  it("never packs what others are packed against, whatever is saved meanwhile", async () => {
    const saves: Promise<unknown>[] = []
    await packBlocks(site.ctx, () => void saves.push(savePage(site.ctx, ana, { slug, base: SAVES, markdown: textAt(90 + saves.length) }).catch(() => null)))
    await Promise.all(saves)
    const rows = await site.ctx.db.read.selectFrom("blocks").select(["key", "body"]).execute()
    const bodies = new Map(rows.map(({ key, body }) => [key, body]))
    const frames = rows.flatMap(({ body }) => frameOf(body) ?? [])
    expect(frames.length).toBeGreaterThan(10)
    expect(frames.every((key) => bodies.get(key)!.startsWith("{"))).toBe(true)
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
  })

  it("finds a packed paragraph again by its content, so that a restored text costs nothing", async () => {
    await packBlocks(site.ctx, () => {})
    const count = (await allBlocks()).length
    await restorePage(site.ctx, ana, { slug, number: 3, base: SAVES })
    expect(await allBlocks()).toHaveLength(count)
  })

  it("can be ended at any point", async () => {
    await savePage(site.ctx, ana, { slug, base: SAVES, markdown: Array.from({ length: 400 }, (_, at) => `Line ${at} of many.`).join("\n\n") })
    page = { ...page, revision: SAVES + 1 }
    const before = await everyText()
    const killed = packBlocks(site.ctx, () => {
      throw new Error("killed")
    })
    await expect(killed).rejects.toThrow("killed")
    expect(await everyText()).toEqual(before)
    await packBlocks(site.ctx, () => {})
    expect(await everyText()).toEqual(before)
  })

  it("keeps what was packed against a block whose words are removed for good", async () => {
    await packBlocks(site.ctx, () => {})
    const before = await everyText()
    const frame = await site.ctx.db.read.selectFrom("blocks").selectAll().where("body", "like", "%edit 1.%").executeTakeFirstOrThrow()
    const gone = JSON.stringify({ type: "paragraph", content: [{ type: "text", text: "[removed]" }] })
    await site.ctx.db.write((tx) => rewriteBlock(tx, frame.key, gone))
    const after = await everyText()
    expect(after[0]).toContain("[removed]")
    expect(after.slice(1)).toEqual(before.slice(1))
    expect((await allBlocks()).filter(({ body }) => frameOf(body) === frame.key)).toEqual([])
  })

  it("names a packed block that was damaged instead of failing", async () => {
    await packBlocks(site.ctx, () => {})
    const block = await site.ctx.db.read.selectFrom("blocks").selectAll().where("body", "like", "=%").executeTakeFirstOrThrow()
    await site.ctx.db.write((tx) => tx.updateTable("blocks").set({ body: `${block.body}x` }).where("key", "=", block.key).execute())
    const { faults } = await verifySite(site.ctx, () => {})
    expect(faults.join()).toMatch(/revision \d+: block \d+ was altered/)
  })

  async function everyText(): Promise<string[]> {
    forgetDocuments()
    const texts: string[] = []
    for (let number = 1; number <= page.revision; number++) {
      const { doc } = await readRevision(site.ctx.db.read, page, number)
      texts.push(JSON.stringify(doc.toJSON()))
    }
    return texts
  }

  async function bytes(): Promise<number> {
    return (await allBlocks()).reduce((sum, { body }) => sum + body.length, 0)
  }

  function allBlocks() {
    return site.ctx.db.read.selectFrom("blocks").select(["key", "hash", "body"]).execute()
  }

  /** As blocks are that were kept before edits were packed as they came. */
  async function unpackAll(): Promise<void> {
    const blocks = await readBlocks(site.ctx.db.read, (await allBlocks()).map(({ key }) => key))
    await site.ctx.db.write(async (tx) => {
      for (const { key, hash, body } of blocks.values()) await tx.updateTable("blocks").set({ hash, body }).where("key", "=", key).execute()
    })
  }
})

describe("a packed body", () => {
  const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.constantFrom("👍🏿 año", "👍🏾 año", "日本語", "a😀b", "a😁b"))

  it.each([["cut", cut], ["deflated", deflated]] as const)("is read as it was, however it was packed: %s", (_name, pack) => {
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (start, one, other, end) => {
        const common = start.repeat(20)
        const frame = { key: 7, body: wellFormed(common + one + end) }
        const body = wellFormed(common + other + end)
        const small = pack(body, frame)
        if (small === null) return
        expect(frameOf(small)).toBe(7)
        // As it comes back from a database.
        expect(unpacked(Buffer.from(small).toString(), frame.body)).toBe(body)
      }),
      { numRuns: 500 },
    )
  })
})

/** Without halves of characters, which no document has. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString()
}

/** The same paragraph edited over and over, and one that stays. */
function textAt(number: number): string {
  const words = "Visits are on weekends from eight to three and families should bring an identity document with a picture ".repeat(4)
  return `${words} edit ${number}. ${words}\n\nThe center is in Miami.`
}
