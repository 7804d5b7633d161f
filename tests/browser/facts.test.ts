import axe from "axe-core"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { runDue } from "../../server/jobs/runner.ts"
import { createPage } from "../../server/pages/actions.ts"
import { starterPages } from "../../server/starter/index.ts"
import type { User } from "../../server/web/viewer.ts"
import { work } from "../../server/work.ts"
import { logInAs, openBrowser, openTab, PHONE } from "../helpers/browser.ts"
import { doc, fact, p, sheet } from "../helpers/documents.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"
import { openWebServer, sendHtml, type WebServer } from "../helpers/web-server.ts"

/** What a page may weigh on a poor connection, compressed. */
const BUDGET = 30 * 1024

let browser: Browser
let site: TestSite
let elsewhere: WebServer
let base: string
let editor: User
let context: BrowserContext
let page: Page
let faults: string[] = []
let asked: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  elsewhere = await openWebServer((_request, response) => sendHtml(response, '<title>Annual report</title><meta property="og:site_name" content="The agency">'))
  site = await openTestSite({ OUTBOUND_ALLOW: elsewhere.host })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  editor = await site.user("Ada", "moderator")
  for (const starter of starterPages()) await createPage(site.ctx, editor, starter)
  const facts = [
    fact({ id: "z", key: "time_zone", value: "America/Phoenix" }),
    fact({ id: "h", key: "visiting_hours", type: "hours", value: "Mo-Su 00:00-24:00 (everybody)" }),
    fact({ id: "n", key: "phone_menu", type: "menu", value: "call +13052072001; press 2 (es): Para español; press 4" }),
    fact({ id: "o1", key: "owner", label: "Owner", value: "The county", sources: [{ source: "", title: "A letter", locator: "p. 2", quote: "" }] }),
    fact({ id: "o2", key: "owner", label: "Owner", value: "A company" }),
  ]
  await site.page(editor, { title: "Eloy", markdown: undefined, document: doc(p("Text."), sheet(facts)).toJSON() })
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await elsewhere.close()
})
afterEach(async () => {
  await context.close()
  expect(faults).toEqual([])
})

async function open(path: string, javaScriptEnabled = true): Promise<void> {
  ;({ context, page, faults } = await openTab(browser, { viewport: PHONE, javaScriptEnabled, baseURL: base }))
  asked = []
  page.on("request", (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(path)
}

describe("facts on a telephone", () => {
  it("tell by the clock of the place whether it is open, and carry data that no policy minds", async () => {
    await open("/wiki/eloy")
    await page.getByText(/^Open now until midnight \(everybody\)\. It is (?:\d{1,2}:\d\d [ap]m|noon|midnight) there\.$/).waitFor()
    expect(await page.locator('script[type="application/ld+json"]').count()).toBe(1)
  })

  it("are said to be right without script, in two acts from the page", async () => {
    await open("/wiki/eloy", false)
    const row = page.locator("#b-n")
    expect(await row.getByRole("link", { name: /Call and press 2, 4/ }).getAttribute("href")).toBe("tel:+13052072001,,2,,4")
    await row.getByText("Still right?").click()
    await row.getByLabel("How do you know?").selectOption("I called")
    await row.getByRole("button", { name: "Still right" }).click()
    await page.getByText("When a second person says the same").waitFor()
  })

  it("name their source at the foot of the screen when a number is reached by keyboard, and fit the screen", async () => {
    await open("/wiki/eloy")
    await page.locator(".citation a").first().focus()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Tab")
    const shown = await page.locator(".citation a").first().evaluate((link) => getComputedStyle(link, "::after").content)
    expect(shown).toContain("Source 1: A letter, p. 2")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
  })

  it.each(["/wiki/krome-detention-center", "/wiki/eloy"])("of %s come in three requests and within what a page may weigh, icon and clock and all", async (path) => {
    await open(path)
    await page.waitForLoadState("networkidle")
    expect(asked.length).toBeLessThanOrEqual(3)
    const answers = await Promise.all(asked.map((url) => site.app.inject({ url, headers: { "accept-encoding": "br" } })))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(asked.map(() => 200))
    expect(answers.reduce((sum, { rawPayload }) => sum + rawPayload.length, 0)).toBeLessThan(BUDGET)
    // A browser with a window would ask for an icon that is elsewhere.
    expect(await page.locator('link[rel="icon"]').getAttribute("href")).toMatch(/^data:image\/svg\+xml,%3Csvg/)
  })

  it.each(["/checking", "/checking/next", "/wiki/eloy/facts/o1", "/sources/dead"])("%s can be used by everybody", async (path) => {
    await open(path)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe.run())
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([])
  })
})

describe("a citation in the editor", () => {
  it("is offered what its address says of itself", async () => {
    await open("/wiki/eloy")
    await logInAs("Ada", page)
    await page.goto("/wiki/eloy/edit")
    await page.getByRole("button", { name: "Add a source" }).first().click()
    await page.getByLabel("Source", { exact: true }).fill(`${elsewhere.origin}/report`)
    await page.getByLabel("Source", { exact: true }).blur()
    const title = page.getByRole("dialog").getByLabel("Title")
    await expect.poll(() => runDue(site.ctx, work).then(() => title.inputValue()), { timeout: 20_000 }).toBe("The agency: Annual report")
  })
})
