import { build } from "esbuild"
import fc from "fast-check"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parsePage, toHtml } from "../../editor/document/index.ts"
import { openBrowser } from "../helpers/browser.ts"
import { anyPage } from "../helpers/documents.ts"

// What a browser makes of our HTML, and ProseMirror of that: bundled here, run there.
const inBrowser = `
  import { DOMParser, DOMSerializer, Node } from "prosemirror-model"
  import { pageSchema } from "./editor/document/schema.ts"
  const parser = DOMParser.fromSchema(pageSchema)
  const read = (dom) => parser.parse(dom, { preserveWhitespace: "full" }).toJSON()
  const box = (fill) => { const div = document.createElement("div"); fill(div); return div }
  window.readHtml = (html) => read(box((div) => { div.innerHTML = html }))
  window.redraw = (json) => {
    const node = Node.fromJSON(pageSchema, json)
    return read(box((div) => DOMSerializer.fromSchema(pageSchema).serializeFragment(node.content, {}, div)))
  }
`

declare global {
  interface Window {
    readHtml(html: string): unknown
    redraw(json: unknown): unknown
  }
}

let browser: Browser
let tab: Page

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: inBrowser, resolveDir: new URL("../..", import.meta.url).pathname, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
  })
  browser = await openBrowser()
  tab = await browser.newPage()
  await tab.addScriptTag({ content: outputFiles[0]!.text })
})
afterAll(() => browser.close())

const some = fc.sample(anyPage(), { numRuns: 150 }).map((page) => ({ page, json: page.toJSON() }))

describe("a page in a browser", () => {
  it("is read back from the HTML that readers get as the same page", async () => {
    const sent = some.map(({ page }) => toHtml(page, { today: "2026-11-23", permalinks: true }))
    const read = await tab.evaluate((all) => all.map((html) => window.readHtml(html)), sent)
    some.forEach(({ page, json }, index) => {
      expect(read[index]).toEqual(json)
      expect(parsePage(read[index]).eq(page)).toBe(true)
    })
  })

  it("is read back from what the editor draws as the same page", async () => {
    const read = await tab.evaluate(
      (all) => all.map((json) => window.redraw(json)),
      some.map(({ json }) => json),
    )
    some.forEach(({ json }, index) => expect(read[index]).toEqual(json))
  })
})

describe("pasted HTML in a browser", () => {
  it("brings in no target, picture, id or fact that a page may not hold", async () => {
    const read = await tab.evaluate(
      (all) => all.map((html) => JSON.stringify(window.readHtml(html))),
      [
        '<p id="body"><a href="javascript:alert(1)">x</a></p>',
        '<figure><img src="https://a.example/x.png" alt="gate"></figure>',
        `<dl><div data-fact='{"label":"x","type":"script","value":"y","sources":"z"}'>` +
          `<dt>x</dt><dd><div class="note"></div></dd></div></dl>`,
        '<p>a<cite data-source="javascript:alert(1)">x</cite></p>',
      ],
    )
    expect(read.join()).not.toMatch(/javascript|a\.example|"id":"body"|script/)
    for (const json of read) expect(() => parsePage(JSON.parse(json))).not.toThrow()
    expect(read[1]).toContain('"alt":"gate"')
  })
})
