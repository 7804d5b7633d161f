import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { beginDaily } from "../../../server/jobs/daily.ts"
import { runDue } from "../../../server/jobs/runner.ts"
import { readPage, readRevision, savePage } from "../../../server/pages/actions.ts"
import type { User } from "../../../server/web/viewer.ts"
import { daily, work } from "../../../server/work.ts"
import { type Browser, openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let rosa: User
let paul: User
let hers: Browser

const FIRST = "Call the front desk.\n\nVisit on Saturdays.\n\nBring a passport."

beforeEach(async () => {
  site = await openTestSite()
  ;[rosa, paul] = [await site.user("Rosa"), await site.user("Paul")]
  await site.page(rosa, { slug: "krome", title: "Krome", markdown: FIRST })
  await savePage(site.ctx, paul, { slug: "krome", base: 1, markdown: FIRST.replace("front", "main").replace("a passport", "a passport and a letter") })
  hers = await site.browser(rosa)
})
afterEach(() => site.close())

/** Rosa saves on the old base; returns where her text is kept. */
async function collide(markdown = FIRST.replace("front", "visitors").replace("Saturdays", "Sundays")): Promise<string> {
  const answer = await hers.post("/wiki/krome/edit", { title: "Krome", base: "1", markdown, summary: "Checked" })
  expect(answer.statusCode).toBe(409)
  return /action="(\/wiki\/krome\/attempts\/[^"]+)"/.exec(answer.body)![1]!
}

async function textNow(): Promise<string> {
  const { doc } = await readRevision(site.ctx.db.read, await readPage(site.ctx, rosa, "krome"))
  return doc.children.map((block) => block.textContent).join("\n")
}

describe("a save that collides", () => {
  it("shows before, theirs and mine of each place, chooses nothing, and joins everything else", async () => {
    const { body } = await hers.get(await collide())
    expect(body.match(/<legend>/g)).toHaveLength(1)
    expect(body).toMatch(/front[^]*main[^]*visitors/)
    expect(body).not.toMatch(/type="radio"[^>]*checked/)
    expect(body).toContain("Visit on Sundays.")
    expect(body).toMatch(/kept for 30 days, <a href="\/wiki\/krome\/attempts\//)
  })

  it("chooses neither of two titles", async () => {
    await savePage(site.ctx, paul, { slug: "krome", base: 2, title: "Krome Center", markdown: FIRST })
    const { body } = await hers.post("/wiki/krome/edit", { title: "Krome, Miami", base: "1", markdown: FIRST })
    expect(body).toContain("Theirs: Krome Center. Yours: Krome, Miami")
    expect(/<input[^>]*name="title"[^>]*>/.exec(body)![0]).toMatch(/ value(="")?[ >]/)
    const path = /action="(\/wiki\/krome\/attempts\/[^"]+)"/.exec(body)![1]!
    expect((await hers.post(path, { base: "3", title: "" })).statusCode).toBe(422)
    expect((await hers.post(path, { base: "3" })).statusCode).toBe(422)
    expect((await hers.post(path, { base: "3", title: "Krome Center, Miami" })).statusCode).toBe(303)
    expect((await readPage(site.ctx, rosa, "krome")).title).toBe("Krome Center, Miami")
  })

  it("is not saved while a place is undecided, and keeps what was decided", async () => {
    const path = await collide()
    const answer = await hers.post(path, { base: "2", title: "Krome", "hand-0": "Call me maybe." })
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain("Decide what should stand here.")
    expect(answer.body).toContain("Call me maybe.")
    expect(await textNow()).toContain("main desk")
  })

  it.each([
    ["theirs", "Call the main desk.\nVisit on Sundays.\nBring a passport and a letter."],
    ["mine", "Call the visitors desk.\nVisit on Sundays.\nBring a passport and a letter."],
    ["both", "Call the main desk.\nCall the visitors desk.\nVisit on Sundays.\nBring a passport and a letter."],
    ["hand", "Call any desk.\nVisit on Sundays.\nBring a passport and a letter."],
  ])("is saved as decided: %s", async (choice, text) => {
    const answer = await hers.post(await collide(), { base: "2", title: "Krome", summary: "Joined", "choice-0": choice, "hand-0": "Call any desk." })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, "/wiki/krome"])
    expect(await textNow()).toBe(text)
  })

  it("asks again when the page moves on while the person decides", async () => {
    const path = await collide()
    await savePage(site.ctx, paul, { slug: "krome", base: 2, markdown: "Everything anew." })
    const answer = await hers.post(path, { base: "2", title: "Krome", "choice-0": "mine" })
    expect(answer.statusCode).toBe(409)
    expect(answer.body).not.toMatch(/type="radio"[^>]*checked/)
    expect(await textNow()).toBe("Everything anew.")
  })

  it("belongs to its author alone, and can be taken up again for thirty days", async () => {
    const path = await collide()
    expect((await (await site.browser(paul)).get(path)).statusCode).toBe(404)
    expect((await (await site.browser()).get(path)).statusCode).toBe(404)
    site.pass(13 * 86_400_000)
    expect((await hers.get(path)).statusCode).toBe(200)
    site.pass(18 * 86_400_000)
    expect((await (await site.browser(rosa)).get(path)).statusCode).toBe(404)
  })

  it("is listed for its author until it is settled or thirty days old", async () => {
    const account = async (from = hers) => (await from.get("/account")).body
    expect(await account()).not.toContain("Texts that were refused")
    const [first, second] = [await collide(), await collide(FIRST.replace("front", "public"))]
    for (const path of [first, second]) expect(await account()).toContain(`href="${path}"`)
    expect(await account(await site.browser(paul))).not.toContain("Texts that were refused")
    await hers.post(first, { base: "2", title: "Krome", summary: "Joined", "choice-0": "mine" })
    expect(await account()).not.toContain(first)
    expect((await hers.get(first)).statusCode).toBe(404)
    site.pass(31 * 86_400_000)
    expect(await account(await site.browser(rosa))).not.toContain("Texts that were refused")
  })
})

describe("what time makes useless", () => {
  const stored = (table: "attempts" | "drafts") => site.ctx.db.read.selectFrom(table).selectAll().execute()
  const cleaned = () => runDue(site.ctx, work)
  const draft = { title: "Krome", kind: "", summary: "", format: "markdown", body: "Words.", base: 2, version: 0 }

  it("goes once a day: refused texts after thirty days, and where drafts were long after they were saved or discarded", async () => {
    await beginDaily(site.ctx, daily)
    await collide()
    await hers.send("PUT", "/wiki/krome/draft", draft)
    await hers.send("DELETE", "/wiki/krome/draft")
    await cleaned()
    expect([await stored("attempts"), await stored("drafts")].map((rows) => rows.length)).toEqual([1, 1])
    site.pass(31 * 86_400_000)
    await cleaned()
    expect([await stored("attempts"), await stored("drafts")].map((rows) => rows.length)).toEqual([0, 1])
    site.pass(180 * 86_400_000)
    await cleaned()
    expect(await stored("drafts")).toEqual([])
  })

  it("is never a text that somebody is writing, and never lets one that was saved come back", async () => {
    await beginDaily(site.ctx, daily)
    await hers.send("PUT", "/wiki/krome/draft", draft)
    site.pass(400 * 86_400_000)
    await cleaned()
    expect(await stored("drafts")).toMatchObject([{ body: "Words." }])
    hers = await site.browser(rosa)
    await hers.send("DELETE", "/wiki/krome/draft")
    site.pass(86_400_000)
    await cleaned()
    expect(await stored("drafts")).toEqual([])
    expect((await hers.send("PUT", "/wiki/krome/draft", { ...draft, version: 1, left: true })).statusCode).toBe(409)
  })
})
