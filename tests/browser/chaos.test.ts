import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { register } from "../../server/accounts/actions.ts"
import { createPage, readPage, readRevision, savePage } from "../../server/pages/actions.ts"
import { readDraft } from "../../server/pages/drafts/actions.ts"
import type { User } from "../../server/web/viewer.ts"
import { pageSchema } from "../../editor/document/index.ts"
import { logInAs, logInByForm, openBrowser } from "../helpers/browser.ts"
import { type KillableSite, openKillableSite } from "../helpers/killable-site.ts"
import { PASSWORD } from "../helpers/site.ts"

// More of it: CHAOS=200 CHAOS_SEED=7 npx vitest run --config tests/vitest.config.ts --project browser tests/browser/chaos.test.ts
const POINTS = Number(process.env.CHAOS ?? 12)
const SEED = Number(process.env.CHAOS_SEED ?? 1)
/** Milliseconds for a page to come back from anything: the server's start, its answer, the editor's next try. */
const PATIENCE = 45_000

const disasters = ["the connection drops", "the server is killed", "the session is deleted", "the tab is closed", "a second editor saves", "the server is killed in a save"] as const
type Disaster = (typeof disasters)[number]

let browser: Browser
let site: KillableSite
let rosa: User
let paul: User
let context: BrowserContext
let page: Page
/** The first paragraph as it was whenever the screen said that it is saved. */
let promised = ""
/** What the second editor saved last. */
let theirs = "Theirs 0."
const slug = "chaos"

beforeAll(async () => {
  ;[browser, site] = await Promise.all([openBrowser(), openKillableSite()])
  rosa = await person("Rosa")
  paul = await person("Paul")
  await createPage(site.ctx, rosa, { title: "Chaos", slug, kind: "article", markdown: "Begun.\n\n## Others\n\nTheirs 0." })
  context = await browser.newContext({ baseURL: site.address })
  await context.exposeFunction("promise", (text: string) => void (promised = text))
  await context.addInitScript(listen)
  await logInAs("Rosa", context)
}, 180_000)
afterAll(async () => {
  await browser.close()
  await site.close()
})

describe(`chaos of seed ${SEED}`, () => {
  const random = generator(SEED)
  const plan = Array.from({ length: POINTS }, (_, index) => [index + 1, disasters[Math.floor(random() * disasters.length)]!] as const)

  it.each(plan)("point %i: %s, and nothing that was called saved is missing", { timeout: 120_000 }, async (point, disaster) => {
    await openForm()
    const before = await onScreen()
    await write(`${point}-`, random)
    const screen = await strike(disaster, random, point)
    await comeBack()
    const back = await recovered()
    expect(back.startsWith(promised), `called saved: …${promised.slice(-60)}\nrecovered: …${back.slice(-60)}`).toBe(true)
    expect(back.startsWith(screen), `on the screen: …${screen.slice(-60)}\nrecovered: …${back.slice(-60)}`).toBe(true)
    expect(back.startsWith(before)).toBe(true)
    if (random() < 0.3) await publish()
    expect(await pageText()).toContain(theirs)
  })
})

/** Lets it happen while somebody writes; gives what was on the screen at the end. */
async function strike(disaster: Disaster, random: () => number, point: number): Promise<string> {
  await pause(random() * 1_500)
  switch (disaster) {
    case "the connection drops":
      await context.setOffline(true)
      await write("offline-", random)
      await pause(random() * 3_000)
      await context.setOffline(false)
      break
    case "the server is killed":
      await Promise.all([site.kill(), write("killed-", random)])
      await pause(random() * 2_000)
      await site.start()
      break
    case "the session is deleted":
      await site.ctx.db.write((tx) => tx.deleteFrom("sessions").execute())
      await write("expired-", random)
      break
    case "the tab is closed": {
      await write("closed-", random)
      const screen = await onScreen()
      await page.close()
      return screen
    }
    case "a second editor saves": {
      const head = await readRevision(site.ctx.db.read, await readPage(site.ctx, paul, slug))
      theirs = `Theirs ${point}.`
      const document = JSON.parse(JSON.stringify(head.doc.toJSON()).replace(/Theirs \d+\./, theirs)) as unknown
      await savePage(site.ctx, paul, { slug, base: head.revision.number, document })
      await write("joined-", random)
      const screen = await onScreen()
      await publish()
      return screen
    }
    case "the server is killed in a save": {
      const screen = await onScreen()
      await page.getByRole("button", { name: "Save page" }).click({ noWaitAfter: true })
      await pause(random() * 400)
      await site.kill()
      await pause(random() * 500)
      await site.start()
      return screen
    }
  }
  return onScreen()
}

/** Whoever comes back finds the text: in the form that is still open, or in one opened anew. */
async function comeBack(): Promise<void> {
  const isOpen = !page.isClosed() && (await page.locator(".ProseMirror").count().catch(() => 0)) > 0
  if (!isOpen) return openForm()
  const done = page.locator(".editor-draft[data-state=saved], .editor-draft[data-state=untouched]")
  const expired = page.getByRole("button", { name: "Log in again" })
  const dialog = page.getByRole("dialog").getByLabel("Password")
  const next = await Promise.race([
    done.waitFor({ timeout: PATIENCE }).then(() => "done"),
    expired.waitFor({ timeout: PATIENCE }).then(() => "expired"),
    page.waitForURL((url) => !url.pathname.endsWith("/edit"), { timeout: PATIENCE }).then(() => "left"),
  ])
  if (next !== "expired") return
  await expired.click()
  await dialog.fill(PASSWORD)
  await page.keyboard.press("Enter")
  await done.waitFor({ timeout: PATIENCE })
}

/** The first paragraph as the server has it: in the draft, else in the page. */
async function recovered(): Promise<string> {
  const head = await readRevision(site.ctx.db.read, await readPage(site.ctx, rosa, slug))
  const draft = await readDraft(site.ctx, rosa, head.page)
  const published = head.doc.child(0).textContent
  const written = draft ? pageSchema.nodeFromJSON(JSON.parse(draft.body)).child(0).textContent : ""
  return written.length > published.length ? written : published
}

async function pageText(): Promise<string> {
  return (await readRevision(site.ctx.db.read, await readPage(site.ctx, rosa, slug))).doc.textContent
}

async function publish(): Promise<void> {
  if (page.isClosed() || !page.url().endsWith("/edit")) await openForm()
  await page.getByRole("button", { name: "Save page" }).click()
  await page.waitForURL((url) => !url.pathname.endsWith("/edit"), { timeout: PATIENCE })
}

async function openForm(): Promise<void> {
  await bringLeft()
  page = await openEditor()
  const offer = page.getByRole("link", { name: "Take up the draft" })
  if ((await offer.count()) === 0) return
  await offer.click()
  await page.waitForURL((url) => url.search !== "", { waitUntil: "commit" })
  await page.locator(".ProseMirror").waitFor()
}

/**
 * Waits in a tab of its own until whatever closed tabs left is on the server: the form sends it, and then comes again by itself,
 * at a moment that nobody can foresee.
 */
async function bringLeft(): Promise<void> {
  if (page && !page.isClosed()) await page.close()
  const tab = await openEditor()
  await tab.waitForFunction(nothingLeft, undefined, { timeout: PATIENCE })
  // Chromium may never answer that a tab is closed which comes again in that moment; it says nothing that is not on the server.
  tab.close().catch(() => {})
}

async function openEditor(): Promise<Page> {
  const tab = await context.newPage()
  tab.on("dialog", (dialog) => void dialog.accept())
  // The form that comes again by itself may do so before all of it has come.
  await tab.goto(`/wiki/${slug}/edit`, { waitUntil: "commit" })
  const login = tab.getByText("Please log in").or(tab.locator("main [name=password]")).first()
  // What came first counts: a moment later the form may be on its way again.
  const isOpen = await Promise.race([tab.locator(".ProseMirror").waitFor().then(() => true), login.waitFor().then(() => false)])
  if (isOpen) return tab
  await logInByForm("Rosa", tab)
  await tab.close()
  return openEditor()
}

/** Runs in the page: whether this browser keeps no text any more that the server does not have. */
async function nothingLeft(): Promise<boolean> {
  const answer = <T>(request: IDBRequest<T>) => new Promise<T>((done) => request.addEventListener("success", () => done(request.result)))
  const db = await answer(indexedDB.open("habeas"))
  const count = await answer(db.transaction("drafts").objectStore("drafts").count())
  db.close()
  return count === 0
}

async function write(words: string, random: () => number): Promise<void> {
  await page.locator(".ProseMirror").focus()
  await page.evaluate(() => {
    getSelection()!.selectAllChildren(document.querySelector(".ProseMirror p")!)
    getSelection()!.collapseToEnd()
  })
  const extra = Array.from({ length: 3 + Math.floor(random() * 12) }, () => Math.floor(random() * 36).toString(36)).join("")
  await page.keyboard.type(` ${words}${extra}`, { delay: random() * 60 })
}

function onScreen(): Promise<string> {
  return page.evaluate(() => document.querySelector(".ProseMirror p")!.textContent)
}

/** Runs in the page: reports the text each time the screen begins to say that it is saved. */
function listen() {
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      const text = document.querySelector(".ProseMirror p")?.textContent
      const isSaved = document.querySelector(".editor-draft")?.getAttribute("data-state") === "saved"
      if (isSaved && text) void (window as unknown as { promise(text: string): void }).promise(text)
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-state"] })
  })
}

async function person(username: string): Promise<User> {
  const { id, name, role } = await register(site.ctx, { username, password: PASSWORD })
  return { id, name, role }
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
