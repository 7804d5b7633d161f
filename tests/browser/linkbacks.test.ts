import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { runDue } from "../../server/jobs/runner.ts"
import { savePage } from "../../server/pages/actions.ts"
import { work } from "../../server/work.ts"
import { logInAs, openBrowser } from "../helpers/browser.ts"
import { type Mentioned, openMentioned } from "../helpers/linkbacks.ts"
import { sendHtml } from "../helpers/web-server.ts"

const BASE = "http://habeas.example"
const path = "/wiki/krome-detention-center"
const PHONE = { width: 360, height: 740 }
const SOURCE = `<title>A visit to Krome</title><article class="h-entry"><a class="p-author h-card" href="/">Luz Marte</a>
  <p class="p-summary">We waited two hours at the gate.</p><p>To <a href="${BASE}${path}">Krome</a></p></article>`

let mentioned: Mentioned
let browser: Browser
let address: string

beforeAll(async () => {
  ;[mentioned, browser] = await Promise.all([openMentioned(BASE), openBrowser()])
  const { site, blog, moderator } = mentioned
  address = await site.app.listen({ port: 0, host: "127.0.0.1" })
  blog.answer((_request, response) => sendHtml(response, SOURCE))
  await savePage(site.ctx, moderator, { slug: "krome-detention-center", base: 1, markdown: "A center in Miami, Florida.", summary: "Say which state" })
})
afterAll(async () => {
  await browser.close()
  await mentioned.close()
})

const open = async (javaScriptEnabled: boolean, viewport = PHONE): Promise<Page> => (await browser.newContext({ baseURL: address, viewport, javaScriptEnabled })).newPage()

/** Another site tells of its page, as its program would; what follows is done. */
async function mention(post: string): Promise<void> {
  const { site, blog } = mentioned
  const body = new URLSearchParams({ source: `${blog.origin}/${post}`, target: BASE + path })
  expect((await fetch(`${address}/webmention`, { method: "POST", body })).status).toBe(202)
  await runDue(site.ctx, work)
}

describe("a page elsewhere that links here", () => {
  it("is looked at by a moderator on a phone without script, then stands under the page and between its revisions", async () => {
    await mention("visit")
    const reader = await open(false)
    await reader.goto(path)
    expect(await reader.locator("main").innerText()).not.toContain("A visit to Krome")

    const moderator = await open(false)
    await logInAs("Mona", moderator)
    await moderator.goto("/moderation")
    const item = moderator.locator("li.queue-item.linkback")
    expect(await item.innerText()).toMatch(/A visit to Krome[^]*We waited two hours at the gate\./)
    expect(await moderator.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
    await item.getByRole("button", { name: "Publish" }).click()
    await moderator.locator("form.undo").waitFor()
    expect(await item.count()).toBe(0)

    await reader.goto(path)
    const shown = reader.locator("#linkbacks li")
    expect(await shown.count()).toBe(1)
    expect(await shown.innerText()).toMatch(/A visit to Krome[^]*Luz Marte[^]*We waited two hours at the gate\./)
    expect(await shown.getByRole("link", { name: "A visit to Krome" }).getAttribute("rel")).toContain("ugc")
    await reader.goto(`${path}/history`)
    expect(await reader.locator("main").innerText()).toMatch(/Linked from A visit to Krome[^]*Say which state/)
    expect(await reader.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
  })

  it("is called spam with one key, and never seen", async () => {
    mentioned.site.pass(1000)
    await mention("casino")
    const moderator = await open(true, { width: 1280, height: 900 })
    await logInAs("Mona", moderator)
    await moderator.goto("/moderation")
    await moderator.locator("li.queue-item.linkback:focus").waitFor()
    await moderator.keyboard.press("s")
    await moderator.locator("form.undo").waitFor()
    expect(await moderator.locator("li.queue-item.linkback").count()).toBe(0)
    const reader = await open(false)
    await reader.goto(path)
    expect(await reader.locator("h1").innerText()).toBe("Krome Detention Center")
    expect(await reader.locator('#linkbacks a[href$="/casino"]').count()).toBe(0)
  })
})
