import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readPage, readRevision, savePage } from "../../../server/pages/actions.ts"
import { readDraft } from "../../../server/pages/drafts/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { doc, h2, p } from "../../helpers/documents.ts"
import { type Browser, openTestSite, PASSWORD, type TestSite, tokenIn } from "../../helpers/site.ts"

const KROME = "/wiki/krome"
const EDIT = `${KROME}/edit?section=visits`
const PAGE = doc(p({ id: "a" }, "A center."), h2({ id: "visits" }, "Visits"), p({ id: "b" }, "On Saturdays."), h2({ id: "mail" }, "Mail"), p({ id: "c" }, "Books only."))

let site: TestSite
let rosa: User
let paul: User
let hers: Browser

beforeEach(async () => {
  site = await openTestSite()
  ;[rosa, paul] = [await site.user("Rosa"), await site.user("Paul")]
  hers = await site.browser(rosa)
  await site.page(rosa, { slug: "krome", title: "Krome", markdown: undefined, document: PAGE.toJSON() })
})
afterEach(() => site.close())

const head = async () => readRevision(site.ctx.db.read, await readPage(site.ctx, rosa, "krome"))
const texts = async () => (await head()).doc.children.map((block) => block.textContent)
const form = (change: Record<string, string> = {}) => ({ title: "Krome", base: "1", section: "visits", markdown: "## Visits\n\nOn Sundays.", ...change })
const save = (change?: Record<string, string>) => hers.post(`${KROME}/edit`, form(change))
const paulWrites = (from: string, to: string) =>
  savePage(site.ctx, paul, { slug: "krome", base: 1, document: JSON.parse(JSON.stringify(PAGE.toJSON()).replace(from, to)) })

describe("the form of a section", () => {
  it("is a click from its heading for every reader, by a name of its own", async () => {
    const { body } = await (await site.browser()).get(KROME)
    expect(body).toContain('<a class="edit-link" href="/wiki/krome/edit?section=visits" rel="nofollow" aria-label="Edit section Visits">Edit</a>')
    expect((await (await site.browser()).get(EDIT)).statusCode).toBe(401)
  })

  it("holds that section alone, rich and as Markdown", async () => {
    const { body, statusCode } = await hers.get(EDIT)
    expect(statusCode).toBe(200)
    expect(body).toContain("## Visits\n\nOn Saturdays.")
    for (const other of ["A center.", "Books only."]) expect(body).not.toContain(other)
    expect(body).toContain("&quot;On Saturdays.&quot;")
  })

  it("says so when the page has no such section any more", async () => {
    await paulWrites('"level":2,"id":"visits"', '"level":2,"id":"visiting"')
    await savePage(site.ctx, paul, { slug: "krome", base: (await head()).revision.number, document: doc(p({ id: "a" }, "A center.")).toJSON() })
    const { body, statusCode } = await hers.get(EDIT)
    expect(statusCode).toBe(404)
    expect(body).toContain("This section is not on the page any more")
    expect(body).toContain('href="/wiki/krome/edit"')
  })

  it("shows what will change in the section", async () => {
    const { body } = await hers.post(`${KROME}/preview`, form())
    expect(body).toMatch(/<del[^>]*>Saturdays/)
    expect(body).not.toContain("Books only.")
    expect(body).toContain('name="section" value="visits"')
  })

  it("goes through a login that has expired", async () => {
    const late = await site.browser()
    const asked = await late.post(`${KROME}/edit`, form())
    expect(asked.statusCode).toBe(401)
    expect(asked.body).toMatch(/<textarea name="section" hidden[^>]*>\n?visits</)
    const login = { carried: `${KROME}/edit`, _csrf: tokenIn(asked.body), username: "Rosa", password: PASSWORD }
    const back = await late.post("/login", { ...form(), ...login })
    expect(back.body).toContain("On Sundays.")
    expect(back.body).toContain('name="section" value="visits"')
  })
})

describe("saving a section", () => {
  it("leaves every other block as it is, to the byte, and leads back to it", async () => {
    const before = (await head()).doc
    const answer = await save()
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/wiki/krome#b-visits"])
    const after = (await head()).doc
    expect(await texts()).toEqual(["A center.", "Visits", "On Sundays.", "Mail", "Books only."])
    for (const at of [0, 1, 3, 4]) expect(JSON.stringify(after.child(at))).toBe(JSON.stringify(before.child(at)))
    expect(after.child(2).attrs.id).toBe("b")
  })

  it("takes the document of the editor as well", async () => {
    const document = JSON.stringify(doc(h2({ id: "visits" }, "Visiting"), p({ id: "b" }, "On Saturdays."), p("Bring a passport.")).toJSON())
    expect((await hers.post(`${KROME}/edit`, { title: "Krome", base: "1", section: "visits", document })).statusCode).toBe(303)
    expect(await texts()).toEqual(["A center.", "Visiting", "On Saturdays.", "Bring a passport.", "Mail", "Books only."])
  })

  it("joins what others saved elsewhere on the page", async () => {
    await paulWrites("Books only.", "Books and letters.")
    expect((await save()).headers.location).toBe("/wiki/krome/diff/2/3?joined=1")
    expect(await texts()).toEqual(["A center.", "Visits", "On Sundays.", "Mail", "Books and letters."])
  })

  it("keeps the text where both changed the same words", async () => {
    await paulWrites("On Saturdays.", "On Mondays.")
    const answer = await save({ draft: "1" })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).toMatch(/Mondays[^]*Sundays/)
    expect(await texts()).toContain("On Mondays.")
  })

  it("gives back what was typed, with the reason", async () => {
    const answer = await save({ markdown: "## Visits\n\nAsk for A208 114 536." })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain("Ask for A208 114 536.")
    expect(answer.body).toContain('name="section" value="visits"')
    for (const wrong of [{ section: "nowhere" }, { base: "7" }] as Record<string, string>[]) expect((await save(wrong)).statusCode).toBe(422)
    expect(await texts()).toContain("On Saturdays.")
  })

  it("takes the section away when nothing is left of it", async () => {
    expect((await save({ markdown: "" })).headers.location).toBe("/wiki/krome")
    expect(await texts()).toEqual(["A center.", "Mail", "Books only."])
  })
})

describe("the draft of a section", () => {
  const DRAFT = `${KROME}/draft?section=visits`
  const text = { title: "Krome", kind: "", summary: "", format: "markdown", body: "## Visits\n\nOn Sundays.", base: 1, version: 0 }
  const kept = async (section: string | null) => readDraft(site.ctx, rosa, await readPage(site.ctx, rosa, "krome"), section)

  it("is kept beside that of the page, and each is named in the form of the other", async () => {
    await hers.send("PUT", DRAFT, text)
    await hers.send("PUT", `${KROME}/draft`, { ...text, body: "Everything anew." })
    expect([(await kept("visits"))?.body, (await kept(null))?.body]).toEqual([text.body, "Everything anew."])
    expect((await hers.get(`${KROME}/edit`)).body).toContain("section “Visits”")
    expect((await hers.get(EDIT)).body).toContain('href="/wiki/krome/edit?draft=take"')
    expect((await hers.get("/account")).body).toContain("section “Visits”")
  })

  it("is offered with its changes, taken up, and gone once it is saved", async () => {
    await hers.send("PUT", DRAFT, text)
    const offer = (await hers.get(EDIT)).body
    expect(offer).toContain("You were writing here")
    expect(offer).toMatch(/<del[^>]*>Saturdays/)
    const form = (await hers.get(`${EDIT}&draft=take`)).body
    expect(form).toContain("On Sundays.")
    expect(form).toContain('name="draft" value="1"')
    await save({ draft: "1" })
    expect(await kept("visits")).toBeUndefined()
  })

  it("is offered although the section is gone, and discarded when that is asked", async () => {
    await hers.send("PUT", DRAFT, text)
    await savePage(site.ctx, paul, { slug: "krome", base: 1, document: doc(p({ id: "a" }, "A center.")).toJSON() })
    const { body, statusCode } = await hers.get(EDIT)
    expect(statusCode).toBe(404)
    expect(body).toContain("You were writing here")
    expect((await hers.get(`${EDIT}&draft=take`)).body).toContain("On Sundays.")
    expect((await hers.get("/account")).statusCode).toBe(200)
    await hers.post(DRAFT, {})
    expect(await kept("visits")).toBeUndefined()
  })

  it("of a section that never was is refused", async () => {
    expect((await hers.send("PUT", `${KROME}/draft?section=nowhere`, text)).statusCode).toBe(422)
  })

  it("is cleared when its collision is settled", async () => {
    await hers.send("PUT", DRAFT, text)
    await paulWrites("On Saturdays.", "On Mondays.")
    const refused = await save({ draft: "1" })
    const path = /action="(\/wiki\/krome\/attempts\/[^"]+)"/.exec(refused.body)![1]!
    await hers.post(path, { base: "2", title: "Krome", "choice-0": "mine" })
    expect(await texts()).toContain("On Sundays.")
    expect(await kept("visits")).toBeUndefined()
  })
})
