import type { Locator } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { doc, fact, p, sheet, strong } from "../helpers/documents.ts"
import { type EditorSite, openEditorSite, type OpenForm } from "../helpers/editor-site.ts"

let site: EditorSite
beforeAll(async () => void (site = await openEditorSite()))
afterAll(() => site.close())
afterEach(() => expect(site.problems).toEqual([]))

const phone = fact({ id: "f1", key: "phone", type: "phone", value: "+13052072001", checked: "2026-11-01" }, "Press 1.")
const hours = fact({ id: "f2", key: "visiting_hours", type: "hours", value: "Sa,Su 08:00-10:30" })
const page = doc(p({ id: "lead" }, "Krome"), sheet({ id: "s" }, phone, hours), p({ id: "end" }, "The end."))

const row = ({ text }: OpenForm, name: string): Locator => text.getByRole("group", { name, exact: true })
const value = (form: OpenForm, name: string) => row(form, name).getByLabel("Value", { exact: true })
const problem = (form: OpenForm, name: string) => row(form, name).locator(".value .editor-problem")
const sheetOf = async (form: OpenForm) => (await form.saved()).child(1)

describe("a fact", () => {
  it("comes through untouched when nothing is changed", async () => {
    const form = await site.open({ doc: page })
    expect(await value(form, "Phone number").inputValue()).toBe("(305) 207-2001")
    expect((await form.saved()).toJSON()).toEqual(page.toJSON())
  })

  it("takes its value as people write it, and shows it as readers will see it", async () => {
    const form = await site.open({ doc: page })
    await value(form, "Phone number").fill("305.207.2202 x7")
    await value(form, "Phone number").blur()
    await expect.poll(() => value(form, "Phone number").inputValue()).toBe("(305) 207-2202 ext. 7")
    const saved = await sheetOf(form)
    expect(saved.toJSON()).toEqual(
      sheet({ id: "s" }, fact({ ...phone.attrs, value: "+13052072202;ext=7" }, "Press 1."), hours).toJSON(),
    )
  })

  it("is put into canonical form even when it is saved straight from the field", async () => {
    const form = await site.open({ doc: page, summary: "New number" })
    await value(form, "Phone number").fill("(305) 207-2202")
    await form.page.keyboard.press("Control+s")
    await form.page.getByRole("heading", { name: "Saved" }).waitFor()
    const { content } = JSON.parse(form.received()[0]!.document!)
    expect(content[1].content[0].attrs.value).toBe("+13052072202")
  })

  it("that cannot be read keeps what was typed, says why beside it, and is not sent", async () => {
    const form = await site.open({ doc: page })
    await value(form, "Phone number").fill("press one and wait")
    await value(form, "Phone number").blur()
    await expect.poll(() => problem(form, "Phone number").textContent()).toContain("is not a telephone number")
    await form.page.getByRole("button", { name: "Save page" }).click()
    await form.page.getByText("Not sent. A fact has to be mended first").waitFor({ state: "attached" })
    expect(await form.page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe(
      "press one and wait",
    )
    expect(await value(form, "Phone number").getAttribute("aria-invalid")).toBe("true")
    expect(form.received()).toEqual([])
  })

  it("that cannot be read survives moving and undo, and can be kept as words", async () => {
    const form = await site.open({ doc: page })
    await value(form, "Phone number").fill("press one and wait")
    await row(form, "Phone number").getByRole("button", { name: "Move down" }).click()
    expect(await value(form, "Phone number").inputValue()).toBe("press one and wait")
    await row(form, "Phone number").getByRole("button", { name: "Keep as words" }).click()
    const kept = fact({ ...phone.attrs, type: "text", value: "press one and wait" }, "Press 1.")
    expect((await sheetOf(form)).toJSON()).toEqual(sheet({ id: "s" }, hours, kept).toJSON())
  })

  it("has a note with marks, in which Return makes a line and Backspace eats nothing else", async () => {
    const form = await site.open({ doc: page })
    await form.click("Press 1.")
    await form.press("Home", "Backspace", "Backspace", "End", "Control+b")
    await form.type(" Now")
    const saved = await sheetOf(form)
    expect(saved.toJSON()).toEqual(sheet({ id: "s" }, fact(phone.attrs, "Press 1.", strong(" Now")), hours).toJSON())
  })

  it("is checked today by one button", async () => {
    const form = await site.open({ doc: page })
    await row(form, "Family visiting hours").getByRole("button", { name: "Checked today" }).click()
    await row(form, "Family visiting hours").getByText("checked today", { exact: true }).waitFor()
    const { checked } = (await sheetOf(form)).child(1).attrs
    expect(Math.abs(Date.now() - Date.parse(checked))).toBeLessThan(36 * 3_600_000)
  })

  it("takes dates as people write them and refuses what is none", async () => {
    const form = await site.open({ doc: page })
    const checked = row(form, "Phone number").getByLabel("Last checked")
    await checked.fill("someday")
    await checked.blur()
    await row(form, "Phone number").getByText("is not a date").waitFor()
    await checked.fill("August 2026")
    await checked.blur()
    await row(form, "Phone number").getByText("More about this fact").click()
    await row(form, "Phone number").getByLabel("True as of").fill("about 2012")
    await row(form, "Phone number").getByLabel("For whom or what").fill("families")
    await row(form, "Phone number").getByLabel("Standing").selectOption("deprecated")
    const { attrs } = (await sheetOf(form)).child(0)
    expect(attrs).toMatchObject({ checked: "2026-08", asOf: "~2012", qualifier: "families", rank: "deprecated" })
  })

  it("whose value is not known is saved without one, and not before it has none", async () => {
    const form = await site.open({ doc: page })
    await row(form, "Phone number").getByLabel("What is known").selectOption("withheld")
    await form.page.getByRole("button", { name: "Save page" }).click()
    await row(form, "Phone number").getByText("A fact that is not known has no value.").waitFor()
    await value(form, "Phone number").fill("")
    expect((await sheetOf(form)).child(0).attrs).toMatchObject({ id: "f1", state: "withheld", value: "" })
  })

  it("names its sources", async () => {
    const form = await site.open({ doc: page })
    const question = row(form, "Phone number").getByText("How do you know?")
    expect(await question.isVisible()).toBe(true)
    await row(form, "Phone number").getByRole("button", { name: "Add a source" }).click()
    await form.page.getByRole("dialog").getByLabel("Source", { exact: true }).fill("recommendations")
    await form.page.getByRole("dialog").getByRole("option").click()
    await form.page.getByRole("button", { name: "Add citation" }).click()
    await row(form, "Phone number")
      .getByRole("button", { name: "Recommendations for Krome, 2023", exact: true })
      .click()
    await form.page.getByLabel("Where in it").fill("p. 2")
    await form.press("Enter")
    const source = {
      source: "krome-recommendations-2023",
      title: "Recommendations for Krome, 2023",
      locator: "p. 2",
      quote: "",
    }
    expect(await question.isVisible()).toBe(false)
    expect((await sheetOf(form)).child(0).attrs.sources).toEqual([source])
  })
})

describe("a fact sheet", () => {
  it("is inserted, filled and left by keyboard", async () => {
    const form = await site.open({ doc: doc(p({ id: "lead" }, "Krome")) })
    await form.click("Krome")
    await form.choose("Insert", "Facts")
    await row(form, "New fact").getByLabel("Kind of fact").selectOption("street_address")
    const address = value(form, "Street address")
    await address.focus()
    await form.type("18201 SW 12th St")
    await form.press("Enter")
    await form.type("Miami, FL 33194")
    const filled = fact({ key: "street_address", type: "address", value: "18201 SW 12th St\nMiami, FL 33194" })
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "lead" }, "Krome"), sheet(filled), p()).toJSON())
  })

  it("gains rows with a name of their own, and sends no blank ones", async () => {
    const form = await site.open({ doc: page })
    await form.page.getByRole("button", { name: "Add a fact" }).click()
    await row(form, "New fact").getByLabel("Name of the fact").fill("Bus line")
    await row(form, "Bus line").getByLabel("Kind of value").selectOption("number")
    await value(form, "Bus line").fill("137")
    await form.page.getByRole("button", { name: "Add a fact" }).click()
    await row(form, "New fact").waitFor()
    const bus = fact({ label: "Bus line", type: "number", value: "137" })
    expect((await sheetOf(form)).toJSON()).toEqual(sheet({ id: "s" }, phone, hours, bus).toJSON())
  })

  it("asks for the name of a fact of no known kind", async () => {
    const form = await site.open({ doc: page })
    await form.page.getByRole("button", { name: "Add a fact" }).click()
    await value(form, "New fact").fill("137")
    await form.page.getByRole("button", { name: "Save page" }).click()
    await form.page.getByText("Say what kind of fact this is.", { exact: true }).waitFor()
    expect(form.received()).toEqual([])
  })

  it("moves rows with their ids and keeps the focus on the button", async () => {
    const form = await site.open({ doc: page })
    await row(form, "Family visiting hours").getByRole("button", { name: "Move up" }).click()
    const focused = await form.page.evaluate(() =>
      document.activeElement?.closest("[role=group]")?.getAttribute("aria-label"),
    )
    expect(focused).toBe("Family visiting hours")
    expect((await sheetOf(form)).toJSON()).toEqual(sheet({ id: "s" }, hours, phone).toJSON())
  })

  it("loses rows, goes with the last one, and comes back by undo", async () => {
    const form = await site.open({ doc: page })
    await row(form, "Phone number").getByRole("button", { name: "Remove", exact: true }).click()
    await row(form, "Family visiting hours").getByRole("button", { name: "Remove", exact: true }).click()
    await expect.poll(() => form.text.locator(".fact-sheet").count()).toBe(0)
    await form.press("Control+z")
    expect((await sheetOf(form)).child(0).attrs.id).toBe("f2")
  })

  it("does not send the page when Return is pressed in a field", async () => {
    const form = await site.open({ doc: page })
    await row(form, "Phone number").getByLabel("Last checked").press("Enter")
    await value(form, "Phone number").press("Enter")
    expect(form.received()).toEqual([])
    expect((await form.saved()).toJSON()).toEqual(page.toJSON())
  })

  it("with a value that cannot be read is copied without harm", async () => {
    const form = await site.open({ doc: page })
    await value(form, "Family visiting hours").fill("whenever; ( they like )")
    await form.click("The end.")
    await form.press("Control+a")
    const copied = await form.page.evaluate(() => {
      const data = new DataTransfer()
      document.activeElement!.dispatchEvent(
        new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }),
      )
      return data.getData("text/html")
    })
    expect(copied).toContain("whenever; ( they like )")
  })
})
