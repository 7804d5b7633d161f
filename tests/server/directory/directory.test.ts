import { XMLParser, XMLValidator } from "fast-xml-parser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createPage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { bestClaim, type Claim } from "../../../server/directory/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User

beforeAll(async () => {
  site = await openTestSite({ BASE_URL: "https://wiki.example" })
  editor = await site.user("Ada")
  await facility("Krome Detention Center", "18201 SW 12th Street\nMiami, FL 33194", "Open", [
    fact({ key: "alias", type: "text", value: "KRO" }),
    fact({ key: "phone", type: "phone", value: "+13052072001", checked: "2026-01-05" }),
    fact({ key: "population", type: "number", value: "1943 people", asOf: "2025-06" }),
  ])
  await facility("Málaga Jail", "1 Main St\nAtlanta, GA 30303", "Closed")
  await createPage(site.ctx, editor, { title: "Nowhere <b>&</b> Co", kind: "facility", markdown: "Unknown place." })
  await createPage(site.ctx, editor, { title: "Report of 2023", kind: "source", markdown: "A report." })
})
afterAll(() => site.close())

async function facility(title: string, address: string, status: string, more: ReturnType<typeof fact>[] = []) {
  const facts = [fact({ key: "street_address", type: "address", value: address }), fact({ key: "status", value: status }), ...more]
  await createPage(site.ctx, editor, { title, kind: "facility", document: doc(sheet(facts), p("Text.")).toJSON() })
}

const get = async (url: string) => (await site.app.inject(url)).body
const rows = (html: string) => [...html.matchAll(/<th scope="row"><a href="\/wiki\/([^"]+)">/g)].map(([, slug]) => decodeURIComponent(slug!))

describe("the first page", () => {
  it("has search, the states with their facilities, what changed and what needs checking", async () => {
    const html = await get("/")
    expect(html).toContain('action="/search"')
    expect(html).toContain('<a href="/facilities?state=FL">Florida</a> <span class="count">1</span>')
    expect(html).toContain('<a href="/facilities?state=none">State not known</a>')
    expect(html).toContain('<a href="/wiki/report-of-2023">Report of 2023</a>')
    expect(html).toMatch(/Phone number: \(305\) 207-2001<\/a> at Krome Detention Center <span class="freshness old">not checked for/)
  })

  it("is new as soon as anything changes", async () => {
    await get("/")
    await createPage(site.ctx, editor, { title: "Fresh paint", kind: "article", markdown: "Text." })
    expect(await get("/")).toContain("Fresh paint")
  })
})

describe("the directory", () => {
  it("lists all facilities with their state, status and number of people", async () => {
    const html = await get("/facilities")
    expect(rows(html)).toEqual(["krome-detention-center", "malaga-jail", "nowhere-b-b-co"])
    expect(html).toContain("1,943 people")
    expect(html).toContain("Nowhere &lt;b>&amp;&lt;/b> Co")
  })

  it("filters by state, status, and by name or code without accents", async () => {
    expect(rows(await get("/facilities?state=FL"))).toEqual(["krome-detention-center"])
    expect(rows(await get("/facilities?state=fl&status=closed"))).toEqual([])
    expect(rows(await get("/facilities?status=closed"))).toEqual(["malaga-jail"])
    expect(rows(await get("/facilities?state=none"))).toEqual(["nowhere-b-b-co"])
    expect(rows(await get("/facilities?q=malaga"))).toEqual(["malaga-jail"])
    expect(rows(await get("/facilities?q=kro&state=&status="))).toEqual(["krome-detention-center"])
  })

  it("bears odd filters", async () => {
    for (const query of ["state=%00", "state=__proto__", "state=a&state=b", "q[]=a", "page=0", "page=99999", "status=%FF", "q=" + "a".repeat(5000)]) {
      expect((await site.app.inject(`/facilities?${query}`)).statusCode, query).toBeLessThan(500)
    }
  })

  it("leaves deleted facilities out", async () => {
    const moderator = await site.user("Mo", "moderator")
    await facility("Gone Jail", "1 Main St\nReno, NV 89501", "Closed")
    await setPageDeleted(site.ctx, moderator, { slug: "gone-jail", deleted: true })
    expect(rows(await get("/facilities"))).not.toContain("gone-jail")
    expect(await get("/")).not.toContain("Nevada")
  })
})

describe("the best claim", () => {
  const claim = (text: string, more: Partial<Claim>): Claim => ({ pageId: "p", key: "status", label: "", qualifier: "", text, state: "known", rank: "normal", asOf: "", position: 0, ...more })

  it("is the preferred one, else the most recent, never one that is out of date", () => {
    expect(bestClaim([claim("a", { rank: "deprecated", asOf: "2026" })], "status")).toBeUndefined()
    expect(bestClaim([claim("a", { asOf: "~2001" }), claim("b", { asOf: "2020-05" })], "status")?.text).toBe("b")
    expect(bestClaim([claim("a", { rank: "preferred" }), claim("b", { asOf: "2020-05" })], "status")?.text).toBe("a")
  })
})

describe("what search engines read", () => {
  it("is a sitemap of every page, under the configured name whatever the request says", async () => {
    await savePage(site.ctx, editor, { slug: "report-of-2023", base: 1, markdown: "A longer report." })
    const { body, headers } = await site.app.inject({ url: "/sitemap.xml", headers: { host: "evil.test" } })
    expect(XMLValidator.validate(body)).toBe(true)
    expect(headers["content-type"]).toBe("application/xml; charset=utf-8")
    const locations = (new XMLParser().parse(body) as { urlset: { url: { loc: string }[] } }).urlset.url.map(({ loc }) => loc)
    expect(locations).toContain("https://wiki.example/wiki/krome-detention-center")
    expect(body).not.toContain("evil.test")
  })

  it("is answered with 304 to whoever has it", async () => {
    const { headers } = await site.app.inject("/sitemap.xml")
    const again = await site.app.inject({ url: "/sitemap.xml", headers: { "if-none-match": String(headers.etag) } })
    expect(again.statusCode).toBe(304)
  })

  it("has no second sitemap while one is enough", async () => {
    expect((await site.app.inject("/sitemaps/1.xml")).statusCode).toBe(200)
    for (const file of ["2.xml", "0.xml", "x.xml", "1"]) expect((await site.app.inject(`/sitemaps/${file}`)).statusCode).toBe(404)
  })

  it("says where the sitemap is", async () => {
    expect(await get("/robots.txt")).toContain("Sitemap: https://wiki.example/sitemap.xml")
  })
})
