import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { restorePage, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let rosa: User

beforeEach(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa")
  await site.page(rosa, { slug: "krome", markdown: "Call the front desk." })
})
afterEach(() => site.close())

const save = (base: number, markdown: string, summary = "") => savePage(site.ctx, rosa, { slug: "krome", base, markdown, summary })

describe("the history of a page", () => {
  it("lists each revision with author, time, size and summary", async () => {
    site.pass(3_600_000)
    await save(1, "Call the front desk before noon.", "Hours")
    const { body } = await (await site.browser()).get("/wiki/krome/history")
    expect(body).toContain("Nov 23, 2026, 13:00 UTC")
    expect(body).toContain("+2 words")
    expect(body).toContain("Hours")
    expect(body).toContain(">Rosa<")
  })

  it("pages through many revisions without losing or doubling one", async () => {
    for (let number = 1; number < 60; number++) await save(number, `Text ${number}.`)
    const browser = await site.browser()
    const seen: string[] = []
    for (let path = "/wiki/krome/history"; path; ) {
      const { body } = await browser.get(path)
      seen.push(...[...body.matchAll(/krome\/revisions\/(\d+)"/g)].map(([, number]) => number!))
      path = /rel="next" href="([^"]+)"/.exec(body)?.[1] ?? ""
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => String(60 - index)))
  })

  it("shows any old revision in full", async () => {
    await save(1, "Call the main desk.")
    const { body } = await (await site.browser()).get("/wiki/krome/revisions/1")
    expect(body).toContain("Call the front desk.")
    expect(body).toContain("not the current page")
  })

  it.each(["/wiki/krome/revisions/2", "/wiki/krome/revisions/x", "/wiki/krome/diff/1/9", "/wiki/krome/diff/0/1", "/wiki/krome/diff/1.5/1"])(
    "answers 404 where there is no such revision: %s",
    async (path) => {
      expect((await (await site.browser()).get(path)).statusCode).toBe(404)
    },
  )
})

describe("a difference", () => {
  it.each(["inline", "side", "source"])("is shown %s and never blank", async (view) => {
    await save(1, "Call the main desk.")
    const { body, statusCode } = await (await site.browser()).get(`/wiki/krome/diff/1/2?view=${view}`)
    expect(statusCode).toBe(200)
    expect(body).toMatch(/<del\b[^]{0,200}?front/)
    expect(body).toMatch(/<ins\b[^]{0,200}?main/)
    expect(body).not.toContain("could not be verified")
  })

  it("lists a link whose target alone changed", async () => {
    await save(1, "Call the [front desk](https://a.example/).")
    await save(2, "Call the [front desk](https://b.example/).")
    const { body } = await (await site.browser()).get("/wiki/krome/diff/2/3")
    expect(body).toContain("https://a.example/")
    expect(body).toContain("https://b.example/")
  })

  it("lists a title that alone changed", async () => {
    await savePage(site.ctx, rosa, { slug: "krome", base: 1, title: "Krome North", markdown: "Call the front desk." })
    const { body } = await (await site.browser()).get("/wiki/krome/diff/1/2")
    expect(body).toContain("Krome North")
  })
})

describe("restoring", () => {
  it("makes a new revision that names its origin", async () => {
    await save(1, "Vandalism.")
    const restored = await restorePage(site.ctx, rosa, { slug: "krome", number: 1, base: 2 })
    expect(restored).toMatchObject({ revision: { number: 3, restores: 1, summary: "Restored revision 1" } })
    expect(restored.doc.textContent).toBe("Call the front desk.")
  })

  it("is refused to visitors, and when the page moved on", async () => {
    await save(1, "Two.")
    expect((await (await site.browser()).post("/wiki/krome/restorations", { number: "1", base: "2" })).statusCode).toBe(401)
    await expect(restorePage(site.ctx, rosa, { slug: "krome", number: 1, base: 1 })).rejects.toMatchObject({ code: "conflict" })
  })

  it("works from the page of the revision, in one act", async () => {
    await save(1, "Vandalism.")
    const browser = await site.browser(rosa)
    const answer = await browser.post("/wiki/krome/restorations", { number: "1", base: "2" })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/wiki/krome"])
    expect((await browser.get("/wiki/krome")).body).toContain("Call the front desk.")
  })
})

describe("recent changes", () => {
  it("lists what changed on every page, newest first, and one person's alone under their name", async () => {
    const paul = await site.user("Paul")
    await site.page(paul, { title: "Broward", markdown: "Another center." })
    await save(1, "Call the main desk.", "Desk renamed")
    const browser = await site.browser()
    const all = (await browser.get("/changes")).body
    expect(all.indexOf("Desk renamed")).toBeLessThan(all.indexOf("Broward"))
    const his = (await browser.get("/users/Paul")).body
    expect(his).toContain("Broward")
    expect(his).not.toContain("Desk renamed")
    expect((await browser.get("/users/Nobody")).statusCode).toBe(404)
  })
})
