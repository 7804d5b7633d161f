import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { hide } from "../../../server/moderation/redaction/actions.ts"
import { createPage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { catchUp, search, searchPast } from "../../../server/search/actions.ts"
import { forgetPast, takeInPast } from "../../../server/search/past.ts"
import { mistakes } from "../../../server/search/spelling.ts"
import type { User } from "../../../server/web/viewer.ts"
import { cite, doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User

const find = (text: string) => search(site.ctx, { text, limit: 20 })
const slugs = async (text: string) => (await find(text)).results.map(({ slug }) => slug)

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
  const names = [fact({ key: "alias", value: "Krome North SPC" }), fact({ key: "agency_code", value: "KSPC" })]
  const text = p("Stands near the Everglades.", cite({ title: "Annual inspection of Turkey Point", quote: "The kitchen was spotless" }))
  await createPage(site.ctx, editor, { title: "Krome Detention Center", kind: "facility", document: doc(text, sheet(names)).toJSON() })
  await createPage(site.ctx, editor, { title: "Chrome plating", kind: "article", markdown: "Of detention centres, kspc and tours." })
  await catchUp(site.ctx)
})
afterAll(() => site.close())

describe("a search with typing mistakes", () => {
  it.each(["evreglades", "everglaades", "evergladse", "detnetion evreglades"])("%s finds what was meant, and says what it looked for", async (typed) => {
    const { results, corrected } = await find(typed)
    expect(results[0]!.slug).toBe("krome-detention-center")
    expect(corrected).toContain("everglades")
    expect((await site.app.inject(`/search?q=${encodeURIComponent(typed)}`)).body).toContain("<strong>")
  })

  it("leaves words that pages have, short ones, phrases and numbers as they are", async () => {
    expect((await find("everglade")).corrected).toBeNull()
    expect(await slugs("ksp")).toContain("krome-detention-center")
    for (const typed of ["xqz", '"evreglades"', "3052072009", "qwertyuiop"]) expect((await find(typed)).corrected, typed).toBeNull()
  })

  it("learns new words as pages are saved", async () => {
    await createPage(site.ctx, editor, { title: "Zoo", kind: "article", markdown: "Hippopotamus." })
    // The list of words is read again only once it has served for many times as long as reading it takes.
    await expect.poll(() => slugs("hipopotamus")).toEqual(["zoo"])
  })

  it("counts mistakes as people make them, and the same from both sides", () => {
    expect(mistakes("krome", "krmoe", 2)).toBe(1)
    expect(mistakes("krome", "crome", 2)).toBe(1)
    expect(mistakes("krome", "miami", 2)).toBe(3)
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 })
    fc.assert(fc.property(word, word, (one, other) => {
      expect(mistakes(one, other, 2)).toBe(mistakes(other, one, 2))
      expect(mistakes(one, other, 9) === 0).toBe(one === other)
    }))
  })
})

describe("what stands around a page", () => {
  it("is found: other names before text, sources and quotations, and published comments", async () => {
    expect(await slugs("kspc")).toEqual(["krome-detention-center", "chrome-plating"])
    expect(await slugs("turkey point")).toEqual(["krome-detention-center"])
    expect(await slugs("kitchen spotless")).toEqual(["krome-detention-center"])
    const ada = await site.browser(await site.user("Rosa", "moderator"))
    await ada.post("/wiki/krome-detention-center/comments", { name: "Rosa", body: "The umbrella stand is gone." })
    const { results } = await find("umbrella")
    expect(results.map(({ slug }) => slug)).toEqual(["krome-detention-center"])
    expect(results[0]!.excerpt).toContainEqual({ text: "umbrella", marked: true })
  })
})

describe("searching old revisions", () => {
  it("tells when something first appeared, and when it went", async () => {
    const say = async (base: number, markdown: string) => {
      site.pass(86_400_000)
      await savePage(site.ctx, editor, { slug: "glades", base, markdown })
    }
    await createPage(site.ctx, editor, { title: "Glades", kind: "facility", markdown: "No number yet." })
    await say(1, "Call (305) 555-0134 by day.")
    await say(2, "Call (305) 555-0134 at night.")
    await say(3, "Call nobody.")
    await catchUp(site.ctx)
    expect((await searchPast(site.ctx, "305.555.0134")).found).toMatchObject([
      { slug: "glades", first: { number: 2, createdAt: expect.stringMatching(/^2026-11-24/), author: "Ada" }, last: { number: 3 } },
    ])
    expect((await searchPast(site.ctx, '"by day"')).found).toMatchObject([{ first: { number: 2 }, last: { number: 2 } }])
    expect((await searchPast(site.ctx, '"day by"')).found).toEqual([])
    expect((await searchPast(site.ctx, "nobody")).found).toMatchObject([{ first: { number: 4 }, last: null }])
    const { body } = await site.app.inject("/search?in=history&q=5550134")
    expect(body).toContain('<a href="/wiki/glades/revisions/2">revision 2</a>')
    for (const odd of ["", "%00", '"', "-x", "NOT"]) expect((await site.app.inject(`/search?in=history&q=${encodeURIComponent(odd)}`)).statusCode, odd).toBe(200)
  })

  it("takes a long history in by steps, so that nobody who writes waits for all of it", async () => {
    const { page } = await createPage(site.ctx, editor, { title: "Long", kind: "article", markdown: "Word zero." })
    for (const base of [1, 2, 3, 4]) await savePage(site.ctx, editor, { slug: "long", base, markdown: `Word ordinal${base}.` })
    await catchUp(site.ctx)
    await site.ctx.db.write((tx) => forgetPast(site.ctx, tx, page.id))
    const step = () => site.ctx.db.write((tx) => takeInPast(site.ctx, tx, page.id, 2))
    expect(await step()).toBe(false)
    expect((await searchPast(site.ctx, "ordinal1")).found).toHaveLength(1)
    expect((await searchPast(site.ctx, "ordinal4")).found).toEqual([])
    expect([await step(), await step(), await step()]).toEqual([false, true, true])
    expect((await searchPast(site.ctx, "ordinal4")).found).toHaveLength(1)
  })

  it("forgets what was hidden, and what was deleted", async () => {
    const moderator = await site.user("Mona", "moderator")
    const say = (base: number, markdown: string) => savePage(site.ctx, editor, { slug: "secret", base, markdown })
    await createPage(site.ctx, editor, { title: "Secret", kind: "article", markdown: "Nothing." })
    await say(1, "A zanzibar.")
    await say(2, "Nothing again.")
    await catchUp(site.ctx)
    expect((await searchPast(site.ctx, "zanzibar")).found).toHaveLength(1)
    await hide(site.ctx, moderator, { slug: "secret", part: "text", number: 2, audience: "readers", reason: "Test of hiding" })
    await catchUp(site.ctx)
    expect((await searchPast(site.ctx, "zanzibar")).found).toEqual([])
    await say(3, "A timbuktu.")
    await say(4, "Nothing at last.")
    await catchUp(site.ctx)
    expect((await searchPast(site.ctx, "timbuktu")).found).toMatchObject([{ first: { number: 4 }, last: { number: 4 } }])
    expect((await searchPast(site.ctx, "zanzibar")).found).toEqual([])
    await setPageDeleted(site.ctx, moderator, { slug: "secret", deleted: true })
    expect((await searchPast(site.ctx, "nothing again")).found.map(({ slug }) => slug)).not.toContain("secret")
  })
})

describe("suggestions", () => {
  const suggested = async (typed: string) =>
    ((await site.app.inject(`/search/suggestions?q=${encodeURIComponent(typed)}`)).json() as { items: { slug: string }[] }).items.map(({ slug }) => slug)

  it("are pages whose title or other names begin so", async () => {
    expect(await suggested("kro")).toEqual(["krome-detention-center"])
    expect(await suggested("north s")).toEqual(["krome-detention-center"])
    expect(await suggested("everglades")).toEqual([])
    for (const odd of ["", "k", "%", '"', "kro*", "'", "\\", "NOT"]) expect(Array.isArray(await suggested(odd)), odd).toBe(true)
  })
})
