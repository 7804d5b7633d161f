import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { readPage } from "../../server/pages/actions.ts"
import { readDraft } from "../../server/pages/drafts/actions.ts"
import type { User } from "../../server/web/viewer.ts"
import { logInAs, logInByForm, openBrowser } from "../helpers/browser.ts"
import { openTestSite, PASSWORD, type TestSite } from "../helpers/site.ts"

/** Milliseconds within which a missed answer has to be told; the rest is the machine's. */
const TOLD = 8_000

let browser: Browser
let site: TestSite
let base: string
let rosa: User
let paul: User
let context: BrowserContext
let page: Page
let slug: string
let faults: string[]
let count = 0

beforeAll(async () => {
  browser = await openBrowser()
  site = await openTestSite({ DATABASE_URL: "" })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  rosa = await site.user("Rosa")
  paul = await site.user("Paul")
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

beforeEach(async () => {
  faults = []
  await site.ctx.db.write((tx) => tx.deleteFrom("drafts").execute())
  const made = await site.page(rosa, { title: `Draft test ${++count}`, kind: "article", markdown: "Call the front desk.\n\n## Visits\n\nOn Saturdays." })
  slug = made.page.slug
  context = await logIn("Rosa")
  page = await openForm(context)
})
afterEach(async () => {
  expect(faults).toEqual([])
  for (const open of browser.contexts()) await open.close()
})

async function logIn(name: string): Promise<BrowserContext> {
  const opened = await browser.newContext({ baseURL: base, viewport: { width: 1000, height: 800 } })
  await logInAs(name, opened)
  return opened
}

async function openForm(opened: BrowserContext, query = ""): Promise<Page> {
  const at = await opened.newPage()
  at.on("pageerror", (error) => faults.push(error.message))
  at.on("console", (message) => /Content Security Policy|Refused to/.test(message.text()) && faults.push(message.text()))
  await at.goto(`/wiki/${slug}/edit${query}`)
  await at.locator(".ProseMirror").waitFor()
  return at
}

/** What this browser alone has of the text: the page as it was at the first letter stands there whole, and this is what was changed since. */
function onDevice(): Promise<string | undefined> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) => new Promise<T>((done) => request.addEventListener("success", () => done(request.result)))
    const db = await answer(indexedDB.open("habeas"))
    const drafts = (await answer(db.transaction("drafts").objectStore("drafts").getAll())) as { change?: { middle: string } }[]
    db.close()
    return drafts.find(({ change }) => change)?.change?.middle
  })
}

async function write(words: string, at = page): Promise<void> {
  await at.locator(".ProseMirror p").first().click()
  await at.keyboard.press("End")
  await at.keyboard.type(words)
}

const indicator = (at = page) => at.locator(".editor-draft")
const state = async (is: "saved" | "unsaved", at = page) => at.locator(`.editor-draft[data-state=${is}]`).waitFor({ timeout: TOLD })
const kept = async (user = rosa) => readDraft(site.ctx, user, await readPage(site.ctx, user, slug))
/**
 * From now on nothing reaches the server, until what this gives is called. A browser's "offline" ends with the tab, and what
 * the tab sends as it closes would still come through.
 */
function cutOff(): () => void {
  const { server } = site.app
  const answers = server.listeners("request") as ((...of: unknown[]) => void)[]
  server.removeAllListeners("request").on("request", ({ socket }) => socket.destroy())
  return () => answers.reduce((on, answer) => on.on("request", answer), server.removeAllListeners("request"))
}
const endSessions = () => site.ctx.db.write((tx) => tx.deleteFrom("sessions").execute())

describe("what is written", () => {
  it("is a draft within seconds, and the screen says since when", async () => {
    expect(await indicator().textContent()).toBe("")
    await write(" It closes at noon.")
    await state("saved")
    expect(await indicator().textContent()).toMatch(/^Saved as draft \d\d:\d\d$/)
    expect((await kept())!.body).toContain("It closes at noon.")
    expect((await readPage(site.ctx, rosa, slug)).revision).toBe(1)
    await page.fill('[name="title"]', "Another title")
    await expect.poll(async () => (await kept())!.title, { timeout: TOLD }).toBe("Another title")
  })

  it("is told of in sight of who writes, however far the text goes on", async () => {
    await page.setViewportSize({ width: 360, height: 300 })
    await write("x")
    await state("saved")
    const { y, height } = (await indicator().boundingBox())!
    expect(y + height).toBeLessThanOrEqual(300)
  })

  it("is a draft on a page that is not secure, where browsers hash nothing themselves", async () => {
    await context.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }))
    page = await openForm(context)
    await write(" It closes at noon.")
    await state("saved")
    expect((await kept())!.body).toContain("It closes at noon.")
  })

  it("is Markdown while Markdown is written", async () => {
    await page.click("text=Edit as Markdown")
    await page.locator("textarea[data-editor-text]").fill("*  Only   this")
    await state("saved")
    expect((await kept())!.body).toBe("*  Only   this")
  })

  it("is offered when the person comes back, taken up, saved, and gone", async () => {
    await write(" It closes at noon.")
    await state("saved")
    await page.goto(`/wiki/${slug}/edit`)
    expect(await page.locator(".draft-offer ins").first().innerText()).toContain("It closes at noon.")
    await page.click("text=Take up the draft")
    await page.locator(".ProseMirror").getByText("It closes at noon.").waitFor()
    await write(" On Sundays too.")
    await state("saved")
    await page.fill('[name="summary"]', "Hours")
    await page.click("text=Save page")
    await page.waitForURL(`**/wiki/${slug}`)
    expect(await page.locator(".text").innerText()).toContain("It closes at noon. On Sundays too.")
    expect(await kept()).toBeUndefined()
  })

  it("is thrown away only by asking for it", async () => {
    await write(" It closes at noon.")
    await state("saved")
    await page.goto("/account")
    await page.click("text=Discard this draft")
    await page.waitForURL("**/edit")
    expect(await kept()).toBeUndefined()
    expect(await page.locator(".draft-offer").count()).toBe(0)
  })

  it("that must not be kept is told, and kept when it is mended", async () => {
    await write(" Ask for A208 114 536.")
    await state("unsaved")
    expect(await indicator().textContent()).toMatch(/Not saved\..*Kept on this device only\./)
    expect(await kept()).toBeUndefined()
    for (let press = 0; press < 12; press++) await page.keyboard.press("Backspace")
    await state("saved")
  })
})

describe("a section alone", () => {
  it("is written, kept as a draft of its own, and saved among the rest", async () => {
    await page.goto(`/wiki/${slug}`)
    await page.getByRole("link", { name: "Edit section Visits" }).click()
    await page.locator(".ProseMirror").getByText("On Saturdays.").waitFor()
    expect(await page.locator(".ProseMirror").innerText()).not.toContain("front desk")
    await page.locator(".ProseMirror p").click()
    await page.keyboard.press("End")
    await page.keyboard.type(" On Sundays too.")
    await state("saved")
    expect(await kept()).toBeUndefined()
    await page.goto(`/wiki/${slug}/edit`)
    await page.getByRole("link", { name: /section “Visits”/ }).click()
    await page.locator(".ProseMirror").getByText("On Sundays too.").waitFor()
    await page.fill('[name="summary"]', "Sundays")
    await page.click("text=Save section")
    await page.waitForURL(`**/wiki/${slug}#b-visits`)
    expect(await page.locator(".text").innerText()).toMatch(/front desk[^]*On Saturdays. On Sundays too./)
    await page.goto(`/wiki/${slug}/edit?section=visits`)
    expect(await page.locator(".draft-offer").count()).toBe(0)
  })
})

describe("without the network", () => {
  it("says so, goes on, and sends on return", async () => {
    await write(" One.")
    await state("saved")
    await context.setOffline(true)
    await page.keyboard.type(" Two.")
    await state("unsaved")
    expect(await indicator().textContent()).toContain("Kept on this device only.")
    await page.keyboard.type(" Three.")
    expect((await kept())!.body).not.toContain("Two.")
    await page.click("text=Save page")
    await page.getByText("Not sent. The text is still here.").waitFor({ state: "attached" })
    expect(page.url()).toContain("/edit")
    await context.setOffline(false)
    await state("saved")
    expect((await kept())!.body).toContain("One. Two. Three.")
  })

  it("looks again when Save is pressed right after it could not be sent", async () => {
    await context.setOffline(true)
    await write(" One.")
    await page.click("text=Save page")
    await page.getByText("Not sent. The text is still here.").waitFor({ state: "attached" })
    await context.setOffline(false)
    await page.click("text=Save page")
    await page.waitForURL(`**/wiki/${slug}`)
  })

  it("keeps what a closed tab never sent, and offers it on another day", async () => {
    const reconnect = cutOff()
    await context.setOffline(true)
    await write(" Written")
    await expect.poll(onDevice).toBeDefined()
    await write(" on the train.")
    await expect.poll(onDevice).toMatch(/^[^{]* on the train\.$/)
    await state("unsaved")
    await page.close()
    await context.setOffline(false)
    expect(await kept()).toBeUndefined()
    reconnect()
    page = await openForm(context)
    await page.locator(".draft-offer").waitFor()
    await page.click("text=Take up the draft")
    await page.locator(".ProseMirror").getByText("Written on the train.").waitFor()
  })

  it("joins what others saved meanwhile", async () => {
    await context.setOffline(true)
    await write(" Written on the train.")
    await state("unsaved")
    const { savePage } = await import("../../server/pages/actions.ts")
    await savePage(site.ctx, paul, { slug, base: 1, markdown: "Call the front desk.\n\n## Visits\n\nOn Saturdays and Sundays." })
    await context.setOffline(false)
    await state("saved")
    await page.click("text=Save page")
    await page.waitForURL(/\/diff\/2\/3\?joined=1$/)
    const banner = page.getByRole("status").filter({ hasText: "Your text was joined" })
    expect(await banner.innerText()).toMatch(/Paul saved revision 2/)
    expect(await banner.getByRole("link", { name: "What they changed" }).getAttribute("href")).toBe(`/wiki/${slug}/diff/1/2`)
    await banner.getByRole("link", { name: "Undo your save" }).click()
    await page.getByRole("heading", { name: "Undo revision 3" }).waitFor()
    await page.goto(`/wiki/${slug}`)
    expect(await page.locator(".text").innerText()).toMatch(/train\.[^]*Saturdays and Sundays/)
  })

  it("shows what this device alone has when the server refuses it", async () => {
    await context.setOffline(true)
    await write(" Ask for")
    await expect.poll(onDevice).toBeDefined()
    await write(" A208 114 536.")
    await expect.poll(onDevice).toMatch(/A208 114 536\.$/)
    await state("unsaved")
    await page.close()
    await context.setOffline(false)
    page = await openForm(context)
    await page.getByText("is kept on this device and was never sent").waitFor()
    await page.click("text=Take it up")
    await page.locator(".ProseMirror").getByText("A208 114 536").waitFor()
  })
})

describe("an expired login", () => {
  const password = () => page.getByRole("dialog").getByLabel("Password")

  it("is told while writing, and renewed in place", async () => {
    await write(" One.")
    await state("saved")
    await endSessions()
    await page.keyboard.type(" Two.")
    await state("unsaved")
    await page.click("text=Log in again")
    await password().fill("not the password")
    await page.keyboard.press("Enter")
    await page.getByText("The name or the password is not right.").waitFor()
    await password().fill(PASSWORD)
    await page.keyboard.press("Enter")
    await state("saved")
    await page.keyboard.type(" Three.")
    await state("saved")
    expect((await kept())!.body).toContain("One. Two. Three.")
  })

  it("renewed in another tab needs nothing here, though the server is away for a moment", async () => {
    await write(" One.")
    await state("saved")
    await endSessions()
    await logInByForm("Rosa", await context.newPage())
    await page.route("**/session", (route) => route.abort())
    await page.bringToFront()
    await page.keyboard.type(" Two.")
    await indicator().getByText("The server does not answer; it is tried again.").waitFor({ timeout: TOLD })
    await page.unroute("**/session")
    await state("saved")
    expect((await kept())!.body).toContain("One. Two.")
  })

  it("stops no save: the password is asked for and the save goes on", async () => {
    await write(" Two.")
    await state("saved")
    await endSessions()
    await page.fill('[name="summary"]', "Two")
    await page.click("text=Save page")
    await password().fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.waitForURL(`**/wiki/${slug}`)
    expect(await page.locator(".text").innerText()).toContain("Two.")
    expect(await kept()).toBeUndefined()
  })
})

describe("words that two people changed", () => {
  it("are saved only once each place is decided", async () => {
    const { savePage } = await import("../../server/pages/actions.ts")
    await savePage(site.ctx, paul, { slug, base: 1, markdown: "Call the front desk. Ask for Ana.\n\n## Visits\n\nOn Saturdays." })
    await write(" Ask for Ben.")
    await page.click("text=Save page")
    const save = page.getByRole("button", { name: "Save the joined text" })
    await save.waitFor()
    expect([await save.isDisabled(), await page.locator("input[type=radio]:checked").count()]).toEqual([true, 0])
    await page.getByText("One place is still to be decided.").waitFor()
    await page.getByLabel("Place 1, as I write it").fill("Call the front desk. Ask for either.")
    await save.click()
    await page.waitForURL(`**/wiki/${slug}`)
    expect(await page.locator(".text").innerText()).toContain("Ask for either.")
  })
})

describe("two tabs of one person", () => {
  it("never overwrite each other unseen", async () => {
    const second = await openForm(context)
    await write(" First tab.")
    await state("saved")
    await write(" Second tab.", second)
    await state("unsaved", second)
    expect(await indicator(second).textContent()).toContain("Another draft of yours")
    expect((await kept())!.body).toContain("First tab.")
    await second.click("text=Put this text in its place")
    await state("saved", second)
    expect((await kept())!.body).toContain("Second tab.")
  })
})

describe("leaving", () => {
  it("asks while something is not on the server, and not otherwise", async () => {
    const asked: string[] = []
    page.on("dialog", (dialog) => {
      asked.push(dialog.type())
      void dialog.accept()
    })
    await write(" One.")
    await state("saved")
    await page.reload()
    await page.locator(".ProseMirror").waitFor()
    expect(asked).toEqual([])
    await page.route("**/draft", (route) => route.abort())
    await write(" Two.")
    await state("unsaved")
    await page.reload()
    expect(asked).toEqual(["beforeunload"])
  })
})

describe("the summary", () => {
  it("proposes what was changed, and takes other words", async () => {
    await page.locator(".ProseMirror p").last().click()
    await page.keyboard.press("End")
    await page.keyboard.type(" Bring a passport.")
    const summary = page.locator('[name="summary"]')
    await summary.focus()
    await expect.poll(() => summary.inputValue(), { timeout: TOLD }).toBe("“Visits” extended")
    await page.keyboard.type("Passport")
    expect(await summary.inputValue()).toBe("Passport")
  })
})

describe("others who write the same page", () => {
  it("are named, with their section, while they are there", async () => {
    const other = await openForm(await logIn("Paul"))
    await page.getByText("Also writing this page now: Paul").waitFor()
    await other.locator(".ProseMirror p").last().click()
    await other.keyboard.type("x")
    await page.getByText("Paul (at “Visits”)").waitFor()
    await other.getByText("Also writing this page now: Rosa").waitFor()
  })
})
