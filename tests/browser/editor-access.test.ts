import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cite, doc, fact, figure, h2, li, notice, p, quote, sheet, table, td, th, tr, ul } from "../helpers/documents.ts"
import { type EditorSite, openEditorSite } from "../helpers/editor-site.ts"

let site: EditorSite
beforeAll(async () => void (site = await openEditorSite()))
afterAll(() => site.close())

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

const page = doc(
  p({ id: "lead" }, "Krome", cite({ source: "https://example.org/", title: "List" })),
  h2({ id: "h" }, "Visits"),
  ul({ id: "l" }, li({ id: "i" }, p("Call first"))),
  quote({ id: "q" }, p("Said")),
  notice({ id: "n", kind: "danger" }, p("Do not go to the gate.")),
  sheet(
    { id: "s" },
    fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001" }, "Press 1."),
    fact({ id: "f2", label: "Bus line", value: "137", asOf: "2012" }),
  ),
  table({ id: "t" }, tr({ id: "r1" }, th("Day"), th("Hours")), tr({ id: "r2" }, td("Saturday"), td("8 to 10"))),
  figure({ id: "fig", alt: "The gate" }, "Entrance"),
)

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
  })
}

describe("everybody can use", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 1280]) {
      it(`the editor, its menus and windows in the ${colorScheme} scheme, ${width} wide`, async () => {
        const form = await site.open({ doc: page }, { width, height: 800 })
        await form.page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
        expect(await violations(form.page)).toEqual([])
        await form.click("Call first")
        await form.choose(/Kind of text/)
        expect(await violations(form.page)).toEqual([])
        await form.press("Escape")
        await form.choose("Link")
        await form.page.getByLabel("Page, or address").fill("krome")
        await form.page.getByRole("dialog").getByRole("option").first().waitFor()
        await form.press("ArrowDown")
        expect(await violations(form.page)).toEqual([])
        await form.press("Escape", "Escape")
        await form.text.getByLabel("Value").first().fill("no number")
        await form.page.getByRole("button", { name: "Save page" }).click()
        await form.text.getByText("is not a telephone number").waitFor()
        expect(await violations(form.page)).toEqual([])
      })
    }
  }

  it("the key that leads to the tools, and sees where it led", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "Krome")) })
    await form.click("Krome")
    await form.press("Alt+F10")
    const [label, outline] = await form.page.evaluate(() => [document.activeElement!.ariaLabel, getComputedStyle(document.activeElement!).outlineStyle])
    expect([label, outline]).toEqual(["Kind of text: Text", "solid"])
  })

  it("every act of writing, citing and saving without a mouse", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "Krome")) })
    await form.page.getByLabel("Title").focus()
    await form.press("Tab", "Tab")
    expect(await form.page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("textbox")
    await form.press("Control+End")
    await form.type(" holds people.")
    await form.press("Control+Alt+f")
    await form.type("https://example.org/list")
    await form.press("Enter")
    await expect.poll(() => form.text.locator("cite").count()).toBe(1)
    await form.press("Enter", "Control+Alt+2")
    await form.type("Visits")
    await form.page.getByText("Now: Heading").waitFor({ state: "attached" })
    await form.press("Tab", "Tab")
    await form.type("Say who is held")
    await form.page.keyboard.press("Enter")
    await form.page.getByRole("heading", { name: "Saved" }).waitFor()
    const sent = form.received().at(-1)
    expect(sent!.summary).toBe("Say who is held")
    const cited = cite({ source: "https://example.org/list" })
    expect(JSON.parse(sent!.document!)).toEqual(doc(p({ id: "a" }, "Krome holds people.", cited), h2("Visits")).toJSON())
  })
})
