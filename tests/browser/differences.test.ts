import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { savePage } from "../../server/pages/actions.ts"
import { openBrowser } from "../helpers/browser.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"

let site: TestSite
let browser: Browser
let base: string

beforeAll(async () => {
  site = await openTestSite()
  const rosa = await site.user("Rosa", "moderator")
  await site.page(rosa, { slug: "krome", markdown: "Call the front desk.\n\nBring a passport.\n\nCome early." })
  await savePage(site.ctx, rosa, { slug: "krome", base: 1, markdown: "Call the main desk.\n\nBring a card.\n\nCome late." })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function open(path: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(base + path)
  return page
}

describe("the page of a difference", () => {
  it("goes through its changes with n and p, and stays at both ends", async () => {
    const page = await open("/wiki/krome/diff/1/2")
    const seen: string[] = []
    for (const key of ["n", "n", "n", "n", "p", "p", "p"]) {
      await page.keyboard.press(key)
      seen.push(await page.evaluate(() => location.hash))
    }
    expect(seen).toEqual(["#c1", "#c2", "#c3", "#c3", "#c2", "#c1", "#c1"])
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("front")
    expect(await page.locator(".change-list [aria-current]").textContent()).toBe("“front” replaced by “main”")
    await page.fill('.site-search [name="q"]', "n")
    await page.keyboard.press("p")
    expect(await page.evaluate(() => location.hash)).toBe("#c1")
    await page.close()
  })
})

describe("a list of changes", () => {
  it("opens what changed in its place, fetched only then", async () => {
    const page = await open("/changes")
    const asked: string[] = []
    page.on("request", (request) => /\/diff\//.test(request.url()) && asked.push(new URL(request.url()).pathname))
    expect(asked).toEqual([])
    await page.locator(".open-diff summary").first().click()
    await page.locator(".open-diff .diff-part").waitFor()
    expect(asked).toEqual(["/wiki/krome/diff/1/2/changes"])
    expect(await page.locator(".open-diff ins").first().textContent()).toBe("main")
    await page.close()
  })
})
