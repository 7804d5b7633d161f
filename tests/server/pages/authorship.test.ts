import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { restorePage, savePage } from "../../../server/pages/actions.ts"
import { readAuthorship, rebuildAuthorship } from "../../../server/pages/authorship/actions.ts"
import { readPage } from "../../../server/pages/actions.ts"
import { anyPage } from "../../helpers/any-document.ts"
import { anyEdit } from "../../helpers/any-edit.ts"
import type { User } from "../../../server/web/viewer.ts"
import { ensureIds } from "../../../editor/document/index.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let ana: User
let bo: User
const slug = "krome-detention-center"

beforeEach(async () => {
  site = await openTestSite()
  ana = await site.user("Ana", "moderator")
  bo = await site.user("Bo", "moderator")
})
afterEach(() => site.close())

describe("authorship", () => {
  it("tells of each word who wrote it, and the shares", async () => {
    await site.page(ana, { markdown: "Visits are on Sundays." })
    await save(bo, 1, "Visits are on Saturdays and Sundays.\n\nCall first.")
    const { contributors, words } = await authorship()
    expect(words).toBe(8)
    expect(contributors.map(({ name, words: count, revisions }) => [name, count, revisions])).toEqual([["Ana", 4, [1]], ["Bo", 4, [2]]])
    expect(contributors.reduce((sum, { share }) => sum + share, 0)).toBe(1)
  })

  it("gives a restored text back to whoever wrote it, and not to whoever restored it", async () => {
    await site.page(ana, { markdown: "Visits are on Sundays." })
    await save(bo, 1, "Nonsense.")
    await restorePage(site.ctx, bo, { slug, number: 1, base: 2 })
    expect(await names()).toEqual(["Ana"])
  })

  it("knows a paragraph again that somebody puts back by hand", async () => {
    const page = await site.page(ana, { markdown: "Visits are on Sundays.\n\nCall first." })
    const old = page.doc.toJSON() as unknown
    await save(bo, 1, "Call first.")
    await savePage(site.ctx, bo, { slug, base: 2, document: old })
    expect(await names()).toEqual(["Ana"])
  })

  it("is the same however it was come by", async () => {
    await fc.assert(
      fc.asyncProperty(anyPage(), fc.array(fc.oneof({ weight: 4, arbitrary: anyEdit }, { weight: 1, arbitrary: fc.nat() }), { minLength: 1, maxLength: 8 }), async (page, steps) => {
        let count = 0
        const titled = `Page ${site.ctx.ids()}`
        const started = await site.page(ana, { title: titled, markdown: undefined, document: ensureIds(page, site.ctx.ids).toJSON() }).catch(() => null)
        if (!started) return
        let head: Omit<typeof started, "warnings"> = started
        for (const step of steps) {
          const author = count++ % 2 ? ana : bo
          const base = head.page.revision
          const where = { slug: head.page.slug, base }
          const saved =
            typeof step === "number"
              ? restorePage(site.ctx, author, { ...where, number: 1 + (step % base) })
              : savePage(site.ctx, author, { ...where, document: ensureIds(step.apply(head.doc), site.ctx.ids).toJSON() })
          // What no page may hold is refused, and changes nothing.
          head = await saved.catch(() => head)
        }
      }),
      { numRuns: 20 },
    )
    const kept = await rows()
    expect(kept.length).toBeGreaterThan(5)
    await rebuildAuthorship(site.ctx)
    expect(await rows()).toEqual(kept)
  })

  it("is the same beyond what is kept of a long past, and reaches back over it", async () => {
    const { page } = await site.page(ana, { markdown: text(0) })
    for (let base = 1; base < 140; base++) await save(bo, base, text(base))
    await restorePage(site.ctx, bo, { slug, number: 3, base: 140 })
    const kept = await rows(page.id)
    expect(kept.map(({ number }) => number)).toEqual([64, 128, 141])
    await rebuildAuthorship(site.ctx)
    expect(await rows(page.id)).toEqual(kept)
    const { contributors } = await authorship()
    expect(contributors.map(({ name, revisions }) => [name, revisions])).toEqual([["Ana", [1]], ["Bo", [3]]])
  })

  it("is worked out for pages from before it was kept", async () => {
    await site.page(ana, { markdown: "Visits are on Sundays." })
    await save(bo, 1, "Visits are on Saturdays.")
    await site.ctx.db.write((tx) => tx.deleteFrom("authorship").execute())
    await save(ana, 2, "Visits are on Saturdays at nine.")
    const { contributors } = await authorship()
    expect(contributors.map(({ name, words }) => [name, words])).toEqual([["Ana", 5], ["Bo", 1]])
  })

  it("costs little room, however many revisions there are", async () => {
    const { page } = await site.page(ana, { markdown: text(0) })
    for (let base = 1; base < 60; base++) await save(bo, base, text(base))
    expect(await rows(page.id)).toHaveLength(1)
  })
})

describe("the page that tells who wrote what", () => {
  beforeEach(async () => {
    await site.page(ana, { markdown: "Visits are on Sundays.\n\n- by day" })
    await save(bo, 1, "Visits are on Sundays.\n\n- by day and <b>night</b>")
  })

  it("names the author of each passage in words, and the shares in a table", async () => {
    const { body, statusCode } = await (await site.browser()).get(`/wiki/${slug}/authorship`)
    expect(statusCode).toBe(200)
    expect(body).toContain("Visits are on Sundays.</span>")
    expect(body).toMatch(/by day<\/span><a class="writer" href="[^"]*\/revisions\/1"><bdi>Ana<\/bdi>, 1<\/a>/)
    expect(body).toMatch(/<a class="writer" href="[^"]*\/diff\/1\/2"><bdi>Bo<\/bdi>, 2<\/a>/)
    expect(body).toMatch(/<svg class="author-shares"[^>]*role="img"/)
    expect(body).toMatch(/<a href="\/users\/Ana"><bdi>Ana<\/bdi><\/a><\/th><td>6<\/td><td>75 %<\/td>/)
    expect(body).not.toMatch(/ style=|<script(?! type="application\/ld)/)
  })

  it("is another page after a save, from what is kept for readers", async () => {
    const reader = await site.browser()
    await reader.get(`/wiki/${slug}/authorship`)
    await save(ana, 2, "Visits are on Sundays.")
    expect((await reader.get(`/wiki/${slug}/authorship`)).body).not.toContain("<bdi>Bo</bdi>")
  })

  it("gives the same to programs", async () => {
    const answer = (await site.app.inject(`/api/v1/pages/${slug}/authorship`)).json() as {
      words: number
      contributors: { name: string; words: number }[]
      blocks: { id: string; runs: { text: string; author: string; revision: number }[] }[]
    }
    expect(answer.words).toBe(8)
    expect(answer.contributors[0]).toMatchObject({ name: "Ana", words: 6, share: 0.75, revisions: [1] })
    expect(answer.blocks[0]!.runs).toEqual([{ text: "Visits are on Sundays.", words: 4, revision: 1, author: "Ana" }])
    expect(answer.blocks[1]!.runs.map(({ author }) => author)).toEqual(["Ana", "Bo"])
  })
})

async function save(author: User, base: number, markdown: string) {
  return savePage(site.ctx, author, { slug, base, markdown })
}

async function authorship() {
  return readAuthorship(site.ctx, await readPage(site.ctx, ana, slug))
}

async function names(): Promise<string[]> {
  return (await authorship()).contributors.map(({ name }) => name)
}

function rows(pageId?: string) {
  const query = site.ctx.db.read.selectFrom("authorship").select(["page_id", "number", "runs"]).orderBy("page_id").orderBy("number")
  return (pageId === undefined ? query : query.where("page_id", "=", pageId)).execute()
}

function text(number: number): string {
  return `Visits are on Sundays from eight.\n\nCalls cost ${number} cents.`
}
