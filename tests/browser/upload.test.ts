import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { User } from "../../server/web/viewer.ts"
import { logInAs, openBrowser, openTab, PHONE } from "../helpers/browser.ts"
import { openTestSite, type TestSite } from "../helpers/site.ts"
import { pdfOf, picture } from "../helpers/uploads.ts"

let browser: Browser
let site: TestSite
let base: string
let rosa: User
let context: BrowserContext
let page: Page
let faults: string[]
let count = 0

beforeAll(async () => {
  browser = await openBrowser()
  site = await openTestSite({ DATABASE_URL: "" })
  base = await site.app.listen({ port: 0, host: "127.0.0.1" })
  rosa = await site.user("Rosa")
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

beforeEach(async () => {
  ;({ context, page, faults } = await openTab(browser, { viewport: PHONE, baseURL: base }))
  await logInAs("Rosa", page)
})
afterEach(async () => {
  expect(faults).toEqual([])
  await context.close()
})

/** The editor of a new page that says "Call the front desk." */
async function edit(): Promise<string> {
  const { page: wiki } = await site.page(rosa, { title: `Gate ${++count}`, kind: "article", markdown: "Call the front desk." })
  await page.goto(`/wiki/${wiki.slug}/edit`)
  await page.locator(".ProseMirror p").first().click()
  return `/wiki/${wiki.slug}`
}

async function choose(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("toolbar").getByRole("button", { name: "Insert" }).click()
  await page.getByRole("menu").getByText("Picture or PDF", { exact: true }).click()
  await (await chooser).setFiles(files)
}

async function save(wiki: string): Promise<void> {
  await page.getByRole("button", { name: "Save page" }).click()
  await page.waitForURL(`**${wiki}`)
}

const png = async (name = "gate.png", width = 1000) => ({
  name,
  mimeType: "image/png",
  buffer: await picture(width, 700, (count * 37) % 250).png().toBuffer(),
})

/** Runs in the page: files let go over the text. */
function dropOn({ name, base64, kind }: { name: string; base64: string; kind: "drop" | "paste" }) {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
  const data = new DataTransfer()
  data.items.add(new File([bytes], name, { type: "image/png" }))
  const target = document.querySelector(".ProseMirror p")!
  const { left, top } = target.getBoundingClientRect()
  const place = { bubbles: true, cancelable: true, clientX: left + 5, clientY: top + 5 }
  if (kind === "drop") target.dispatchEvent(new DragEvent("drop", { ...place, dataTransfer: data }))
  else target.dispatchEvent(new ClipboardEvent("paste", { ...place, clipboardData: data }))
}

describe("a picture, on a phone", () => {
  it("is chosen by a button, described, saved and shown", async () => {
    const wiki = await edit()
    await choose(await png())
    const alt = page.getByLabel("What the picture shows")
    await alt.waitFor()
    expect(await alt.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.type("The north gate at noon")
    await save(wiki)
    const image = page.locator(".text figure img")
    expect(await image.getAttribute("alt")).toBe("The north gate at noon")
    expect([await image.getAttribute("width"), await image.getAttribute("height"), await image.getAttribute("loading")]).toEqual(["1000", "700", "lazy"])
    await image.scrollIntoViewIfNeeded()
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>(".text figure img")!.naturalWidth > 0)
    expect(await image.evaluate((one: HTMLImageElement) => one.currentSrc)).toMatch(/-480\.webp$/)
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
    await page.click('.media-list a:has-text("gate.png")')
    expect(await page.locator("main").innerText()).toContain("Gate ")
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width)
  })

  it.each(["drop", "paste"] as const)("arrives by %s, and is saved without words after a warning", async (kind) => {
    const wiki = await edit()
    const { name, buffer } = await png(`by-${kind}.png`)
    await page.evaluate(dropOn, { name, base64: buffer.toString("base64"), kind })
    await page.locator(".ProseMirror figure img").waitFor()
    await page.fill('[name="summary"]', "A picture")
    expect(await page.locator(".figure-warning").isVisible()).toBe(true)
    await save(wiki)
    expect(await page.locator(".text").innerText()).toContain("Call the front desk.")
    expect(await page.locator(".text figure img").getAttribute("alt")).toBe("")
  })

  it("that is none is refused in words, and what is written stays", async () => {
    const wiki = await edit()
    await choose({ name: "gate.png", mimeType: "image/png", buffer: Buffer.from("<script>alert(1)</script>") })
    await page.locator(".editor-upload").getByText("Only pictures (PNG, JPEG, WebP, GIF) and PDF files can be uploaded").waitFor()
    await page.getByRole("button", { name: "Save page" }).click()
    await page.locator(".editor-upload").getByText("Not saved yet").waitFor()
    await page.getByRole("button", { name: "Remove gate.png" }).click()
    await page.locator(".ProseMirror p").first().click()
    await page.keyboard.press("End")
    await page.keyboard.type(" Ask for Ana.")
    await save(wiki)
    expect(await page.locator(".text").innerText()).toContain("Call the front desk. Ask for Ana.")
  })

  it("is tried again after the connection broke off, while the writing goes on", async () => {
    const wiki = await edit()
    let broken = true
    await page.route("**/media", (route) => (broken ? route.abort() : route.continue()))
    await choose(await png("late.png"))
    await page.locator(".editor-upload").getByText("The connection broke off").waitFor()
    await page.locator(".ProseMirror p").first().click()
    await page.keyboard.press("Home")
    await page.keyboard.type("First: ")
    broken = false
    await page.getByRole("button", { name: "Try again" }).click()
    await page.locator(".ProseMirror figure img").waitFor()
    await save(wiki)
    expect(await page.locator(".text").innerText()).toContain("First: Call the front desk.")
    expect(await page.locator(".text figure img").count()).toBe(1)
  })

  it("can be followed by a PDF, which becomes a link that saves it", async () => {
    const wiki = await edit()
    await choose({ name: "report 2023.pdf", mimeType: "application/pdf", buffer: await pdfOf("Ana") })
    await page.locator('.ProseMirror a[href$=".pdf"]').waitFor()
    await save(wiki)
    const link = page.locator('.text a:has-text("report 2023.pdf")')
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()])
    expect(download.suggestedFilename()).toBe("report 2023.pdf")
  })
})

describe("without a script", () => {
  it("a picture is uploaded by a plain form and gets a page of its own", async () => {
    const plain = await browser.newContext({ viewport: PHONE, baseURL: base, javaScriptEnabled: false, storageState: await context.storageState() })
    const form = await plain.newPage()
    await form.goto("/media/new")
    await form.setInputFiles('[name="file"]', await png("plain.png", 700))
    await form.fill('[name="alt"]', "The waiting room")
    await form.click('main button[type="submit"]')
    expect(await form.locator("h1").innerText()).toBe("plain.png")
    expect(await form.locator("main img").getAttribute("alt")).toBe("The waiting room")
    await plain.close()
  })
})
