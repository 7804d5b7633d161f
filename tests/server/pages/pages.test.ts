import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readPage, readRevision, renamePage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { visitor } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite

beforeEach(async () => {
  site = await openTestSite()
})
afterEach(() => site.close())

describe("starting a page", () => {
  it("is refused to visitors", async () => {
    const browser = await site.browser()
    expect((await browser.get("/new")).statusCode).toBe(401)
    expect((await browser.post("/new", { title: "Krome", kind: "facility", markdown: "Text" })).statusCode).toBe(401)
  })

  it.each([
    ["no title", { title: "  " }, 422, "A page needs a title."],
    ["a title of 10,000 letters", { title: "a".repeat(10_000) }, 422, "at most 200 characters"],
    ["a title with characters that cannot be seen", { title: "Kro\u202eme" }, 422, "cannot be seen"],
  ])("refuses %s, says why and gives the text back", async (_name, change, status, sentence) => {
    const browser = await site.browser(await site.user("Rosa"))
    const answer = await browser.post("/new", { kind: "facility", markdown: "A *long* text & more", ...change })
    expect(answer.statusCode).toBe(status)
    expect(answer.body).toContain(sentence)
    expect(answer.body).toContain("A *long* text &amp; more")
  })

  it("takes the words and leads to the page", async () => {
    const browser = await site.browser(await site.user("Rosa"))
    const answer = await browser.post("/new", { title: "Krome Detention Center", kind: "facility", markdown: "## Visits\n\nOn Saturdays." })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe("/wiki/krome-detention-center")
    const page = await (await site.browser()).get("/wiki/krome-detention-center")
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain("On Saturdays.")
    expect(page.body).toContain("This page is a wiki")
  })

  it("refuses a title that differs only in case or accents composed otherwise", async () => {
    const rosa = await site.user("Rosa")
    await site.page(rosa, { title: "Café Krome" })
    await expect(site.page(rosa, { title: "CAFE\u0301 KROME" })).rejects.toMatchObject({ code: "conflict" })
  })

  it("finds another address when the title's own is taken, and refuses a chosen one that is", async () => {
    const rosa = await site.user("Rosa")
    await site.page(rosa, { title: "Krome!" })
    const second = await site.page(rosa, { title: "Krome?" })
    expect(second.page.slug).toBe("krome-2")
    await expect(site.page(rosa, { title: "Other", slug: "krome" })).rejects.toMatchObject({ code: "conflict" })
  })

  it("keeps letters of every script in the address", async () => {
    const { page } = await site.page(await site.user("Rosa"), { title: "مركز كروم" })
    const answer = await (await site.browser()).get(`/wiki/${encodeURIComponent(page.slug)}`)
    expect(answer.statusCode).toBe(200)
  })
})

describe("saving", () => {
  it("puts a revision on top of its base", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa, { markdown: "One." })
    const saved = await savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: "One, two.", summary: "More" })
    expect(saved).toMatchObject({ merged: false, unchanged: false, revision: { number: 2, summary: "More", author: "Rosa" } })
  })

  it("makes no revision when nothing changed", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa, { markdown: "## Visits\n\nOne." })
    const saved = await savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: "## Visits\n\nOne." })
    expect(saved).toMatchObject({ unchanged: true, page: { revision: 1 } })
  })

  it("stores one block for a change of one paragraph", async () => {
    const rosa = await site.user("Rosa")
    const paragraphs = Array.from({ length: 20 }, (_, index) => `Paragraph ${index} of the page.`)
    const { page } = await site.page(rosa, { markdown: paragraphs.join("\n\n") })
    paragraphs[7] = "A changed paragraph."
    await savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: paragraphs.join("\n\n") })
    const { count } = await site.ctx.db.read.selectFrom("blocks").select((eb) => eb.fn.countAll().as("count")).executeTakeFirstOrThrow()
    expect(Number(count)).toBe(21)
  })

  it("refuses an unknown base", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa)
    for (const base of [0, 2, -1, 1.5, Number.NaN]) {
      await expect(savePage(site.ctx, rosa, { slug: page.slug, base, markdown: "x" })).rejects.toMatchObject({ code: "invalid" })
    }
  })

  it("joins disjoint changes made from one base", async () => {
    const [rosa, paul] = [await site.user("Rosa"), await site.user("Paul")]
    const { page } = await site.page(rosa, { markdown: "First part.\n\nSecond part.\n\nThird part." })
    await savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: "First part, better.\n\nSecond part.\n\nThird part." })
    const saved = await savePage(site.ctx, paul, { slug: page.slug, base: 1, markdown: "First part.\n\nSecond part.\n\nThird part, too." })
    expect(saved.merged).toBe(true)
    expect(saved.doc.textContent).toBe("First part, better.Second part.Third part, too.")
  })

  it("refuses colliding changes, keeps the refused text and gives it back", async () => {
    const [rosa, paul] = [await site.user("Rosa"), await site.user("Paul")]
    const { page } = await site.page(rosa, { markdown: "Call the front desk." })
    await savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: "Call the main desk." })
    const browser = await site.browser(paul)
    const answer = await browser.post(`/wiki/${page.slug}/edit`, { title: page.title, base: "1", markdown: "Call the visitors desk." })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toContain("Call the visitors desk.")
    const attempts = await site.ctx.db.read.selectFrom("attempts").selectAll().execute()
    expect(attempts).toHaveLength(1)
    expect(attempts[0]!.document).toContain("visitors")
    expect((await readRevision(site.ctx.db.read, await readPage(site.ctx, paul, page.slug))).doc.textContent).toBe("Call the main desk.")
  })

  it("lets exactly one of fifty saves on one base win when all change the same words", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa, { markdown: "Old words." })
    const saves = Array.from({ length: 50 }, (_, index) =>
      savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: `Words${index}.` }).then(() => "saved", (error) => error.code as string),
    )
    const outcomes = await Promise.all(saves)
    expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === "conflict")).toHaveLength(49)
    expect((await readPage(site.ctx, rosa, page.slug)).revision).toBe(2)
  })
})

describe("an address", () => {
  it("redirects for ever after a change", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa)
    await renamePage(site.ctx, rosa, { slug: page.slug, newSlug: "krome" })
    await renamePage(site.ctx, rosa, { slug: "krome", newSlug: "krome-north" })
    const browser = await site.browser()
    for (const old of [page.slug, "krome"]) {
      const answer = await browser.get(`/wiki/${old}?lang=es`)
      expect([answer.statusCode, answer.headers.location]).toEqual([301, "/wiki/krome-north?lang=es"])
    }
  })

  it("of one page is never given to another", async () => {
    const rosa = await site.user("Rosa")
    await site.page(rosa, { title: "One" })
    await site.page(rosa, { title: "Two" })
    await expect(renamePage(site.ctx, rosa, { slug: "two", newSlug: "one" })).rejects.toMatchObject({ code: "conflict" })
  })

  it.each(["a".repeat(101), "a".repeat(300), "no-such-page"])("that no page has is answered 404 (%s)", async (slug) => {
    expect((await (await site.browser()).get(`/wiki/${slug}`)).statusCode).toBe(404)
  })
})

describe("a deleted page", () => {
  it("is deleted by moderators only", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa)
    for (const viewer of [visitor, rosa]) {
      await expect(setPageDeleted(site.ctx, viewer, { slug: page.slug, deleted: true })).rejects.toMatchObject({ code: "forbidden" })
    }
  })

  it("says so to moderators, and shows itself to nobody else", async () => {
    const { page } = await site.page(await site.user("Rosa"))
    const mona = await site.browser(await site.user("Mona", "moderator"))
    await mona.post(`/wiki/${page.slug}/deletion`, { deleted: "yes" })
    expect((await mona.get(`/wiki/${page.slug}`)).body).toContain("This page was deleted")
    for (const path of ["", "?lang=es", "/authorship", "/history", "/revisions/1"]) {
      expect((await mona.get(`/wiki/${page.slug}${path}`)).statusCode, path).toBe(200)
      expect((await site.app.inject(`/wiki/${page.slug}${path}`)).statusCode, path).toBe(410)
    }
  })

  it("answers 410, and comes back whole", async () => {
    const [rosa, mona] = [await site.user("Rosa"), await site.user("Mona", "moderator")]
    const { page } = await site.page(rosa, { markdown: "Kept words." })
    await setPageDeleted(site.ctx, mona, { slug: page.slug, deleted: true })
    const browser = await site.browser()
    for (const path of ["", "/history", "/revisions/1", "/edit"]) {
      expect((await browser.get(`/wiki/${page.slug}${path}`)).statusCode).toBe(410)
    }
    await setPageDeleted(site.ctx, mona, { slug: page.slug, deleted: false })
    expect((await browser.get(`/wiki/${page.slug}`)).body).toContain("Kept words.")
  })
})

describe("a form", () => {
  it("is given back whole when a link in it may not lead where it does", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa)
    const markdown = "Call [first](javascript:alert(1)), then visit."
    const answer = await (await site.browser(rosa)).post(`/wiki/${page.slug}/edit`, { title: page.title, base: "1", markdown })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain("Line 1: A link cannot lead to “javascript:alert(1)”")
    expect(answer.body).toContain(markdown)
    expect((await readPage(site.ctx, visitor, page.slug)).revision).toBe(1)
  })

  it("that has expired leaves its words on the page that says so", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa)
    const form = { _csrf: "old", title: page.title, base: "1", markdown: "Call first." }
    const answer = await (await site.browser(rosa)).post(`/wiki/${page.slug}/edit`, form)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain("Call first.")
  })
})

describe("a reader's page", () => {
  it("sets no cookie, may be kept, and answers 304 to its own tag", async () => {
    const { page } = await site.page(await site.user("Rosa"))
    const browser = await site.browser()
    const first = await browser.get(`/wiki/${page.slug}`)
    expect(first.headers["set-cookie"]).toBeUndefined()
    expect(first.headers["cache-control"]).toBe("public, no-cache")
    const again = await browser.get(`/wiki/${page.slug}`, { "if-none-match": String(first.headers.etag) })
    expect([again.statusCode, again.body]).toEqual([304, ""])
  })

  it("shows a change made elsewhere at the next request", async () => {
    const rosa = await site.user("Rosa")
    const { page } = await site.page(rosa, { markdown: "Before." })
    const browser = await site.browser()
    expect((await browser.get(`/wiki/${page.slug}`)).body).toContain("Before.")
    await savePage(site.ctx, rosa, { slug: page.slug, base: 1, markdown: "After." })
    expect((await browser.get(`/wiki/${page.slug}`)).body).toContain("After.")
  })

  it("never carries the name of the person who read it before", async () => {
    const rosa = await site.user("Rosa Canary")
    const { page } = await site.page(await site.user("Paul"))
    const hers = await (await site.browser(rosa)).get(`/wiki/${page.slug}`)
    expect(hers.body).toContain("Rosa Canary")
    expect(hers.headers["cache-control"]).toBe("private, no-store")
    expect(hers.headers.etag).toBeUndefined()
    const anybodys = await (await site.browser()).get(`/wiki/${page.slug}`)
    expect(anybodys.body).not.toContain("Canary")
    expect(anybodys.body).not.toContain("_csrf\" value=\"a")
  })

  it("escapes a title made of markup", async () => {
    const { page } = await site.page(await site.user("Rosa"), { title: "<script>alert(1)</script> & co" })
    const { body } = await (await site.browser()).get(`/wiki/${page.slug}`)
    expect(body).toContain("&lt;script>alert(1)&lt;/script> &amp; co")
    expect(body).not.toContain("<script>alert")
  })
})

describe("a facility's state", () => {
  it.each([
    ["the fact of its street address", "::: facts\n- street_address:\n  18201 SW 12th Street\n  Miami, FL 33194\n:::"],
    ["the first address on the page", "Where it is:\n\n::: address\n18201 SW 12th Street\nMiami, Florida 33194-2700\n:::"],
  ])("comes from %s and leads the breadcrumbs", async (_name, markdown) => {
    const { page } = await site.page(await site.user("Rosa"), { markdown })
    expect(page.region).toBe("FL")
    expect((await (await site.browser()).get(`/wiki/${page.slug}`)).body).toContain('<a href="/facilities?state=FL">Florida</a>')
  })
})
