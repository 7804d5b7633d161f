import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { renamePage, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

const eloy = { type: "doc", content: [{ type: "address", content: [{ type: "text", text: "1705 E Hanna Rd, Eloy, AZ 85131" }] }] }

let site: TestSite
let rosa: User
let paul: User

beforeAll(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa", "moderator")
  paul = await site.user("Paul")
  await site.page(rosa, { title: "Krome", slug: "krome", markdown: "Call the front desk." })
  await site.page(rosa, { title: "Eloy", slug: "eloy", markdown: undefined, document: eloy })
  await savePage(site.ctx, rosa, { slug: "krome", base: 1, markdown: "Call the main desk.", summary: "Another desk" })
  await savePage(site.ctx, rosa, { slug: "krome", base: 2, markdown: "Call the main desk at nine.", summary: "From nine" })
  await renamePage(site.ctx, rosa, { slug: "eloy", newSlug: "eloy-center" })
  site.pass(86_400_000)
  await site.page(paul, { title: "Broward", slug: "broward", markdown: "A center." })
})
afterAll(() => site.close())

const read = async (path: string) => (await site.app.inject(path)).body
const pages = (body: string) => [...body.matchAll(/<h3><a href="\/wiki\/([\w-]+)"/g)].map(([, slug]) => slug)

describe("recent changes", () => {
  it("are grouped by day and page, each with what it changed to be opened", async () => {
    const body = await read("/changes")
    expect(body.indexOf("November 24, 2026")).toBeLessThan(body.indexOf("November 23, 2026"))
    expect(pages(body)).toEqual(["broward", "eloy-center", "krome"])
    expect(body).toContain('href="/wiki/krome/diff/1/3">3 edits together</a>')
    expect(body).toContain('data-source="/wiki/krome/diff/2/3/changes"')
    expect(body).toContain('<a href="/wiki/krome/diff/2/3">')
  })

  it("are narrowed by person, by kind, by state and by whether they were reviewed", async () => {
    expect(pages(await read("/changes?by=Paul"))).toEqual(["broward"])
    expect(pages(await read("/changes?kind=page"))).toEqual(["eloy-center"])
    expect(pages(await read("/changes?kind=new"))).toEqual(["broward", "eloy-center", "krome"])
    expect(pages(await read("/changes?reviewed=no"))).toEqual(["broward"])
    expect(pages(await read("/changes?reviewed=yes"))).toEqual(["krome", "eloy-center"])
    expect(pages(await read("/changes?state=AZ&kind=edits"))).toEqual(["eloy-center"])
    expect((await site.app.inject("/changes?by=Nobody")).statusCode).toBe(404)
    expect(pages(await read("/changes?kind=__proto__&state=toString"))).toHaveLength(3)
  })

  it("keep what they are narrowed to in the feed and on older pages", async () => {
    const body = await read("/changes?by=Rosa&kind=edits")
    expect(body).toContain('href="/changes.atom?by=Rosa&amp;kind=edits"')
    for (let number = 3; number < 55; number++) await savePage(site.ctx, rosa, { slug: "krome", base: number, markdown: `Text ${number}.` })
    const long = await read("/changes?by=Rosa&kind=edits")
    const next = /rel="next" href="([^"]+)"/.exec(long)![1]!.replaceAll("&amp;", "&")
    expect(next).toMatch(/^\/changes\?by=Rosa&kind=edits&before=\d+$/)
    expect(await read(next)).toContain("From nine")
  })
})
