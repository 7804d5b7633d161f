import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createPage, savePage, setPageDeleted } from "../../../server/pages/actions.ts"
import { catchUp, ensureSearch, rebuildSearch, search } from "../../../server/search/actions.ts"
import { plainExcerpt } from "../../../server/search/model.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let editor: User
let moderator: User

const slugs = async (text: string, kind?: "facility" | "source" | "article") =>
  (await search(site.ctx, { text, kind, limit: 20 })).results.map(({ slug }) => slug)

beforeAll(async () => {
  site = await openTestSite()
  editor = await site.user("Ada")
  moderator = await site.user("Mo", "moderator")
  const phone = fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001" })
  const document = doc(sheet(phone), p("The center stands at the edge of the Everglades. Family visits are on Sunday. Café en la entrada.")).toJSON()
  await createPage(site.ctx, editor, { title: "Krome Detention Center", kind: "facility", document })
  await site.page(editor, { title: "Baker County Jail", markdown: "Visits by video. People from Krome are moved here. It has 1,943 beds." })
  await site.page(editor, { title: "How bonds work", kind: "article", markdown: "A bond is paid online. Málaga is a family name. Visits: family only." })
  await site.page(editor, { title: "Report of 2023", kind: "source", markdown: "Thirteen recommendations. 拘留中心 means detention center." })
})
afterAll(() => site.close())

describe("searching", () => {
  it("finds nothing for nothing", async () => {
    expect(await slugs("")).toEqual([])
    expect(await slugs(" \t ")).toEqual([])
    expect(await slugs("?!…")).toEqual([])
    expect(await slugs("-krome")).toEqual([])
  })

  it("puts a word in the title before the same word in the text", async () => {
    expect(await slugs("krome")).toEqual(["krome-detention-center", "baker-county-jail"])
  })

  it("ignores case, accents and punctuation", async () => {
    expect(await slugs("CAFE")).toEqual(["krome-detention-center"])
    expect(await slugs("malaga")).toEqual(["how-bonds-work"])
    expect(await slugs("málaga")).toEqual(["how-bonds-work"])
    expect(await slugs("1943")).toEqual(["baker-county-jail"])
  })

  it("finds a telephone number however it is written, and by its end", async () => {
    for (const written of ["305.207.2001", "(305)207-2001", "+1 305 207 2001", "3052072001", "207-2001", "305207"]) {
      expect(await slugs(written), written).toEqual(["krome-detention-center"])
    }
  })

  it("finds kinds of fact by their names in other languages", async () => {
    expect(await slugs("krome teléfono")).toEqual(["krome-detention-center"])
    expect(await slugs("nimewo telefon")).toEqual(["krome-detention-center"])
  })

  it("takes the last word for a beginning", async () => {
    expect(await slugs("everg")).toEqual(["krome-detention-center"])
    expect(await slugs("sunday everg")).toEqual(["krome-detention-center"])
  })

  it("finds phrases as they stand, and leaves out words after a minus", async () => {
    expect(await slugs('"family visits"')).toEqual(["krome-detention-center"])
    expect((await slugs("visits")).sort()).toEqual(["baker-county-jail", "how-bonds-work", "krome-detention-center"])
    expect((await slugs("visits -video")).sort()).toEqual(["how-bonds-work", "krome-detention-center"])
    expect(await slugs('visits -"family visits" -video')).toEqual(["how-bonds-work"])
  })

  it("finds words of scripts without blanks", async () => {
    expect(await slugs("留中")).toEqual(["report-of-2023"])
    expect(await slugs("中留")).toEqual([])
  })

  it("can be kept to one kind of page", async () => {
    expect(await slugs("center", "source")).toEqual(["report-of-2023"])
  })

  it("offers pages with some of the words when none has all", async () => {
    const found = await search(site.ctx, { text: "everglades recommendations", limit: 20 })
    expect(found.partial).toBe(true)
    expect(found.results.map(({ slug }) => slug).sort()).toEqual(["krome-detention-center", "report-of-2023"])
  })

  it("shows where in the text it was found", async () => {
    const { results } = await search(site.ctx, { text: "everglades", limit: 1 })
    expect(results[0]!.excerpt).toContainEqual({ text: "Everglades", marked: true })
    expect(plainExcerpt(results[0]!.excerpt)).toContain("The center stands at the edge of the Everglades.")
  })

  it("knows what was saved just now, and forgets what is gone", async () => {
    await site.page(editor, { title: "Glades County", markdown: "Xylophones are allowed." })
    expect(await slugs("xylophones")).toEqual(["glades-county"])
    await savePage(site.ctx, editor, { slug: "glades-county", base: 1, markdown: "Trumpets are allowed." })
    expect(await slugs("xylophones")).toEqual([])
    expect(await slugs("trumpets")).toEqual(["glades-county"])
    await setPageDeleted(site.ctx, moderator, { slug: "glades-county", deleted: true })
    expect(await slugs("trumpets")).toEqual([])
    await setPageDeleted(site.ctx, moderator, { slug: "glades-county", deleted: false })
    expect(await slugs("trumpets")).toEqual(["glades-county"])
  })

  it("never finds a deleted page, even while the index still knows it", async () => {
    await site.page(editor, { title: "Closed for good", markdown: "Zeppelins." })
    await catchUp(site.ctx)
    const { read } = site.ctx.db
    await site.ctx.db.write((tx) => tx.updateTable("pages").set({ deleted_at: "2026-01-01" }).where("slug", "=", "closed-for-good").execute())
    expect(await slugs("zeppelins")).toEqual([])
    expect(await read.selectFrom("pages").select("slug").where("slug", "=", "closed-for-good").execute()).toHaveLength(1)
  })

  it("is the same after the index was made anew", async () => {
    const before = await slugs("center")
    const parts: number[] = []
    await rebuildSearch(site.ctx, (part) => parts.push(part))
    expect(parts.at(-1)).toBe(1)
    expect(await slugs("center")).toEqual(before)
  })

  it("leaves an index of this layout as it is at the next start", async () => {
    await ensureSearch(site.ctx)
    expect(await catchUp(site.ctx)).toBe(0)
  })

  it("takes any text for a query", async () => {
    const operators = ['"', "*", "krome*", "^krome", "title:krome", "{title text}: krome", "NEAR(a b, 2)", "a AND", "OR", "NOT", "- -", "a:*", "!a & b", "a <-> b", "'", "\\", "\\'", "%", "(", ")", "((((", '"a" "', "a\u0000b", "\ud800", "krome'); DROP TABLE pages;--"]
    for (const text of operators) await expect(search(site.ctx, { text, limit: 5 }), text).resolves.toBeDefined()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (text) => {
        expect((await search(site.ctx, { text, limit: 5 })).count).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 200 },
    )
  })

  it("takes pages of any text in", async () => {
    const document = doc(p("'quotes' \\ back\\slash 'x':1A & | ! <-> \u2028 \u{1f600} a\u0301"), p("word ".repeat(40_000)), p("é".repeat(5_000))).toJSON()
    await createPage(site.ctx, editor, { title: "Odd characters", kind: "article", document })
    expect(await slugs("backslash")).toEqual([])
    expect(await slugs('"back slash" quotes')).toEqual(["odd-characters"])
  })
})

describe("the search page", () => {
  it("asks when nothing was asked", async () => {
    const { statusCode, body } = await site.app.inject("/search")
    expect(statusCode).toBe(200)
    expect(body).toContain('name="q"')
  })

  it("shows what was found, the words marked and everything escaped", async () => {
    const { body } = await site.app.inject("/search?q=everglades")
    expect(body).toContain('<a href="/wiki/krome-detention-center">Krome Detention Center</a>')
    expect(body).toContain("<mark>Everglades</mark>")
    const odd = await site.app.inject(`/search?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(odd.statusCode).toBe(200)
    expect(odd.body).not.toContain("<script>alert")
  })

  it("says what to do when nothing was found", async () => {
    const { statusCode, body } = await site.app.inject("/search?q=qwertz")
    expect(statusCode).toBe(200)
    expect(body).toContain("Nothing was found")
  })

  it("bears odd parameters", async () => {
    for (const query of ["q=a&q=b", "q[]=a", "q[x]=1", "q=krome&kind=%00&page=-1", "q=krome&page=99999999999", "__proto__[q]=1", "q=%FF", "q=%00"]) {
      expect((await site.app.inject(`/search?${query}`)).statusCode, query).toBeLessThan(500)
    }
  })

  it("writes no search into the log", async () => {
    await site.app.inject("/search?q=canaryterm")
    await site.app.inject("/search?q=canaryterm%FF")
    expect(site.log.join("\n")).not.toContain("canaryterm")
  })
})
