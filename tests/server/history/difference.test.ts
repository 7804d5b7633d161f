import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { compare, draw } from "../../../server/history/actions.ts"
import { Kept } from "../../../server/history/kept.ts"
import { readPage, savePage } from "../../../server/pages/actions.ts"
import { type User, visitor } from "../../../server/web/viewer.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let rosa: User

beforeEach(async () => {
  site = await openTestSite()
  rosa = await site.user("Rosa", "moderator")
  await site.page(rosa, { slug: "krome", markdown: 'Call the front desk, say "visit" and wait.\n\nBring a passport.' })
  await savePage(site.ctx, rosa, { slug: "krome", base: 1, markdown: "Call the main desk, say “visit” and wait.\n\nBring a **passport**." })
})
afterEach(() => site.close())

const read = async (path: string) => (await site.app.inject(path)).body

describe("the page of a difference", () => {
  it("numbers each change, links to it, and tells the size in words", async () => {
    const body = await read("/wiki/krome/diff/1/2")
    expect(body).toContain('<a href="#c1">“front” replaced by “main”</a>')
    expect(body).toMatch(/<del class="change removed text" id="c1" data-label="removed">front<\/del>/)
    expect(body).toContain("4 changes")
    expect(body).toContain("+1 −1 words")
  })

  it("leaves out a class of changes, and goes on saying how many those are", async () => {
    const whole = await read("/wiki/krome/diff/1/2")
    expect(whole).toContain('value="formatting"')
    expect(whole).toContain("punctuation (2)")
    const body = await read("/wiki/krome/diff/1/2?hide=punctuation&hide=formatting&hide=text")
    expect(body).toContain("Not shown: 1 formatting, 2 punctuation.")
    expect(body).toContain('id="c1"')
    expect(body).not.toContain('href="#c4"')
    expect(body).toContain("/wiki/krome/diff/1/2?view=side&amp;hide=formatting&amp;hide=punctuation")
  })

  it("is there as a part for lists of changes, its ids its own", async () => {
    const body = await read("/wiki/krome/diff/1/2/changes")
    expect(body).toMatch(/^<div class="diff-part">/)
    expect(body).toMatch(/href="#\w+-2-c1"/)
    expect(body).toMatch(/id="\w+-2-c1"/)
  })

  it("leads to the changes around it", async () => {
    await savePage(site.ctx, rosa, { slug: "krome", base: 2, markdown: "Call." })
    await savePage(site.ctx, rosa, { slug: "krome", base: 3, markdown: "Call now." })
    const body = await read("/wiki/krome/diff/2/3")
    for (const path of ["1/2", "3/4", "2/4"]) expect(body).toContain(`href="/wiki/krome/diff/${path}"`)
  })
})

describe("a comparison", () => {
  it("is made once for the same two texts, and so is its drawing", async () => {
    const page = await readPage(site.ctx, visitor, "krome")
    const [one, other] = [await compare(site.ctx, page, 1, 2), await compare(site.ctx, page, 1, 2)]
    expect(other.diff).toBe(one.diff)
    expect(one.complete).toBe(true)
    expect(draw(other, "side")).toBe(draw(one, "side"))
    expect(draw(one, "side", { hide: ["formatting"] })).not.toBe(draw(one, "side"))
  })

  it("forgets what was not asked for the longest when it grows too heavy", () => {
    const kept = new Kept<string>(10)
    kept.put("a", "A", 4)
    kept.put("b", "B", 4)
    kept.get("a")
    kept.put("c", "C", 4)
    expect(["a", "b", "c"].map((key) => kept.get(key))).toEqual(["A", undefined, "C"])
    kept.put("d", "D", 11)
    expect(["a", "c", "d"].map((key) => kept.get(key))).toEqual([undefined, undefined, undefined])
  })
})
