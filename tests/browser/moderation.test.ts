import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../server/comments/actions.ts"
import { claimItem, decideItem, readLog, readQueue } from "../../server/moderation/actions.ts"
import { CLAIM_LASTS } from "../../server/moderation/model.ts"
import { suggestEdit } from "../../server/moderation/proposals/actions.ts"
import { createPage, readPage, readRevision, savePage } from "../../server/pages/actions.ts"
import { type User, visitor } from "../../server/web/viewer.ts"
import { DESK, logInAs, openBrowser, openTab, PHONE } from "../helpers/browser.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"

const LINES = ["A jail in Macclenny.", "Visits are on Sundays.", "Bring a passport.", "Write to the street address.", "Ask for the chaplain."]

let browser: Browser
let site: TestSite
let base: string
let mona: User
let rosa: User
let context: BrowserContext
let page: Page
let faults: string[] = []
let slug: string
let count = 0

beforeAll(async () => {
  browser = await openBrowser()
  site = await openTestSite({ DATABASE_URL: "" })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  rosa = await site.user("Rosa")
  mona = await site.user("Mona", "moderator")
})
afterAll(async () => {
  await browser.close()
  await site.close()
})
beforeEach(async () => {
  slug = `baker-county-${++count}`
  await createPage(site.ctx, mona, { title: `Baker County ${count}`, slug, kind: "facility", markdown: LINES.join("\n\n") })
})
afterEach(async () => {
  expect(faults).toEqual([])
  await context.close()
  // The next journey begins with nothing waiting, and nothing in anybody's hand.
  site.pass(CLAIM_LASTS)
  for (const { id, kind } of await left()) await decideItem(site.ctx, mona, id, { decision: kind === "edit" ? "approve" : "reject" })
})

async function open(viewport: { width: number; height: number }, javaScriptEnabled: boolean): Promise<void> {
  ;({ context, page, faults } = await openTab(browser, { viewport, javaScriptEnabled, baseURL: base }))
  await logInAs("Mona", page)
}

const comment = (body: string) => postComment(site.ctx, visitor, { slug, name: "Guest", body })
const suggest = async (line: number, words: string) => {
  const { revision, doc } = await readRevision(site.ctx.db.read, await readPage(site.ctx, mona, slug))
  const lines = doc.children.map((block) => block.textContent)
  lines[line] = words
  await suggestEdit(site.ctx, visitor, { slug, name: "Luz", base: revision.number, markdown: lines.join("\n\n") })
}
const edit = async (line: number, words: string) => {
  const { revision, doc } = await readRevision(site.ctx.db.read, await readPage(site.ctx, mona, slug))
  const lines = doc.children.map((block) => block.textContent)
  lines[line] = words
  await savePage(site.ctx, rosa, { slug, base: revision.number, markdown: lines.join("\n\n") })
}
const left = async () => (await readQueue(site.ctx, mona, { limit: 200 })).items
const lastActs = async (count: number) => (await readLog(site.ctx)).entries.slice(0, count).map(({ type, detail }) => [type, detail.reason ?? detail.state ?? ""])

describe("a moderator at a keyboard", () => {
  it("clears a mixed queue: moves, accepts, refuses with a reason, calls spam, takes back", async () => {
    await comment("Buy followers")
    site.pass(1000)
    await comment("The visiting room was closed.")
    site.pass(1000)
    await suggest(1, "Visits are on Mondays.")
    site.pass(1000)
    await edit(2, "Bring a passport or a licence.")
    await open(DESK, true)
    await page.goto("/moderation")
    const focused = () => page.evaluate("document.activeElement.id")
    const ids = (await left()).map(({ id }) => id)
    expect(ids.map((id) => id.split("-")[0])).toEqual(["edit", "proposal", "comment", "comment"])
    expect(await focused()).toBe(ids[0])
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    expect(await focused()).toBe(ids[1])

    // The proposal, then a comment is refused with a reason of the list, and one called spam.
    await page.keyboard.press("a")
    await page.waitForSelector("form.undo")
    expect(await page.locator(".text, main").first().innerText()).toContain("Accepted a proposal for Baker County")
    expect(await focused()).toBe(ids[2])
    await page.keyboard.press("r")
    await page.keyboard.type("An")
    await page.keyboard.press("Enter")
    await page.waitForSelector("form.undo:has-text('Refused a comment')")
    await page.keyboard.press("k")
    await page.keyboard.press("j")
    await page.keyboard.press("s")
    await page.waitForSelector("form.undo:has-text('as spam')")
    expect((await left()).map(({ id }) => id)).toEqual([ids[0]])
    await page.keyboard.press("u")
    await page.waitForSelector(`#${ids[3]}:focus`)
    await page.keyboard.press("s")
    await page.waitForSelector(`#${ids[3]}`, { state: "detached" })
    await page.keyboard.press("a")
    await page.waitForSelector("text=Nothing waits. Thank you.")
    expect(await lastActs(6)).toEqual([
      ["revision.reviewed", ""],
      ["comment.refused", "spam"],
      ["decision.undone", ""],
      ["comment.refused", "spam"],
      ["comment.refused", "An insult"],
      ["proposal.accepted", ""],
    ])
  })

  it("types in a reason without the keys doing anything, and Enter there refuses", async () => {
    await comment("jkarseu")
    await open(DESK, true)
    await page.goto("/moderation")
    await page.focus('input[name="reason"]')
    await page.keyboard.type("a user keeps asking")
    expect(await left()).toHaveLength(1)
    await page.keyboard.press("Enter")
    await page.waitForSelector("text=Nothing waits. Thank you.")
    expect(await lastActs(1)).toEqual([["comment.refused", "a user keeps asking"]])
  })

  it("sees at once when another has the next thing in hand", async () => {
    await comment("One")
    site.pass(1000)
    await comment("Two")
    const nils = await site.user("Nils", "moderator")
    await open(DESK, true)
    await page.goto("/moderation")
    const items = await left()
    await claimItem(site.ctx, nils, items[1]!.id)
    await page.keyboard.press("j")
    await page.waitForSelector(`#${items[1]!.id} .claimed:has-text("Nils has this in hand")`)
    expect(await page.locator(`#${items[1]!.id} .decisions`).count()).toBe(0)
    // Beside the title: what waits may be longer than the screen.
    expect(await page.locator(`#${items[1]!.id} h2 + .claimed`).count()).toBe(1)
  })

  it("sends every other form of the moderators' pages by Enter", async () => {
    await open(DESK, true)
    await page.goto("/moderation/blocks")
    await page.check("[name='act-edit']")
    await page.fill("[name='reason']", "Turned numbers around")
    await page.fill("[name='name']", "Rosa")
    await page.keyboard.press("Enter")
    await page.waitForSelector("li:has-text('Turned numbers around') button:has-text('Lift this block')")
    await page.click("button:has-text('Lift this block')")
    await page.waitForSelector("li:has-text('Turned numbers around') :text('over')")
  })
})

describe("a moderator on a phone, without script", () => {
  it("accepts a part of a proposal, refuses a comment, takes a page out of danger, and takes that back", async () => {
    await comment("The lobby phone is dead.")
    const { revision, doc } = await readRevision(site.ctx.db.read, await readPage(site.ctx, mona, slug))
    const lines = doc.children.map((block) => block.textContent)
    lines[3] = "Write to the post box."
    lines[4] = "Ask for the warden."
    await suggestEdit(site.ctx, visitor, { slug, name: "Luz", base: revision.number, markdown: lines.join("\n\n") })
    await open(PHONE, false)
    await page.goto("/moderation")
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
    await page.click("summary:has-text('Accept a part of it')")
    await page.uncheck(".parts li:nth-child(2) input")
    await page.click("button:has-text('Accept what is chosen')")
    await page.goto(`/wiki/${slug}`)
    expect(await page.locator(".text").innerText()).toMatch(/post box[^]*chaplain/)

    await page.goto("/moderation")
    await page.selectOption("select[name='usual']", "Not about this page")
    await page.click("button:has-text('Refuse')")
    await page.waitForSelector("text=Nothing waits. Thank you.")
    await page.click("button:has-text('Undo')")
    await page.click("li.comment button:has-text('Publish')")
    await page.goto(`/wiki/${slug}`)
    expect(await page.locator("#comments").innerText()).toContain("The lobby phone is dead.")

    await page.click("text=Who changes this page")
    await page.check("input[value='reviewed']")
    await page.fill("input[name='reason']", "A wave of spam")
    await page.click("button:has-text('Set the level')")
    expect(await page.locator(".review-notice").innerText()).toContain("A wave of spam")
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
  })
})
