import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { issueToken } from "../../../server/accounts/actions.ts"
import { receiveVerified } from "../../helpers/linkbacks.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
const tokens: Record<string, string> = {}

beforeAll(async () => {
  site = await openTestSite()
  const editor = await site.user("Ada")
  await site.user("Mo", "moderator")
  for (const name of ["Ada", "Mo"]) tokens[name] = await issueToken(site.ctx, name)
  await site.page(editor, { title: "Krome" })
})
afterAll(() => site.close())

function call(method: "GET" | "POST", path: string, as?: string, body?: object) {
  const headers = as ? { authorization: `Bearer ${tokens[as]}` } : {}
  return site.app.inject({ method, url: `/api/v1${path}`, headers, ...(body && { payload: body }) })
}

const queue = async () => (await call("GET", "/moderation/items", "Mo")).json().items as { id: string; kind: string; page: string; reasons: string[]; createdAt: string }[]

describe("the moderators' queue", () => {
  it("is closed to visitors and editors", async () => {
    expect((await call("GET", "/moderation/items")).statusCode).toBe(401)
    expect((await call("GET", "/moderation/items", "Ada")).statusCode).toBe(403)
    expect((await call("POST", "/moderation/items/comment-x/decision", undefined, { decision: "approve" })).statusCode).toBe(401)
    expect((await call("POST", "/moderation/items/comment-x/decision", "Ada", { decision: "approve" })).statusCode).toBe(403)
  })

  it("refuses what is no decision, and items that are not there", async () => {
    expect((await call("POST", "/moderation/items/comment-x/decision", "Mo", { decision: "maybe" })).statusCode).toBe(400)
    expect((await call("POST", "/moderation/items/comment-x/decision", "Mo", {})).statusCode).toBe(400)
    for (const id of ["comment-x", "nonsense", "edit-x-1", "..", "%00"]) {
      expect([400, 404], id).toContain((await call("POST", `/moderation/items/${id}/decision`, "Mo", { decision: "approve" })).statusCode)
    }
  })
})

describe("comments", () => {
  it("are refused without text or name, and on pages that are not there", async () => {
    expect((await call("POST", "/pages/krome/comments", undefined, { name: "A" })).statusCode).toBe(400)
    expect((await call("POST", "/pages/krome/comments", undefined, { body: "Hello" })).statusCode).toBe(422)
    expect((await call("POST", "/pages/krome/comments", undefined, { name: 1, body: ["x"] })).statusCode).toBe(400)
    expect((await call("POST", "/pages/nowhere/comments", undefined, { name: "A", body: "Hello" })).statusCode).toBe(404)
    expect((await call("POST", "/pages/krome/comments", undefined, { name: "A", body: "Hello", parent: "nowhere" })).statusCode).toBeGreaterThanOrEqual(400)
    expect((await call("POST", "/pages/krome/comments", undefined, { name: "A", body: "Hello", parent: "\u0000" })).statusCode).toBe(400)
  })

  it("of strangers wait, and are public once a moderator has approved them", async () => {
    const posted = await call("POST", "/pages/krome/comments", undefined, { name: "A visitor", body: "Parking is <em>free</em>.", state: "published", id: "mine" })
    expect(posted.statusCode).toBe(201)
    expect(posted.json()).toEqual({ id: expect.any(String), name: "A visitor", html: expect.stringContaining("<em>free</em>"), state: "held", parent: null, createdAt: expect.any(String) })
    expect((await call("GET", "/pages/krome/comments")).json()).toEqual({ items: [], next: null })
    expect((await call("GET", "/changes?limit=200")).body).not.toContain(posted.json().id)
    const item = (await queue()).find(({ kind }) => kind === "comment")!
    expect(item).toMatchObject({ page: "krome", reasons: expect.arrayContaining([expect.any(String)]) })
    const decided = await call("POST", `/moderation/items/${item.id}/decision`, "Mo", { decision: "approve" })
    expect([decided.statusCode, decided.json()]).toEqual([200, { id: item.id, decision: "approve" }])
    expect((await call("POST", `/moderation/items/${item.id}/decision`, "Mo", { decision: "spam" })).statusCode).toBe(409)
    expect((await call("GET", "/pages/krome/comments")).json().items).toMatchObject([{ id: posted.json().id, name: "A visitor", state: "published" }])
    expect((await call("GET", "/changes?limit=200")).body).toContain(posted.json().id)
    expect((await site.app.inject("/wiki/krome/comments.atom")).body).toContain("Parking is free.")
  })

  it("quote the page, and say which revision", async () => {
    expect((await call("POST", "/pages/krome/comments", "Mo", { body: "Is it?", quote: { exact: "words that do not stand there" } })).statusCode).toBe(422)
    const page = (await call("GET", "/pages/krome")).json()
    const exact = (page.text as string).split(/\s+/).slice(0, 3).join(" ")
    const posted = await call("POST", "/pages/krome/comments", "Mo", { body: "Is it?", quote: { exact } })
    expect(posted.json().quote).toEqual({ exact, block: expect.any(String), revision: page.revision })
  })

  it("of people with a token are their own", async () => {
    const posted = await call("POST", "/pages/krome/comments", "Mo", { name: "Somebody else", body: "I called." })
    expect(posted.json()).toMatchObject({ name: "Mo", state: "published" })
  })
})

describe("linkbacks", () => {
  it("are listed once a moderator has approved them", async () => {
    await receiveVerified(site, "krome", { url: "https://blog.example/post", title: "A <b>post", excerpt: "About Krome" })
    expect((await call("GET", "/pages/krome/linkbacks")).json()).toEqual({ items: [], next: null })
    const item = (await queue()).find(({ kind }) => kind === "linkback")!
    await call("POST", `/moderation/items/${item.id}/decision`, "Mo", { decision: "approve" })
    const { items } = (await call("GET", "/pages/krome/linkbacks")).json()
    expect(items).toEqual([{ id: expect.any(String), protocol: "trackback", source: "https://blog.example/post", title: expect.any(String), excerpt: "About Krome", state: "published", createdAt: expect.any(String) }])
  })
})
