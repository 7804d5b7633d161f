import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { citeBibtex } from "../../../server/history/cite.ts"
import { readRevision, renamePage, savePage } from "../../../server/pages/actions.ts"
import type { PageAt } from "../../../server/pages/model.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let at: PageAt

beforeAll(async () => {
  site = await openTestSite({ BASE_URL: "https://wiki.example" })
  const rosa = await site.user("Rosa", "moderator")
  const { page } = await site.page(rosa, { title: "Krome & Sons {50% #1}", slug: "krome", markdown: "Call the front desk." })
  await savePage(site.ctx, rosa, { slug: "krome", base: 1, markdown: "Call the main desk." })
  at = await readRevision(site.ctx.db.read, { ...page, revision: 2 })
  await renamePage(site.ctx, rosa, { slug: "krome", newSlug: "krome-center" })
})
afterAll(() => site.close())

const get = (url: string) => site.app.inject(url)

describe("citing", () => {
  it("begins under the page and names its revision of now", async () => {
    expect((await get("/wiki/krome-center")).body).toContain('href="/wiki/krome-center/cite"')
    expect((await get("/wiki/krome-center/cite")).headers.location).toBe("/wiki/krome-center/revisions/2/cite")
  })

  it("names the revision, its date and its address in a sentence", async () => {
    const { body } = await get("/wiki/krome-center/revisions/1/cite")
    expect(body).toContain("Habeas contributors, “Krome &amp; Sons {50% #1}”, Habeas, revision 1, November 23, 2026, https://wiki.example/wiki/krome-center/revisions/1")
    expect(body).toContain('<a href="/wiki/krome-center/revisions/2/cite">newer revision</a>')
    expect((await get("/wiki/krome-center/revisions/9/cite")).statusCode).toBe(404)
  })

  it("gives an address that outlasts the page's own", async () => {
    expect((await get("/wiki/krome/revisions/1")).body).toContain("Call the front desk.")
  })

  it("gives BibTeX in which every sign of the title is only a sign", async () => {
    const { body, headers } = await get("/wiki/krome-center/revisions/2/cite.bib")
    expect(headers["content-type"]).toBe("application/x-bibtex; charset=utf-8")
    expect(body).toContain("@misc{habeas-krome-center-2,\n")
    expect(body).toContain("title = {{Krome \\& Sons \\textbraceleft{}50\\% \\#1\\textbraceright{}}},")
    expect(body).toContain("month = nov,")
    expect(body).toContain("url = {https://wiki.example/wiki/krome-center/revisions/2},")
  })

  it("gives BibTeX whose braces pair up, whatever the title", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.constantFrom("krome", "日本", "a-1"), (title, slug) => {
        const text = citeBibtex({ ...at, page: { ...at.page, slug }, revision: { ...at.revision, title } }, "https://wiki.example")
        let open = 0
        for (const sign of text) {
          if (sign === "{") open++
          if (sign === "}") open--
          expect(open).toBeGreaterThanOrEqual(0)
        }
        expect(open).toBe(0)
        expect(/^@misc\{[\x21-\x7e]+,\n/.test(text)).toBe(true)
      }),
    )
  })

  it("gives CSL JSON with the revision and its date", async () => {
    const [item] = (await get("/wiki/krome-center/revisions/2/cite.json")).json() as [Record<string, unknown>]
    expect(item).toMatchObject({
      type: "webpage",
      title: "Krome & Sons {50% #1}",
      version: "revision 2",
      issued: { "date-parts": [[2026, 11, 23]] },
      URL: "https://wiki.example/wiki/krome-center/revisions/2",
    })
  })
})
