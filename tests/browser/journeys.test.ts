import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import jsqr from "jsqr"
import sharp from "sharp"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { postComment } from "../../server/comments/actions.ts"
import { readCsv } from "../../server/directory/lists/csv.ts"
import { createPage } from "../../server/pages/actions.ts"
import { starterPages } from "../../server/starter/index.ts"
import { type User, visitor } from "../../server/web/viewer.ts"
import { DESK, logInAs, logInByForm, openBrowser, openTab, PHONE } from "../helpers/browser.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"

/** A4 at 96 dots an inch, less margins of 1 cm. */
const SHEET = { width: 718, height: 1047 }
const KROME = "/wiki/krome-detention-center"

let browser: Browser
let site: TestSite
let base: string
let rosa: User
let context: BrowserContext
let page: Page
let faults: string[]

beforeAll(async () => {
  browser = await openBrowser()
  site = await openTestSite({ DATABASE_URL: "" })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  rosa = await site.user("Rosa")
  await site.user("Mona", "moderator")
  for (const starter of starterPages()) await createPage(site.ctx, rosa, starter)
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

afterEach(async () => {
  expect(faults).toEqual([])
  await context.close()
})

async function open(viewport = PHONE, javaScriptEnabled = true): Promise<void> {
  ;({ context, page, faults } = await openTab(browser, { viewport, javaScriptEnabled, baseURL: base }))
}

describe("a family on a phone, without scripts", () => {
  beforeEach(() => open(PHONE, false))

  it("finds the number to call in three acts from the first page, and nothing is cut off", async () => {
    await page.goto("/")
    await page.locator("main").getByRole("searchbox").fill("krome")
    await page.keyboard.press("Enter")
    await page.click(`main a[href^="${KROME}"]`)
    const call = page.getByRole("link", { name: "Call (305) 207-2001" })
    expect(await call.getAttribute("href")).toBe("tel:+13052072001")
    expect((await call.boundingBox())!.y).toBeLessThan(PHONE.height / 2)
    expect((await page.locator('.most-wanted a[href="tel:+13052072001"]').boundingBox())!.y).toBeLessThan(PHONE.height)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
    expect(await page.locator("main").innerText()).toMatch(/out of date/i)
  })

  it("has the number in sight wherever it reads, and reaches the hours without losing their heading", async () => {
    await page.goto(KROME)
    await page.getByRole("link", { name: /^Visit/ }).click()
    const [acts, heading] = [(await page.locator(".top-actions").boundingBox())!, (await page.getByRole("heading", { name: "Visiting", exact: true }).boundingBox())!]
    expect(acts.y).toBe(0)
    expect(heading.y).toBeGreaterThanOrEqual(acts.height)
    expect(heading.y).toBeLessThan(PHONE.height / 2)
  })

  it("loads little, keeps nothing, asks nobody else", async () => {
    const requests: string[] = []
    page.on("request", (request) => requests.push(request.url()))
    await page.goto(KROME)
    expect(requests.length).toBeLessThanOrEqual(3)
    expect(await context.cookies()).toEqual([])
  })

  it("prints what people came for on the first sheet, with a code that leads back to the page", async () => {
    await page.setViewportSize(SHEET)
    await page.emulateMedia({ media: "print" })
    await page.goto(KROME)
    const printed = page.locator(".printed")
    const { y, height } = (await printed.boundingBox())!
    expect(y + height).toBeLessThan(SHEET.height)
    expect(await page.locator(".most-wanted").innerText()).toContain("(305) 207-2001")
    expect(await printed.innerText()).toMatch(/revision \d+ of \w+ \d+, \d{4}/)
    const { data, info } = await sharp(await printed.locator("svg").screenshot()).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    expect(jsqr(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(site.ctx.config.baseUrl + KROME)
    await page.emulateMedia({ media: "screen" })
    expect(await printed.isVisible()).toBe(false)
  })

  it("comments, is told that it waits, and keeps nothing but the way to correct it for a while", async () => {
    await page.goto(KROME)
    await page.fill('.comment-form [name="name"]', "Marie")
    await page.fill('.comment-form [name="body"]', "The <em>second</em> number answered today.")
    await page.click('.comment-form button[type="submit"]:not([formaction])')
    expect(await page.locator("main").innerText()).toMatch(/waits? for a moderator/i)
    expect(await page.locator("main em").innerText()).toBe("second")
    const [key, ...others] = await context.cookies()
    expect([key?.name, others]).toEqual(["habeas-comments", []])
    expect(key!.expires * 1000).toBeLessThan(Date.now() + 86_400_000)
  })

  it("gets a comment with an A-number back, the number marked, and nothing is kept", async () => {
    await page.goto(KROME)
    await page.fill('.comment-form [name="name"]', "Marie")
    await page.fill('.comment-form [name="body"]', "Where is my brother? His A-number is A 208 114 536.")
    await page.click('.comment-form button[type="submit"]:not([formaction])')
    expect(await page.locator(".problems mark").innerText()).toContain("208 114 536")
    expect(await page.inputValue('[name="body"]')).toContain("Where is my brother?")
    const kept = await site.ctx.db.read.selectFrom("comments").select("body").execute()
    expect(JSON.stringify(kept)).not.toContain("114")
    expect(site.log.join("")).not.toContain("114 536")
  })

  it("reads in Spanish or Creole what the facts are called and whether they can be trusted", async () => {
    await page.goto(KROME)
    await page.getByRole("link", { name: "Español" }).click()
    expect(await page.getByRole("link", { name: /^Llamar \(305\) 207-2001 (?:nunca verificado|verificado hoy)$/ }).getAttribute("href")).toBe("tel:+13052072001")
    expect(await page.locator(".most-wanted").innerText()).toMatch(/Enviar dinero[^]*Se desconoce/)
    await page.getByRole("link", { name: "Kreyòl ayisyen" }).click()
    expect(await page.locator(".most-wanted").innerText()).toMatch(/Voye lajan[^]*Nou pa konnen/)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
    expect(await page.locator("h1").innerText()).toBe("Krome Detention Center")
  })
})

describe("a volunteer on a phone, without scripts", () => {
  beforeEach(() => open(PHONE, false))

  it("is given a number to call, and checks five facts with what was said", async () => {
    await logInByForm("Rosa", page)
    await page.goto("/checking")
    await page.getByRole("link", { name: "Give me a number to call" }).click()
    const place = await page.locator("main").getByRole("link", { name: "Krome Detention Center" }).getAttribute("href")
    expect(await page.locator(".fact-value a").getAttribute("href")).toMatch(/^tel:\+1305/)
    const questions = page.locator(".question")
    expect(await questions.count()).toBeGreaterThanOrEqual(5)
    const asked = await questions.locator("b").allInnerTexts()
    for (let one = 0; one < 5; one++) await questions.nth(one).getByLabel("Still right").check()
    await page.getByRole("button", { name: "Send what I found" }).click()
    await page.getByText("Everybody sees now when this was last checked.").waitFor()
    await page.goto(place!)
    const checked = page.locator(".text .fact", { hasText: "checked today" })
    expect(await checked.count()).toBe(5)
    expect(await checked.first().innerText()).toContain(asked[0])
    expect(await page.locator(".top-actions").innerText()).toContain("checked today")
  })
})

describe("a journalist at a desk, without scripts", () => {
  beforeEach(() => open(DESK, false))

  it("filters what oversight found, and takes the same numbers home as a table", async () => {
    await page.goto("/")
    await page.getByRole("link", { name: "Oversight", exact: true }).click()
    await page.getByLabel("Answer", { exact: true }).selectOption("Refused")
    await page.getByLabel("Published", { exact: true }).selectOption("not all of it")
    await page.getByRole("button", { name: "Show" }).click()
    expect(await page.getByRole("status").innerText()).toBe("1 record, 14 recommendations, 13 of them not published.")
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "These as CSV" }).click()])
    expect([download.suggestedFilename(), new URL(download.url()).search]).toEqual(["oversight.csv", "?answer=refused&published=no"])
    const { rows } = readCsv(readFileSync(await download.path(), "utf8"))
    const told = ["states", "made", "agreed", "refused", "agreed_in_part", "count", "answer"]
    expect(rows.map(({ cells }) => told.map((column) => cells[column]))).toEqual([
      ["FL", "14", "1", "13", "", "1", "Agreed, says the agency"],
      ["FL", "14", "1", "13", "", "13", "Refused"],
    ])
    expect(rows[0]!.cells.text).toMatch(/^About “Intermediate Force Weapons \(IWP\)” \[sic\]/)
    expect(rows[1]!.cells.recommendation).toBe("not published: 13 of 14")
  })
})

describe("an advocate at a desk", () => {
  beforeEach(() => open(DESK))

  it("corrects a page in the rich editor and finds it in history with its difference", async () => {
    const { page: wiki } = await createPage(site.ctx, rosa, { title: "Desk Test", kind: "article", markdown: "Call the front desk.\n\nBring a passport." })
    await logInByForm("Rosa", page)
    await page.goto(`/wiki/${wiki.slug}/edit`)
    await page.locator(".ProseMirror p").first().click()
    await page.keyboard.press("End")
    await page.keyboard.type(" It closes at noon.")
    await page.fill('[name="summary"]', "Closing time")
    await page.click('.edit-form button[type="submit"]:not([formaction])')
    await page.waitForURL(`**/wiki/${wiki.slug}`)
    expect(await page.locator(".text").innerText()).toContain("Call the front desk. It closes at noon.")
    await page.click('.tabs a:has-text("History")')
    expect(await page.locator(".timeline li").first().innerText()).toContain("Closing time")
    await page.locator(".open-diff summary").first().click()
    await page.locator(".open-diff ins").first().waitFor()
    expect(await page.locator(".open-diff ins").first().innerText()).toContain("It closes at noon.")
    await page.goto(`/wiki/${wiki.slug}/diff/1/2`)
    expect(await page.locator(".diff ins, ins").first().innerText()).toContain("It closes at noon.")
  })

  it("keeps the whole text when somebody else changed the same words", async () => {
    const { page: wiki } = await createPage(site.ctx, rosa, { title: "Conflict Test", kind: "article", markdown: "Call the front desk." })
    await logInAs("Rosa", page)
    await page.goto(`/wiki/${wiki.slug}/edit`)
    const { savePage } = await import("../../server/pages/actions.ts")
    await savePage(site.ctx, rosa, { slug: wiki.slug, base: 1, markdown: "Call the main desk." })
    await page.locator(".ProseMirror p").first().click()
    await page.keyboard.press("Control+A")
    await page.keyboard.type("Call the visitors desk.")
    await page.click('.edit-form button[type="submit"]:not([formaction])')
    await page.waitForSelector(".collision")
    expect(await page.locator(".versions").innerText()).toMatch(/main[^]*visitors/)
    expect(await page.isDisabled('button:has-text("Save the joined text")')).toBe(true)
    await page.check('[name="choice-0"][value="mine"]')
    await page.click('button:has-text("Save the joined text")')
    await page.waitForURL(`**/wiki/${wiki.slug}`)
    expect(await page.locator(".text").innerText()).toContain("Call the visitors desk.")
  })
})

describe("a moderator on a phone, without scripts", () => {
  beforeEach(() => open(PHONE, false))

  it("publishes a waiting comment, and readers see it", async () => {
    await postComment(site.ctx, visitor, { slug: "krome-detention-center", name: "Jean", body: "The third number answered today." })
    await logInAs("Mona", page)
    await page.goto("/moderation")
    await page.locator("li.comment", { hasText: "The third number" }).getByRole("button", { name: "Publish" }).click()
    await page.locator("form.undo").waitFor()
    await page.goto(KROME)
    expect(await page.locator("#comments").innerText()).toContain("The third number answered today.")
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
  })
})

describe("for everybody", () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

  it.each(["/", "/facilities", KROME, `${KROME}/history`, "/search?q=krome", "/changes", "/login", "/register", "/sources", "/oversight"])(
    "%s has no accessibility fault that a machine can find, in light and dark",
    async (path) => {
      await open(PHONE)
      await page.goto(path)
      await page.evaluate(axe)
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = (await page.evaluate("axe.run()")) as { violations: { id: string; nodes: { html: string }[] }[] }
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([])
      }
    },
  )
})
