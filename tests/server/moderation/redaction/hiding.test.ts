import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../../../server/comments/actions.ts"
import { hide, lift } from "../../../../server/moderation/redaction/actions.ts"
import { keepDraft, readDraft } from "../../../../server/pages/drafts/actions.ts"
import { readPage, restorePage, savePage } from "../../../../server/pages/actions.ts"
import type { Page } from "../../../../server/pages/model.ts"
import { exportPage } from "../../../../server/transfer/export.ts"
import { verifySite } from "../../../../server/transfer/verify.ts"
import { type User, type Viewer, visitor } from "../../../../server/web/viewer.ts"
import { routesOf } from "../../../helpers/routes.ts"
import { openTestSite, type TestSite } from "../../../helpers/site.ts"

const slug = "krome-detention-center"
const reason = "It tells who a person is"

let site: TestSite
let editor: User
let mona: User
let page: Page

beforeEach(async () => {
  site = await openTestSite()
  editor = await site.user("Edith")
  mona = await site.user("Mona", "moderator")
  page = (await site.page(editor)).page
})

afterEach(() => site.close())

const save = (markdown: string, base: number, more: { summary?: string; title?: string } = {}) =>
  savePage(site.ctx, mona, { slug, base, markdown, ...more })

const hideIt = (input: Partial<Parameters<typeof hide>[2]>, by: Viewer = mona) =>
  hide(site.ctx, by, { slug, part: "text", audience: "everyone", reason, ...input })

/** Every address at which a page, its past or news of it are read, for three revisions. */
const ADDRESSES = [
  `/wiki/${slug}`,
  `/wiki/${slug}/history`,
  ...[1, 2, 3].map((number) => `/wiki/${slug}/revisions/${number}`),
  ...["1/2", "2/3", "1/3"].flatMap((pair) => ["inline", "side", "source"].map((view) => `/wiki/${slug}/diff/${pair}?view=${view}`)),
  `/wiki/${slug}/authorship`,
  `/wiki/${slug}/feed.atom`,
  `/wiki/${slug}/comments`,
  `/wiki/${slug}/comments.atom`,
  "/changes",
  "/changes.atom",
  "/users/Mona",
  "/search?q=canary",
  `/api/v1/pages/${slug}`,
  `/api/v1/pages/${slug}/revisions`,
  ...[1, 2, 3].map((number) => `/api/v1/pages/${slug}/revisions/${number}`),
  `/api/v1/pages/${slug}/diff?from=1&to=2`,
  `/api/v1/pages/${slug}/diff?from=2&to=3`,
  `/api/v1/pages/${slug}/comments`,
  "/api/v1/changes",
  "/api/v1/facts",
  "/api/v1/search?q=canary",
]

/** Every other address of the site at which something can be read, as the running app lists its routes. */
function otherAddresses(): string[] {
  const values: Record<string, string> = { ":slug": slug, ":number": "2", ":from": "1", ":to": "2", ":name": "Mona", ":id": "f1" }
  const routes = routesOf(site.app).filter((route) => route.startsWith("GET /") && !/\/(presence|sitemaps|assets|media|metrics)/.test(route))
  return routes.map((route) => route.slice("GET ".length).replace(/:\w+/g, (name) => values[name] ?? "none"))
}

/** Where the word stands, among all addresses and the exports, for a visitor, an editor and a moderator. */
async function leaks(word: string): Promise<string[]> {
  const found: string[] = []
  for (const as of [undefined, editor, mona]) {
    const browser = await site.browser(as)
    for (const address of [...ADDRESSES, ...otherAddresses(), ...(as ? [`/wiki/${slug}/edit`] : []), ...(as === mona ? ["/moderation", "/moderation/log"] : [])]) {
      const { body } = await browser.get(address)
      // The page of results repeats what was asked for.
      const shown = address.startsWith("/search") ? body.replace(/<(input|title)[^>]*>[^<]*/g, "") : body
      if (shown.includes(word)) found.push(`${as?.name ?? "visitor"} ${address}`)
    }
  }
  for (const format of ["json", "markdown", "html"] as const) {
    if ((await exportPage(site.ctx, format, slug)).includes(word)) found.push(`export ${format}`)
  }
  return found
}

const publicHistory = async () => (await (await site.browser()).get(`/wiki/${slug}/history`)).body

describe("who may hide", () => {
  it("are moderators and administrators alone", async () => {
    await save("Other words.", 1)
    await expect(hideIt({ number: 1 }, visitor)).rejects.toMatchObject({ code: "unauthenticated" })
    await expect(hideIt({ number: 1 }, editor)).rejects.toMatchObject({ code: "forbidden" })
    await hideIt({ number: 1 }, await site.user("Ada", "administrator"))
    await expect(hideIt({ number: 1 })).rejects.toMatchObject({ code: "conflict" })
  })

  it("give a reason, and cannot hide the current text as a whole", async () => {
    await save("Other words.", 1)
    await expect(hideIt({ number: 1, reason: " " })).rejects.toMatchObject({ code: "invalid" })
    await expect(hideIt({ number: 1, reason: "Has A 123 456 789 in it" })).rejects.toMatchObject({ code: "invalid" })
    await expect(hideIt({ number: 2 })).rejects.toMatchObject({ code: "invalid" })
    await expect(hideIt({ number: 9 })).rejects.toMatchObject({ code: "not-found" })
    await expect(hideIt({ part: "span", words: "Krome" })).rejects.toMatchObject({ code: "invalid" })
    await expect(hideIt({ part: "span", words: "other words." })).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("stand nowhere on this page") })
  })
})

describe("what is hidden", () => {
  it("a text, is read nowhere: not old, not compared, not through the API, in a feed, an export or by restoring it", async () => {
    await save("A center in Miami.\n\nThe CANARYTEXT sleeps here.", 1)
    await save("A center in Miami.", 2)
    expect(await leaks("CANARYTEXT")).not.toEqual([])
    await hideIt({ number: 2 })
    expect(await leaks("CANARYTEXT")).toEqual([])
    await expect(restorePage(site.ctx, mona, { slug, number: 2, base: 3 })).rejects.toMatchObject({ code: "gone" })
    const { body } = await (await site.browser()).get(`/wiki/${slug}/revisions/2`)
    expect(body).toContain(`hidden by a moderator: ${reason}`)
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
  })

  it("a summary", async () => {
    await save("Other words.", 1, { summary: "CANARYSUMMARY" })
    await save("More words.", 2)
    await hideIt({ part: "summary", number: 2 })
    expect(await leaks("CANARYSUMMARY")).toEqual([])
    expect(await publicHistory()).toContain(`hidden by a moderator: ${reason}`)
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
  })

  it("a name, from the lists of what its owner did as well", async () => {
    const carol = await site.user("CANARYNAME")
    await savePage(site.ctx, carol, { slug, base: 1, markdown: "A center in Miami, Florida." })
    await save("More words.", 2)
    expect(await leaks("CANARYNAME")).not.toEqual([])
    await hideIt({ part: "name", number: 2 })
    expect((await leaks("CANARYNAME")).filter((place) => !place.includes("/moderation"))).toEqual([])
    expect(await publicHistory()).toContain("(name hidden)")
    expect(await publicHistory()).toContain(reason)
    expect((await verifySite(site.ctx, () => {})).faults).toEqual([])
  })

  it("words, in every revision, the current one and drafts included, and they are found by no search", async () => {
    await save("Ask CANARYSPAN now.\n\nAsk **CANARY**SPAN again.", 1, { summary: "About CANARYSPAN", title: "Krome CANARYSPAN" })
    await save("Ask CANARYSPAN now, or later.", 2, { title: "Krome Detention Center" })
    const here = await readPage(site.ctx, editor, slug)
    await keepDraft(site.ctx, editor, here, { title: "Krome", kind: "facility" as const, summary: "", format: "markdown", body: "Ask CANARYSPAN.", base: 3, version: 0, left: false, suggest: false, section: null, tab: null, part: null })
    await hideIt({ part: "span", words: "CANARYSPAN" })
    expect(await leaks("CANARYSPAN")).toEqual([])
    expect((await readDraft(site.ctx, editor, here))?.body).toContain("[hidden by a moderator")
    await save("Ask now, or later.", 3)
    expect(await leaks("CANARYSPAN")).toEqual([])
  })

  it("the number of a fact", async () => {
    const sheet = { type: "fact_sheet", content: [{ type: "fact", attrs: { id: "f1", key: "phone", type: "phone", value: "+13055550123", state: "known" } }] }
    await savePage(site.ctx, mona, { slug, base: 1, document: { type: "doc", content: [sheet] } })
    await hideIt({ part: "span", words: "+13055550123" })
    expect(await leaks("+13055550123")).toEqual([])
    expect(await leaks("305) 555-0123")).toEqual([])
  })

  it("a comment, which leaves a stone that says why", async () => {
    const { comment } = await postComment(site.ctx, mona, { slug, name: "", body: "CANARYCOMMENT" })
    await hideIt({ part: "comment", comment: comment.id })
    expect(await leaks("CANARYCOMMENT")).toEqual([])
    expect((await (await site.browser()).get(`/wiki/${slug}`)).body).toContain(`This comment was hidden by a moderator: ${reason}`)
  })

  it("is seen by moderators on its own page unless it is hidden from everyone, and shown to all again when lifted", async () => {
    await save("The CANARY sleeps here.", 1)
    await save("Nobody does.", 2)
    const forReaders = await hideIt({ number: 2, audience: "readers" })
    const [edith, moderator] = [await site.browser(editor), await site.browser(mona)]
    expect((await edith.get(`/moderation/redactions/${forReaders.id}`)).statusCode).toBe(403)
    expect((await moderator.get(`/moderation/redactions/${forReaders.id}`)).body).toContain("CANARY")
    await lift(site.ctx, mona, forReaders.id)
    expect((await edith.get(`/wiki/${slug}/revisions/2`)).body).toContain("CANARY")
    const forAll = await hideIt({ number: 2 })
    expect((await moderator.get(`/moderation/redactions/${forAll.id}`)).body).not.toContain("CANARY")
  })

  it("is hidden by a form that works without script", async () => {
    await save("The CANARY sleeps here.", 1)
    await save("Nobody does.", 2)
    const browser = await site.browser(mona)
    expect((await browser.get(`/wiki/${slug}/revisions/2`)).body).toContain(`/moderation/redactions/new?page=${slug}&amp;number=2`)
    expect((await browser.get(`/moderation/redactions/new?page=${slug}&number=2`)).body).toContain("From whom")
    const wrong = await browser.post("/moderation/redactions", { slug, part: "text", number: "2", audience: "readers", reason: "" })
    expect(wrong.statusCode).toBe(422)
    const made = await browser.post("/moderation/redactions", { slug, part: "text", number: "2", audience: "readers", reason })
    expect(made.statusCode).toBe(303)
    expect((await browser.get(made.headers.location as string)).body).toContain(reason)
    expect(page.slug).toBe(slug)
  })
})
