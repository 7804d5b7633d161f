import axe from "axe-core"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { decideComment, postComment } from "../../server/comments/actions.ts"
import { type User, visitor } from "../../server/web/viewer.ts"
import { openBrowser, openTab, PHONE } from "../helpers/browser.ts"
import { doc, fact, p, sheet } from "../helpers/documents.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"

const slug = "krome-detention-center"
const path = `/wiki/${slug}`
const guest = { name: "Rosa", email: "rosa@example.org" }

let browser: Browser
let site: TestSite
let base: string
let mona: User
let context: BrowserContext
let page: Page
let faults: string[] = []

beforeAll(async () => {
  browser = await openBrowser()
  site = await openTestSite({ DATABASE_URL: "" })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  mona = await site.user("Mona", "moderator")
  const text = doc(p({ id: "visits" }, "Visits begin at eight. Bring a paper with your name on it."), sheet(fact({ id: "phone", key: "phone", type: "phone", value: "+13052072001" })))
  await site.page(mona, { markdown: undefined, document: text.toJSON() })
  const { comment } = await postComment(site.ctx, visitor, { slug, ...guest, body: "The line at the gate was long." })
  await decideComment(site.ctx, mona, comment.id, { decision: "approve" })
})
afterAll(async () => {
  await browser.close()
  await site.close()
})
afterEach(async () => {
  await context.close()
  expect(faults).toEqual([])
})

async function open(javaScriptEnabled: boolean): Promise<void> {
  ;({ context, page, faults } = await openTab(browser, { viewport: PHONE, javaScriptEnabled, baseURL: base }))
  await page.goto(path)
}

async function write(words: string): Promise<void> {
  // The form has a past, as after reading the page.
  site.pass(60_000)
  await page.getByLabel("Name", { exact: true }).fill(guest.name)
  await page.getByLabel("E-mail address (optional)").fill(guest.email)
  await page.getByLabel("Comment", { exact: true }).fill(words)
  await page.getByRole("button", { name: "Post comment" }).click()
}

const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)

describe("a thread of comments on a phone", () => {
  it("with script: selected words are commented on, marked on the page, and the comment is corrected", async () => {
    await open(true)
    await page.evaluate(() => {
      const text = document.querySelector("#b-visits")!.firstChild!
      const range = document.createRange()
      range.setStart(text, 23)
      range.setEnd(text, 36)
      getSelection()!.addRange(range)
    })
    await page.getByRole("button", { name: "Comment on this" }).click()
    expect(await page.getByLabel("Words of the page").inputValue()).toBe("Bring a paper")
    await write("Which paper?")
    await page.waitForURL(/#comment-/)
    const mark = page.locator(".comment-marks").getByRole("link", { name: "Rosa" })
    expect([await mark.isVisible(), await mark.getAttribute("href")]).toEqual([true, new URL(page.url()).hash])
    await page.getByRole("link", { name: "On the page" }).click()
    await page.waitForURL(/#b-visits$/)
    expect(await fits()).toBe(true)
    await page.evaluate(axe.source)
    const found = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run("main"))
    expect(found.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])

    await page.getByRole("link", { name: "Correct or withdraw" }).click()
    site.pass(60_000)
    await page.getByLabel("Comment", { exact: true }).fill("Which paper? A letter is enough.")
    await page.getByRole("button", { name: "Save the correction" }).click()
    await page.waitForURL(/#comment-/)
    await page.getByRole("link", { name: "what changed" }).click()
    expect(await page.locator("ins").innerText()).toContain("A letter is enough.")
  })

  it("without script: a fact is chosen from a list, the comment waits where its author sees it, is answered, and withdrawn", async () => {
    await open(false)
    await page.getByRole("link", { name: "Comment on a passage or a fact of the page" }).click()
    await page.getByRole("link", { name: /207-2001/ }).click()
    expect(await page.getByLabel("Words of the page").inputValue()).toContain("(305) 207-2001")
    await write("Nobody answers there.")
    await page.getByRole("heading", { name: "Your comment waits for a moderator" }).waitFor()
    await page.getByRole("link", { name: /^Back to/ }).click()
    const own = page.getByRole("region", { name: "Your comments here" })
    expect(await own.innerText()).toMatch(/only you see this[^]*Nobody answers there\./)
    const { id } = await site.ctx.db.read.selectFrom("comments").select("id").where("state", "=", "held").executeTakeFirstOrThrow()
    await decideComment(site.ctx, mona, id, { decision: "approve" })
    await postComment(site.ctx, mona, { slug, name: "", body: "I will call.", parent: id })
    await page.reload()
    expect(await page.locator(`#comment-${id}`).innerText()).toContain("Nobody answers there.")
    expect(await page.locator("#b-phone .comment-marks").innerText()).toContain("Rosa")
    expect(await fits()).toBe(true)
    await own.getByRole("listitem").filter({ has: page.locator(`a[href$="#comment-${id}"]`) }).getByRole("link", { name: "Correct or withdraw" }).click()
    await page.getByRole("button", { name: "Withdraw the comment" }).click()
    await page.getByRole("link", { name: /^Back to/ }).click()
    expect(await page.locator(`#comment-${id}`).innerText()).toBe("This comment was withdrawn by its author.")
    expect(await page.locator(".replies").first().innerText()).toContain("I will call.")
  })
})
