import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { basename, resolve } from "node:path"
import { build } from "esbuild"
import type { Node } from "prosemirror-model"
import type { BrowserContext, Locator, Page } from "playwright-core"
import { parsePage, toMarkdown } from "../../editor/document/index.ts"
import { openBrowser } from "./browser.ts"

const root = resolve(import.meta.dirname, "../..")

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'"

/** What a form sent. */
export type Sent = Record<string, string>

/** What the form page is made of. */
interface FormPage {
  doc?: Node
  markdown?: string
  /** Instead of the JSON of `doc`. */
  document?: string
  summary?: string
}

/** A server of the edit form, as strict as the real one, and a browser to open it in. */
export interface EditorSite {
  /** Opens the form in a fresh browser profile, and closes the one before. */
  open(form: FormPage, size?: { width: number; height: number }): Promise<OpenForm>
  /** What the preview answers the editor; a status other than 200 refuses. The form itself always gets a page. */
  preview: { status: number; html: string }
  searchFails: boolean
  /** Whatever the browser complained of since the form was opened: errors, violations of the policy, foreign addresses. */
  problems: string[]
  close(): Promise<void>
}

export interface OpenForm {
  page: Page
  /** Where the page is written. */
  text: Locator
  /** Puts the cursor into these words of the text. */
  click(words: string): Promise<void>
  /** Selects the line of the text that holds these words. */
  select(words: string): Promise<void>
  press(...keys: string[]): Promise<void>
  type(words: string): Promise<void>
  /** A button of the bar, then an entry of the list it opens. */
  choose(button: string | RegExp, entry?: string): Promise<void>
  /** Pastes what an application put on the clipboard. */
  paste(kinds: { html?: string; text?: string }): Promise<void>
  /** Saves, and gives the form as it was received. */
  save(): Promise<Sent>
  /** Saves, and gives the document, which has to be one that may be stored. */
  saved(): Promise<Node>
  received(): Sent[]
}

export async function openEditorSite(): Promise<EditorSite> {
  const [assets, browser] = await Promise.all([(bundled ??= bundle()), openBrowser()])
  let form: FormPage = {}
  let received: Sent[] = []
  let context: BrowserContext | null = null
  const site: Omit<EditorSite, "open" | "close"> = {
    preview: { status: 200, html: "" },
    searchFails: false,
    problems: [],
  }
  const server = createServer((request, response) => {
    void answer(request).then(([status, type, body]) => {
      response.writeHead(status, { "content-type": type, "content-security-policy": POLICY }).end(body)
    })
  })

  async function answer(request: IncomingMessage): Promise<[number, string, string]> {
    const { pathname, searchParams } = new URL(request.url!, "http://site.test")
    if (request.method === "POST") {
      const sent = Object.fromEntries(new URLSearchParams(await bodyOf(request)))
      received.push({ ...sent, path: pathname, fragment: String(request.headers["x-fragment"] ?? "") })
      if (!pathname.endsWith("/preview")) return [200, "text/html", "<!doctype html><title>Saved</title><h1>Saved</h1>"]
      if (!request.headers["x-fragment"]) return [200, "text/html", "<!doctype html><h1>Preview page</h1>"]
      return [site.preview.status, "text/html", site.preview.html]
    }
    if (pathname === "/api/v1/search")
      return site.searchFails ? [500, "text/plain", "no"] : [200, "application/json", search(searchParams.get("q")!)]
    const asset = assets.get(basename(pathname))
    if (asset !== undefined) return [200, pathname.endsWith(".css") ? "text/css" : "text/javascript", asset]
    if (pathname === "/favicon.ico") return [200, "image/x-icon", ""]
    return pathname === "/wiki/x/edit" ? [200, "text/html; charset=utf-8", formPage(form)] : [404, "text/plain", "none"]
  }
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return Object.assign(site, {
    open: async (given: FormPage, size = { width: 1280, height: 900 }) => {
      form = given
      received = []
      site.problems = []
      await context?.close()
      context = await browser.newContext({ viewport: size })
      const page = await context.newPage()
      watch(page, address, site.problems)
      await page.goto(`${address}/wiki/x/edit`)
      return formIn(page, () => received)
    },
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  })
}

function watch(page: Page, address: string, problems: string[]) {
  page.on("pageerror", (error) => problems.push(String(error)))
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()))
  page.on("request", (request) => request.url().startsWith(address) || problems.push(`left the site: ${request.url()}`))
}

function formIn(page: Page, received: () => Sent[]): OpenForm {
  const save = async () => {
    await page.getByRole("button", { name: "Save page" }).click()
    await page.getByRole("heading", { name: "Saved" }).waitFor()
    return received().at(-1)!
  }
  const text = page.getByRole("textbox", { name: "Text", exact: true })
  // The browser tells of a moved cursor in a task of its own, and the editor looks after its cursor for 20 ms once it has
  // the focus; no person presses the next key before that. Two frames of the screen are longer.
  const frame = () => page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done))))
  const settled = async () => {
    await frame()
    await frame()
  }
  const click = async (words: string) => {
    await text.getByText(words).click()
    await settled()
  }
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key)
      await settled()
    }
  }
  return {
    page,
    text,
    click,
    select: async (words) => {
      await click(words)
      await press("Home", "Shift+End")
    },
    press,
    type: (words) => page.keyboard.type(words),
    choose: async (button, entry) => {
      await page.getByRole("toolbar").getByRole("button", { name: button }).click()
      if (entry) await page.getByRole("menu").getByText(entry, { exact: true }).click()
    },
    paste: (kinds) => page.evaluate(pasteInto, kinds),
    save,
    saved: async () => parsePage(JSON.parse((await save()).document!)),
    received,
  }
}

/** Runs in the page. */
function pasteInto({ html, text }: { html?: string; text?: string }) {
  const clipboardData = new DataTransfer()
  if (html !== undefined) clipboardData.setData("text/html", html)
  if (text !== undefined) clipboardData.setData("text/plain", text)
  document.activeElement!.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}

// The files of a worker share it.
let bundled: Promise<Map<string, string>> | undefined

/** The editor as the build makes it: its entry, the chunks it fetches, its style and the site's. */
async function bundle(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["editor/page-editor.ts", "editor/editor.css", "server/web/site.css"],
    outdir: "/",
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    write: false,
    format: "esm",
    target: ["chrome100", "firefox100", "safari15.4"],
  })
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]))
}

const pages = [
  { slug: "krome", title: "Krome Detention Center", kind: "facility", excerpt: "A center in Miami." },
  { slug: "krome-recommendations-2023", title: "Recommendations for Krome, 2023", kind: "source", excerpt: "14." },
  { slug: "baker-county", title: "Baker County Facility", kind: "facility", excerpt: "A jail." },
]

function search(words: string): string {
  const items = pages.filter(({ title }) => title.toLowerCase().includes(words.toLowerCase()))
  return JSON.stringify({ items, next: null })
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")

function formPage({
  doc,
  markdown = doc ? toMarkdown(doc) : "",
  document: json = doc && JSON.stringify(doc.toJSON()),
  summary = "",
}: FormPage): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Edit</title><link rel="stylesheet" href="/assets/site.css"><link rel="stylesheet" href="/assets/editor.css">
<script type="module" src="/assets/page-editor.js"></script>
<main><h1>Edit Krome</h1>
<form class="edit-form" method="post" action="/wiki/x/edit" data-editor>
<input type="hidden" name="base" value="3"><input type="hidden" name="_csrf" value="token">
<p class="field"><label for="field-title">Title</label><input id="field-title" name="title" value="Krome"></p>
<label for="field-document">Text</label><p class="hint" id="field-document-hint">Write in Markdown.</p>
<textarea id="field-document" name="markdown" rows="12" aria-describedby="field-document-hint" data-editor-text
${json === undefined ? "" : `data-document="${escape(json)}"`}>\n${escape(markdown)}</textarea>
<p class="field"><label for="field-summary">What did you change?</label><input id="field-summary" name="summary" value="${escape(summary)}"></p>
<p><button type="submit">Save page</button> <button type="submit" class="secondary" formaction="/wiki/x/preview">Preview changes</button></p>
</form><section class="markdown-help"><h2>How to write it</h2></section></main></html>`
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = ""
    request.setEncoding("utf8").on("data", (part: string) => (body += part))
    request.on("end", () => resolve(body)).on("error", reject)
  })
}
