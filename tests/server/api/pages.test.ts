import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { issueToken } from "../../../server/accounts/actions.ts"
import { renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User
let token: string

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
  moderator = await site.user("Mo", "moderator")
  token = await issueToken(site.ctx, "Ada")
})
afterAll(() => site.close())

type Method = "GET" | "POST" | "PUT" | "DELETE" | "PATCH"

function call(method: Method, path: string, body?: unknown, headers: Record<string, string> = { authorization: `Bearer ${token}` }) {
  return site.app.inject({ method, url: `/api/v1${path}`, headers, ...(body !== undefined && { payload: body as object }) })
}

const get = (path: string, headers: Record<string, string> = {}) => call("GET", path, undefined, headers)
const ifMatch = (revision: number) => ({ authorization: `Bearer ${token}`, "if-match": `"${revision}"` })

async function newPage(title: string, markdown = "A center in Miami.") {
  const response = await call("POST", "/pages", { title, kind: "facility", markdown })
  expect(response.statusCode).toBe(201)
  return response.json() as { slug: string; document: { content: unknown[] } }
}

describe("writing without the right to", () => {
  it("is refused to visitors, with the way to identify oneself", async () => {
    const response = await call("POST", "/pages", { title: "X", kind: "facility", markdown: "Text" }, {})
    expect(response.statusCode).toBe(401)
    expect(response.headers["www-authenticate"]).toContain("Bearer")
    expect(response.headers["content-type"]).toContain("application/problem+json")
    expect(response.json()).toMatchObject({ status: 401, code: "unauthenticated", title: expect.any(String), detail: expect.any(String), type: expect.any(String) })
  })

  it("is refused to a token that is not valid, even where anybody may read", async () => {
    for (const authorization of ["Bearer nonsense", "Bearer", "Basic QWRhOng=", "Bearer a b", `Bearer ${"x".repeat(9_000)}`, ""]) {
      const { statusCode } = await get("/pages", { authorization })
      expect(statusCode, authorization.slice(0, 20)).toBe(401)
    }
  })

  it("is refused to a cookie: other sites can make a browser send it", async () => {
    const browser = await site.browser(editor)
    const cookie = (await site.app.inject({ method: "POST", url: "/login", payload: "username=Ada&password=a+long+walk+by+the+canal", headers: { "content-type": "application/x-www-form-urlencoded" } })).cookies
    const header = cookie.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join("; ")
    expect((await browser.get("/account")).statusCode).toBe(200)
    const response = await call("POST", "/pages", { title: "By cookie", kind: "facility", markdown: "Text" }, { cookie: header })
    expect(response.statusCode).toBe(401)
  })
})

describe("what does not fit", () => {
  it("names the field", async () => {
    const missing = await call("POST", "/pages", { kind: "facility", markdown: "x" })
    expect([missing.statusCode, missing.json().problems]).toEqual([400, [{ field: "title", message: "title is missing." }]])
    for (const title of [1, null, true, ["x"], { x: 1 }]) {
      const response = await call("POST", "/pages", { title, kind: "facility", markdown: "x" })
      expect(response.statusCode).toBe(400)
      expect(response.json().problems[0].field).toBe("title")
    }
    expect((await call("POST", "/pages", { title: "x", kind: "prison", markdown: "x" })).json().problems[0].field).toBe("kind")
    expect((await call("POST", "/pages", { title: "x".repeat(10_000), kind: "facility", markdown: "x" })).statusCode).toBe(422)
  })

  it("is refused when the text comes in two ways, or in none", async () => {
    expect((await call("POST", "/pages", { title: "Two", kind: "facility", markdown: "x", html: "<p>x" })).statusCode).toBe(422)
    expect((await call("POST", "/pages", { title: "None", kind: "facility" })).statusCode).toBe(422)
  })

  it("says where a document breaks the schema", async () => {
    for (const document of [null, 1, "x", [], {}, { type: "doc" }, { type: "doc", content: [{ type: "script" }] }, { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }] }] }] }]) {
      const response = await call("POST", "/pages", { title: "Broken", kind: "facility", document })
      expect(response.statusCode, JSON.stringify(document)).toBe(422)
      expect(response.json()).toMatchObject({ code: "invalid", path: expect.any(String) })
    }
    expect((await get("/pages/broken")).statusCode).toBe(404)
  })

  it("is refused before it is read where it is no JSON", async () => {
    const send = (payload: string | Buffer, type = "application/json") =>
      site.app.inject({ method: "POST", url: "/api/v1/pages", payload, headers: { authorization: `Bearer ${token}`, "content-type": type } })
    expect((await send("{")).statusCode).toBe(400)
    expect((await send("")).statusCode).toBe(400)
    expect((await send('{"__proto__":{"role":"administrator"},"title":"x"}')).statusCode).toBe(400)
    expect((await send(Buffer.from([0x7b, 0xff, 0x7d]))).statusCode).toBe(400)
    expect((await send("title=x&kind=facility", "application/x-www-form-urlencoded")).statusCode).toBe(415)
    expect((await send("{}", "text/plain")).statusCode).toBe(415)
    expect((await send(`{"title":"${"x".repeat(1_100_000)}"}`)).statusCode).toBe(413)
  })

  it("is answered with the methods there are", async () => {
    const response = await call("DELETE", "/pages", {})
    expect([response.statusCode, response.headers.allow]).toEqual([405, "GET, HEAD, POST"])
    expect(response.json().code).toBe("not-allowed")
    expect((await call("POST", "/facts", {})).statusCode).toBe(405)
    expect((await get("/nonsense")).statusCode).toBe(404)
  })

  it("is refused when a query is repeated or odd", async () => {
    for (const query of ["?after=x", "?after=W10", "?after=" + "a".repeat(5_000), "?limit=-1", "?limit=a", "?kind=x", "?kind=facility&kind=source", "?after=%00"]) {
      const { statusCode } = await get(`/pages${query}`)
      expect(statusCode, query).toBe(400)
    }
  })
})

describe("a page", () => {
  it("is started, read and told apart by its revision", async () => {
    const phone = fact({ key: "phone", type: "phone", value: "+13052072001", checked: "2026-11-01" })
    const document = doc(sheet(phone), p("Krome stands in Miami.")).toJSON()
    const created = await call("POST", "/pages", { title: "Krome", kind: "facility", document, summary: "Begin", author: "Mo", role: "administrator", revision: 9 })
    expect(created.statusCode).toBe(201)
    expect(created.headers).toMatchObject({ location: "/api/v1/pages/krome", etag: '"1"' })
    expect(created.json()).toMatchObject({ slug: "krome", revision: 1, warnings: [], merged: false })
    const read = await get("/pages/krome")
    expect(read.headers.etag).toBe('"1"')
    expect(read.json()).toMatchObject({
      slug: "krome", title: "Krome", kind: "facility", revision: 1, updatedAt: "2026-11-23T12:00:00.000Z", protection: "open",
      html: expect.stringContaining("Krome stands in Miami."), text: expect.stringContaining("(305) 207-2001"),
      facts: [{ page: "krome", key: "phone", label: "Phone number", text: "(305) 207-2001", state: "known", rank: "normal", checkedOn: "2026-11-01", dueOn: "2026-12-02", sources: [], value: { number: "+13052072001", extension: "", short: false } }],
    }) // prettier-ignore
    expect(read.json().document.content[1].content).toEqual(document.content[1].content)
    expect((await get("/pages/krome", { "if-none-match": '"1"' })).statusCode).toBe(304)
    expect((await get("/pages/krome", { "if-none-match": '"2"' })).statusCode).toBe(200)
    const [revision] = (await get("/pages/krome/revisions")).json().items
    expect(revision).toMatchObject({ number: 1, author: "Ada", contributors: ["Ada"], summary: "Begin", state: "published", createdAt: "2026-11-23T12:00:00.000Z", hash: expect.any(String) })
  })

  it("takes a document back exactly as it gave it", async () => {
    const { slug, document } = await newPage("Round trip", "## Visits\n\n- one\n- two\n\n| a | b |\n| - | - |\n| c | d |")
    const saved = await call("PUT", `/pages/${slug}`, { document }, ifMatch(1))
    expect(saved.json()).toMatchObject({ revision: 1, unchanged: true })
  })

  it("tells what it could not take in", async () => {
    const response = await call("POST", "/pages", { title: "From HTML", kind: "article", html: "<h2>Visits</h2><script>alert(1)</script><p onclick=x>Text" })
    expect(response.statusCode).toBe(201)
    expect(response.json().warnings.length).toBeGreaterThan(0)
    expect(response.json().html).not.toContain("script")
  })

  it("cannot be saved without naming its base", async () => {
    const { slug } = await newPage("Needs a base")
    const missing = await call("PUT", `/pages/${slug}`, { markdown: "x" })
    expect([missing.statusCode, missing.json().code]).toEqual([428, "precondition-required"])
    for (const header of ["*", "abc", '"1", "2"', '"-1"', '"1.5"']) {
      expect((await call("PUT", `/pages/${slug}`, { markdown: "x" }, { authorization: `Bearer ${token}`, "if-match": header })).statusCode, header).toBe(400)
    }
    expect((await call("PUT", `/pages/${slug}`, { markdown: "x" }, ifMatch(7))).statusCode).toBe(422)
    expect((await get(`/pages/${slug}`)).json().revision).toBe(1)
  })

  it("is saved on its base, merged with changes elsewhere, refused where words collide", async () => {
    const { slug } = await newPage("Shared", "First paragraph here.\n\nSecond paragraph here.")
    const saved = await call("PUT", `/pages/${slug}`, { markdown: "First paragraph there.\n\nSecond paragraph here.", summary: "First" }, ifMatch(1))
    expect([saved.statusCode, saved.headers.etag, saved.json().merged]).toEqual([200, '"2"', false])
    const merged = await call("PUT", `/pages/${slug}`, { markdown: "First paragraph here.\n\nSecond paragraph where." }, ifMatch(1))
    expect([merged.statusCode, merged.json().merged, merged.json().revision]).toEqual([200, true, 3])
    expect(merged.json().text).toBe("First paragraph there.\n\nSecond paragraph where.")
    const collided = await call("PUT", `/pages/${slug}`, { markdown: "First paragraph nowhere.\n\nSecond paragraph here." }, ifMatch(1))
    expect(collided.statusCode).toBe(409)
    expect(collided.json()).toMatchObject({ code: "conflict", base: 1, current: 3, collisions: expect.any(Array), attempt: expect.any(String) })
    const attempts = await site.ctx.db.read.selectFrom("attempts").select("document").where("id", "=", collided.json().attempt).execute()
    expect(attempts[0]!.document).toContain("nowhere")
  })

  it("cannot take a title or an address that is taken", async () => {
    await newPage("Taken")
    expect((await call("POST", "/pages", { title: "TAKEN", kind: "article", markdown: "x" })).statusCode).toBe(409)
    expect((await call("POST", "/pages", { title: "Other", slug: "taken", kind: "article", markdown: "x" })).statusCode).toBe(409)
  })

  it("sends from an old address to the new one, with the rest of the address", async () => {
    const { slug } = await newPage("Old name")
    await renamePage(site.ctx, editor, { slug, newSlug: "new-name" })
    for (const rest of ["", "?x=1", "/revisions?limit=1", "/diff", "/revisions/1"]) {
      const { statusCode, headers } = await get(`/pages/old-name${rest}`)
      expect([statusCode, headers.location]).toEqual([301, `/api/v1/pages/new-name${rest}`])
    }
    expect((await call("PUT", "/pages/old-name", { markdown: "Written by the old name." }, ifMatch(1))).json().slug).toBe("new-name")
  })

  it("is gone when it was deleted, but for moderators", async () => {
    const { slug } = await newPage("Deleted")
    await setPageDeleted(site.ctx, moderator, { slug, deleted: true })
    expect((await get(`/pages/${slug}`)).statusCode).toBe(410)
    expect((await call("PUT", `/pages/${slug}`, { markdown: "x" }, ifMatch(1))).statusCode).toBe(410)
    const asModerator = await get(`/pages/${slug}`, { authorization: `Bearer ${await issueToken(site.ctx, "Mo")}` })
    expect([asModerator.statusCode, asModerator.headers["cache-control"]]).toEqual([200, "private, no-store"])
    expect((await get("/pages?limit=200")).json().items.map((item: { slug: string }) => item.slug)).not.toContain(slug)
  })

  it("is not there when it never was, however it is asked for", async () => {
    for (const slug of ["nowhere", "%00", "..%2f..%2fetc", "a".repeat(101), "a".repeat(300), "%F0%9F%92%A9", "1%20OR%201"]) {
      expect([400, 404], slug).toContain((await get(`/pages/${slug}`)).statusCode)
    }
  })
})

describe("the list of pages", () => {
  it("goes on from a cursor until all have been given once", async () => {
    await newPage("中".repeat(200))
    await newPage("中".repeat(199) + "文")
    const seen: string[] = []
    for (let after = ""; ; ) {
      const { items, next } = (await get(`/pages?limit=1&kind=facility${after && `&after=${encodeURIComponent(after)}`}`)).json()
      seen.push(...items.map(({ slug }: { slug: string }) => slug))
      expect(Object.keys(items[0])).toEqual(["slug", "title", "kind", "revision", "updatedAt"])
      if (next === null) break
      after = next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toContain("krome")
    expect((await get("/pages?state=fl")).json()).toEqual({ items: [], next: null })
  })
})

describe("a page's past", () => {
  it("can be read, compared and gone back to", async () => {
    const { slug } = await newPage("Past", "One sentence stands here.")
    await savePage(site.ctx, editor, { slug, base: 1, markdown: "Two sentences stand here.", title: "Past and present" })
    expect((await get(`/pages/${slug}/revisions/1`)).json()).toMatchObject({ revision: 1, title: "Past", text: "One sentence stands here." })
    expect((await get(`/pages/${slug}/revisions/3`)).statusCode).toBe(404)
    expect((await get(`/pages/${slug}/revisions/x`)).statusCode).toBe(400)
    const diff = (await get(`/pages/${slug}/diff?from=1&to=2`)).json()
    expect(diff).toMatchObject({ complete: true, from: 1, to: 2, html: expect.stringContaining("<ins") })
    expect(diff.changes[0]).toMatchObject({ kind: "title-changed", from: "Past", to: "Past and present", block: null, description: expect.any(String) })
    expect((await get(`/pages/${slug}/diff`)).json().changes).toEqual(diff.changes)
    expect((await call("POST", `/pages/${slug}/revisions`, { restore: 1 })).statusCode).toBe(428)
    expect((await call("POST", `/pages/${slug}/revisions`, { restore: 1 }, ifMatch(1))).statusCode).toBe(409)
    expect((await call("POST", `/pages/${slug}/revisions`, { restore: 9e15 }, ifMatch(2))).statusCode).toBe(400)
    expect((await call("POST", `/pages/${slug}/revisions`, { restore: 9 }, ifMatch(2))).statusCode).toBe(404)
    const restored = await call("POST", `/pages/${slug}/revisions`, { restore: 1 }, ifMatch(2))
    expect([restored.statusCode, restored.json().revision, restored.json().title]).toEqual([200, 3, "Past"])
    const { items, next } = (await get(`/pages/${slug}/revisions?limit=2`)).json()
    expect(items.map(({ number }: { number: number }) => number)).toEqual([3, 2])
    expect((await get(`/pages/${slug}/revisions?limit=2&after=${next}`)).json()).toMatchObject({ items: [{ number: 1 }], next: null })
  })
})
