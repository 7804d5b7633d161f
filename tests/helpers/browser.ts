import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core"
import { findChromium, missing } from "./find-chromium.mjs"
import { PASSWORD } from "./site.ts"

/** Opens the Chromium of this machine: the one CHROMIUM_PATH names, Debian's, any other in PATH, or Playwright's own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findBrowser(),
    // The sandbox of Chromium refuses to run as root; the rest keeps the browser from calling home.
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  })
}

export const PHONE = { width: 360, height: 740 }
export const DESK = { width: 1280, height: 900 }

/** A tab of its own, and what goes wrong in it: scripts that fail, what the policy refuses, what is asked of other sites. */
export interface Tab {
  context: BrowserContext
  page: Page
  faults: string[]
}

/** Opens a tab as somebody with this screen has it, with nobody logged in; `baseURL` is that of the site. */
export async function openTab(browser: Browser, options: BrowserContextOptions & { baseURL: string }): Promise<Tab> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const faults: string[] = []
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`))
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text())
  })
  page.on("request", (request) => {
    if (!request.url().startsWith(options.baseURL)) faults.push(`left the site: ${request.url()}`)
  })
  return { context, page, faults }
}

/** Logs in a browser that has no session yet, as the form would; its tabs stay where they are. */
export async function logInAs(name: string, { request }: Pick<Page, "request">): Promise<void> {
  const answer = await request.post("/login", { form: { username: name, password: PASSWORD }, maxRedirects: 0 })
  if (answer.status() !== 303) throw new Error(`${name} could not log in: ${answer.status()} ${(await answer.text()).slice(0, 300)}`)
}

/**
 * Logs in through the form, and waits until that has been answered: Chromium may never close a tab whose closing meets
 * the answer of a form.
 */
export async function logInByForm(name: string, page: Page): Promise<void> {
  await page.goto("/login")
  await page.fill('[name="username"]', name)
  await page.fill('[name="password"]', PASSWORD)
  await page.click('main button[type="submit"]')
  await page.getByRole("link", { name, exact: true }).waitFor()
}

/** Where the browser is; throws one line that says what to install when there is none. */
export function findBrowser(): string {
  const found = findChromium()
  if (found) return found
  throw new Error(missing)
}
