import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { issueToken } from "../../../server/accounts/actions.ts"
import { csvLine } from "../../../server/web/csv.ts"
import { createPage, renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User

beforeAll(async () => {
  site = await openTestSite({ BASE_URL: "https://wiki.example" })
  editor = await site.user("Ada")
  moderator = await site.user("Mo", "moderator")
  const facts = [
    fact({ id: "a1", key: "phone", type: "phone", value: "+13052072001" }),
    fact({ id: "a2", label: 'Odd "one", two', value: '=HYPERLINK("http://x")', sources: [{ source: "https://example.org/a", title: "Report", locator: "p. 3", quote: "" }] }),
    fact({ id: "a3", key: "population", type: "number", state: "withheld" }),
  ]
  await createPage(site.ctx, editor, { title: "Krome", kind: "facility", document: doc(sheet(facts), p("Everglades <b>& more.")).toJSON() })
  await createPage(site.ctx, editor, { title: "Baker", kind: "facility", document: doc(sheet(fact({ id: "b1", key: "phone", type: "phone", value: "+14045550100" }))).toJSON() })
})
afterAll(() => site.close())

const get = (path: string, headers: Record<string, string> = {}) => site.app.inject({ url: `/api/v1${path}`, headers })

/** All items of a list, a few at a time. */
async function walk(path: string, size: number): Promise<Record<string, unknown>[]> {
  const seen: Record<string, unknown>[] = []
  for (let after = ""; ; ) {
    const { items, next } = (await get(`${path}${path.includes("?") ? "&" : "?"}limit=${size}${after && `&after=${after}`}`)).json()
    seen.push(...items)
    if (next === null) return seen
    after = next
  }
}

describe("facts as data", () => {
  it("are not given for a page that is not there, or from a cursor that is none", async () => {
    expect((await get("/facts?page=nowhere")).statusCode).toBe(404)
    for (const after of ["x", "e30", "WyJhIl0", "WyJhIiwiYiJd", "bnVsbA", "W1sxXSwyXQ"]) expect((await get(`/facts?after=${after}`)).statusCode, after).toBe(400)
  })

  it("are listed with everything that is known of each", async () => {
    const { items } = (await get("/facts?page=krome")).json()
    expect(items[0]).toEqual({
      id: "a1", page: "krome", key: "phone", label: "Phone number", type: "phone", value: { number: "+13052072001", extension: "", short: false }, text: "(305) 207-2001",
      state: "known", rank: "normal", qualifier: "", sources: [], asOf: null, checkedOn: null, dueOn: null, note: "",
    }) // prettier-ignore
    expect(items[1].sources).toEqual([{ source: "https://example.org/a", title: "Report", locator: "p. 3", quote: "" }])
    expect(items[2]).toMatchObject({ value: null, state: "withheld" })
    expect((await walk("/facts", 1)).map(({ id }) => id).sort()).toEqual(["a1", "a2", "a3", "b1"])
    expect((await walk("/facts?key=phone", 50)).map(({ page }) => page).sort()).toEqual(["baker", "krome"])
  })

  it("are a table when asked for, in which nothing runs", async () => {
    const { headers, body } = await get("/facts?page=krome", { accept: "text/csv" })
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8; header=present")
    expect(headers["content-disposition"]).toContain("attachment")
    const lines = body.split("\r\n")
    expect(lines[0]).toBe("id,page,key,label,type,value,text,state,rank,qualifier,sources,asOf,checkedOn,dueOn,note")
    expect(lines[1]).toBe("a1,krome,phone,Phone number,phone,'+13052072001,(305) 207-2001,known,normal,,,,,,")
    expect(lines[2]).toContain('"Odd ""one"", two",text,"\'=HYPERLINK(""http://x"")"')
    expect(lines).toHaveLength(5)
  })

  it("begin no cell like a formula, and leave other cells as they are", () => {
    expect(csvLine(["=1", "+1", "-x", "@a", "\tx", "\rx", "＝1", "-5", "-5.25", "a=b", " =1", null])).toBe(`'=1,'+1,'-x,'@a,'\tx,"'\rx",'＝1,-5,-5.25,a=b, =1,\r\n`)
  })
})

describe("following what happens", () => {
  it("gives each event once, in order, however often it is asked", async () => {
    const before = await walk("/changes", 1)
    expect(before.map(({ type }) => type)).toEqual(["page.created", "page.created"])
    expect(before[0]).toEqual({ id: expect.any(Number), cursor: expect.any(String), type: "page.created", page: "krome", actor: "Ada", subject: "1", createdAt: "2026-11-23T12:00:00.000Z" })
    const { cursor } = before.at(-1)!
    expect((await get(`/changes?after=${cursor}`)).json()).toEqual({ items: [], next: null })
    await savePage(site.ctx, editor, { slug: "krome", base: 1, markdown: "Everglades and more." })
    expect((await get(`/changes?after=${cursor}`)).json().items).toMatchObject([{ type: "page.saved", page: "krome", subject: "2" }])
    expect((await walk("/changes", 50)).slice(0, 2)).toEqual(before)
  })

  it("does not tell the address of a page that was deleted, nor who registered", async () => {
    await createPage(site.ctx, editor, { title: "Canary One", kind: "article", markdown: "x" })
    await renamePage(site.ctx, editor, { slug: "canary-one", newSlug: "canary-two" })
    await setPageDeleted(site.ctx, moderator, { slug: "canary-two", deleted: true })
    const { body } = await get("/changes?limit=200")
    expect(body).not.toContain("canary")
    expect(body).toContain("page.deleted")
    expect(body).not.toContain("user.registered")
    const asModerator = await get("/changes?limit=200", { authorization: `Bearer ${await issueToken(site.ctx, "Mo")}` })
    expect(asModerator.body).toContain("canary-two")
    expect(asModerator.body).toContain("user.registered")
  })

  it("refuses a cursor that it did not give", async () => {
    for (const after of ["1", "WyItMSJd", "WyI5OTk5OTk5OTk5OTk5OTkiXQ", "WyJ4Il0", "WyIxZTkiXQ"]) expect((await get(`/changes?after=${after}`)).statusCode, after).toBe(400)
  })
})

describe("searching as data", () => {
  it("wants a query, and takes any", async () => {
    expect((await get("/search")).statusCode).toBe(400)
    for (const q of ["", "%22", "*", "NEAR(", "-", "x".repeat(5_000)]) expect((await get(`/search?q=${q}`)).statusCode, q.slice(0, 9)).toBe(200)
  })

  it("gives pages, best first, with a plain excerpt", async () => {
    const { items, next } = (await get("/search?q=everglades")).json()
    expect(items).toEqual([{ slug: "krome", title: "Krome", kind: "facility", excerpt: expect.stringContaining("Everglades and more") }])
    expect(next).toBeNull()
    expect((await walk("/search?q=phone%20number&kind=facility", 1)).map(({ slug }) => slug)).toEqual(["baker"])
  })
})

describe("the description", () => {
  it("is OpenAPI 3.1 of every call, with its shapes", async () => {
    const { headers, body } = await get("/openapi.json")
    const api = JSON.parse(body) as { openapi: string; servers: unknown; paths: Record<string, Record<string, { summary?: string; responses: object; tags?: string[] }>>; components: { schemas: object } }
    expect(headers["content-type"]).toContain("application/json")
    expect(api.openapi).toBe("3.1.0")
    expect(api.servers).toEqual([{ url: "https://wiki.example" }])
    const calls = Object.entries(api.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    expect(calls.sort()).toEqual([
      "GET /api/v1/changes",
      "GET /api/v1/facts",
      "GET /api/v1/moderation/items",
      "GET /api/v1/pages/{slug}",
      "GET /api/v1/pages/{slug}/authorship",
      "GET /api/v1/pages/{slug}/comments",
      "GET /api/v1/pages/{slug}/diff",
      "GET /api/v1/pages/{slug}/linkbacks",
      "GET /api/v1/pages/{slug}/revisions",
      "GET /api/v1/pages/{slug}/revisions/{number}",
      "GET /api/v1/pages",
      "GET /api/v1/search",
      "POST /api/v1/moderation/items/{id}/decision",
      "POST /api/v1/pages/{slug}/comments",
      "POST /api/v1/pages/{slug}/revisions",
      "POST /api/v1/pages",
      "PUT /api/v1/pages/{slug}",
    ].sort())
    for (const operation of Object.values(api.paths).flatMap((methods) => Object.values(methods))) {
      expect(operation.summary).toBeTruthy()
      expect(operation.tags).toHaveLength(1)
      expect(Object.keys(operation.responses)).toContain("4XX")
    }
    for (const [, name] of body.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) expect(Object.keys(api.components.schemas)).toContain(name)
    expect(Object.keys(api.components.schemas)).toEqual(expect.arrayContaining(["Page", "Fact", "Problem"]))
  })

  it("can be read by people", async () => {
    const { statusCode, headers, body } = await get("/docs")
    expect([statusCode, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"])
    expect(body).toContain("PUT /api/v1/pages/{slug}")
    expect(body).toContain('href="#shape-Page"')
    expect(body).toContain('id="shape-Page"')
    for (const [, id] of body.matchAll(/href="#([^"]+)"/g)) expect(body).toContain(`id="${id}"`)
  })
})
