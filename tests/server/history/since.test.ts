import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let rosa: User
let paul: User
let browser: Browser

beforeEach(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa", "moderator")
  paul = await site.user("Paul", "moderator")
  await site.page(rosa, { slug: "krome", markdown: "Call the front desk." })
  browser = await site.browser(paul)
})
afterEach(() => site.close())

async function save(base: number, markdown: string, as = rosa) {
  site.pass(60_000)
  return savePage(site.ctx, as, { slug: "krome", base, markdown })
}

async function since(what: string): Promise<string | undefined> {
  return (await browser.get(`/wiki/krome/diff/since/${what}`)).headers.location as string | undefined
}

describe("what changed since I last read a page", () => {
  it("is told by the revision that stood then, and still after I opened the new one", async () => {
    expect((await browser.get("/wiki/krome/diff/since/read")).statusCode).toBe(404)
    await browser.get("/wiki/krome")
    expect(await since("read")).toBe("/wiki/krome/diff/1/1")
    await save(1, "Call the main desk.")
    await save(2, "Call the main desk at nine.")
    expect(await since("read")).toBe("/wiki/krome/diff/1/3")
    site.pass(60_000)
    await browser.get("/wiki/krome")
    await browser.get("/wiki/krome")
    expect(await since("read")).toBe("/wiki/krome/diff/1/3")
    await save(3, "Call the main desk at ten.")
    expect(await since("read")).toBe("/wiki/krome/diff/3/4")
  })

  it("is nobody's business but my own: nothing is kept of visitors, and each has a mark of their own", async () => {
    await (await site.browser()).get("/wiki/krome")
    await browser.get("/wiki/krome")
    await since("read")
    const rows = await site.ctx.db.read.selectFrom("readings").select("user_id").execute()
    expect(rows).toEqual([{ user_id: paul.id }])
    expect((await (await site.browser()).get("/wiki/krome/diff/since/read")).statusCode).toBe(401)
  })

  it("is written when the site closes, in one go with others", async () => {
    await browser.get("/wiki/krome")
    expect(await site.ctx.db.read.selectFrom("readings").selectAll().execute()).toEqual([])
    await site.app.close()
    expect(await site.ctx.db.read.selectFrom("readings").select("revision").execute()).toEqual([{ revision: 1 }])
  })
})

describe("what changed since my last edit", () => {
  it("begins at the revision I made", async () => {
    expect((await browser.get("/wiki/krome/diff/since/edit")).statusCode).toBe(404)
    await save(1, "Call the main desk.", paul)
    await save(2, "Call the main desk at nine.")
    expect(await since("edit")).toBe("/wiki/krome/diff/2/3")
  })
})

describe("what changed since a fact was checked", () => {
  const withFact = (checked: string, text: string) => ({
    type: "doc",
    content: [
      {
        type: "fact_sheet",
        content: [{ type: "fact", attrs: { id: "f1", key: "", label: "Main line", type: "phone", value: "+13052072001", checked } }],
      },
      { type: "paragraph", attrs: { id: "p1" }, content: [{ type: "text", text }] },
    ],
  })

  it("begins at the text of the evening of that day", async () => {
    await savePage(site.ctx, rosa, { slug: "krome", base: 1, document: withFact("2026-11-23", "One.") })
    site.pass(86_400_000)
    await savePage(site.ctx, rosa, { slug: "krome", base: 2, document: withFact("2026-11-23", "Two.") })
    const { body } = await browser.get("/wiki/krome/history")
    expect(body).toContain('<option value="f1">Main line (2026-11-23)</option>')
    expect(await since("fact?id=f1")).toBe("/wiki/krome/diff/2/3")
    expect((await browser.get("/wiki/krome/diff/since/fact?id=none")).statusCode).toBe(404)
  })
})
