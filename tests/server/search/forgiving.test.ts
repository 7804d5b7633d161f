import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createPage } from "../../../server/pages/actions.ts"
import { catchUp, search } from "../../../server/search/actions.ts"
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
    expect(await slugs("hipopotamus")).toEqual(["zoo"])
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
