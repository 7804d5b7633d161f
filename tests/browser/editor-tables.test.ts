import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { br, doc, p, table, td, th, tr } from "../helpers/documents.ts"
import { type EditorSite, openEditorSite } from "../helpers/editor-site.ts"

let site: EditorSite
beforeAll(async () => void (site = await openEditorSite()))
afterAll(() => site.close())
afterEach(() => expect(site.problems).toEqual([]))

const hours = doc(
  table({ id: "t" }, tr({ id: "r1" }, th("Day"), th("Hours")), tr({ id: "r2" }, td("Saturday"), td("8 to 10"))),
  p({ id: "after" }, "after"),
)
const rows = (...given: ReturnType<typeof tr>[]) => doc(table({ id: "t" }, ...given), hours.child(1)).toJSON()
const first = hours.child(0).child(0)
const second = hours.child(0).child(1)

describe("tables", () => {
  it("are inserted with a header row and the cursor in the first cell", async () => {
    const form = await site.open({ markdown: "" })
    await form.text.click()
    await form.choose("Insert", "Table")
    await form.type("Day")
    await form.press("Tab")
    await form.type("Hours")
    expect((await form.saved()).toJSON()).toEqual(
      doc(table(tr(th("Day"), th("Hours"), th()), tr(td(), td(), td()), tr(td(), td(), td())), p()).toJSON(),
    )
  })

  it("gain and lose rows and columns; the rows that stay keep their ids", async () => {
    const cases: [string, ReturnType<typeof rows>][] = [
      ["Add row above", rows(first, tr(td(), td()), second)],
      ["Add row below", rows(first, second, tr(td(), td()))],
      [
        "Add column before",
        rows(tr({ id: "r1" }, th(), th("Day"), th("Hours")), tr({ id: "r2" }, td(), td("Saturday"), td("8 to 10"))),
      ],
      [
        "Add column after",
        rows(tr({ id: "r1" }, th("Day"), th(), th("Hours")), tr({ id: "r2" }, td("Saturday"), td(), td("8 to 10"))),
      ],
      ["Header row", rows(tr({ id: "r1" }, td("Day"), td("Hours")), second)],
      ["Header column", rows(first, tr({ id: "r2" }, th("Saturday"), td("8 to 10")))],
      ["Delete row", rows(first)],
      ["Delete column", rows(tr({ id: "r1" }, th("Hours")), tr({ id: "r2" }, td("8 to 10")))],
      ["Delete table", doc(hours.child(1)).toJSON()],
    ]
    for (const [tool, expected] of cases) {
      const form = await site.open({ doc: hours })
      await form.click("Saturday")
      await form.choose("Table", tool)
      expect([tool, (await form.saved()).toJSON()]).toEqual([tool, expected])
    }
  })

  it("lose themselves with their only column", async () => {
    const form = await site.open({ doc: doc(table({ id: "t" }, tr({ id: "r" }, td("one"))), hours.child(1)) })
    await form.click("one")
    await form.choose("Table", "Delete column")
    expect((await form.saved()).toJSON()).toEqual(doc(hours.child(1)).toJSON())
  })

  it("are walked through by Tab, which adds a row at the end; Return is a new line in the cell", async () => {
    const form = await site.open({ doc: hours })
    await form.click("8 to 10")
    await form.press("End", "Enter")
    await form.type("1 to 3")
    await form.press("Tab")
    await form.type("Sunday")
    await form.press("Shift+Tab", "Shift+Tab")
    await form.type("Saturdays")
    expect((await form.saved()).toJSON()).toEqual(
      rows(first, tr({ id: "r2" }, td("Saturdays"), td("8 to 10", br(), "1 to 3")), tr(td("Sunday"), td())),
    )
  })

  it("let Tab out after Escape", async () => {
    const form = await site.open({ doc: hours })
    await form.click("Saturday")
    await form.press("Escape", "Tab")
    expect(await form.page.evaluate(() => document.activeElement?.textContent)).toBe("Edit as Markdown")
    expect((await form.saved()).toJSON()).toEqual(hours.toJSON())
  })

  it("keep their cells whole against Backspace at the start of one", async () => {
    const form = await site.open({ doc: hours })
    await form.click("8 to 10")
    await form.press("Home", "Backspace", "Backspace")
    await form.click("Saturday")
    await form.press("End", "Delete", "Delete")
    expect((await form.saved()).toJSON()).toEqual(hours.toJSON())
  })

  it("show their tools only where there is a table", async () => {
    const form = await site.open({ doc: hours })
    const tools = form.page.getByRole("button", { name: "Table" })
    await form.click("after")
    await expect.poll(() => tools.isVisible()).toBe(false)
    await form.click("Saturday")
    await expect.poll(() => tools.isVisible()).toBe(true)
  })
})
