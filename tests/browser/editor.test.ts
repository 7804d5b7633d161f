import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import {
  address,
  br,
  cite,
  doc,
  em,
  h2,
  h3,
  hr,
  lang,
  li,
  link,
  notice,
  ol,
  p,
  quote,
  strong,
  ul,
} from "../helpers/documents.ts"
import { type EditorSite, openEditorSite } from "../helpers/editor-site.ts"

let site: EditorSite
beforeAll(async () => void (site = await openEditorSite()))
afterAll(() => site.close())
afterEach(() => expect(site.problems).toEqual([]))

const visits = doc(
  p({ id: "lead" }, "Krome is in Miami."),
  h2({ id: "visits" }, "Visits"),
  p({ id: "rule" }, "Call first."),
)

describe("writing", () => {
  it("sends what is typed as a document, with the other fields, and not the text area", async () => {
    const form = await site.open({ doc: visits, summary: "Say where" })
    await form.click("Krome is in Miami.")
    await form.press("End")
    await form.type(" It is run by ICE.")
    const sent = await form.save()
    expect(JSON.parse(sent.document!)).toEqual(
      doc(p({ id: "lead" }, "Krome is in Miami. It is run by ICE."), visits.child(1), visits.child(2)).toJSON(),
    )
    expect(sent).toMatchObject({ title: "Krome", base: "3", _csrf: "token", summary: "Say where" })
    expect(sent).not.toHaveProperty("markdown")
  })

  it("gives the second half of a split no id, and the first half keeps its own", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "one two")) })
    await form.click("one two")
    await form.press("Home", "ArrowRight", "ArrowRight", "ArrowRight", "Enter")
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, "one"), p(" two")).toJSON())
  })

  it("leaves the id with the words when a paragraph is pushed down", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "words")) })
    await form.click("words")
    await form.press("Home", "Enter")
    expect((await form.saved()).toJSON()).toEqual(doc(p(), p({ id: "a" }, "words")).toJSON())
  })

  it("starts an empty page with an empty paragraph", async () => {
    const form = await site.open({ markdown: "" })
    await form.text.click()
    await form.type("First words")
    expect((await form.saved()).toJSON()).toEqual(doc(p("First words")).toJSON())
  })

  it("takes back and does again", async () => {
    const form = await site.open({ doc: visits })
    await form.click("Call first.")
    await form.press("End")
    await form.type(" Now.")
    await form.choose("Undo")
    await expect.poll(() => form.text.getByText("Call first.", { exact: true }).count()).toBe(1)
    await form.press("Control+y")
    expect((await form.saved()).lastChild!.textContent).toBe("Call first. Now.")
  })
})

describe("typed shortcuts", () => {
  it("make headings, lists, quotations and dividers", async () => {
    const form = await site.open({ markdown: "" })
    await form.text.click()
    await form.type("## Visits")
    await form.press("Enter")
    await form.type("- one")
    await form.press("Enter")
    await form.type("two")
    await form.press("Enter", "Enter")
    await form.type("3. three")
    await form.press("Enter", "Enter")
    await form.type("> said")
    await form.press("Enter", "Enter")
    await form.type("---")
    await form.type("after")
    expect((await form.saved()).toJSON()).toEqual(
      doc(
        h2("Visits"),
        ul(li(p("one")), li(p("two"))),
        ol({ start: 3 }, li(p("three"))),
        quote(p("said")),
        hr(),
        p("after"),
      ).toJSON(),
    )
  })

  it("are taken back by Backspace, and the paragraph keeps its id either way", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "words")) })
    await form.click("words")
    await form.press("Home")
    await form.type("- ")
    await expect.poll(() => form.text.locator("li").count()).toBe(1)
    await form.press("Backspace")
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, "- words")).toJSON())
  })

  it("hand the paragraph's id to the list it becomes", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "words")) })
    await form.click("words")
    await form.press("Home")
    await form.type("- ")
    expect((await form.saved()).toJSON()).toEqual(doc(ul({ id: "a" }, li(p("words")))).toJSON())
  })
})

describe("the bar", () => {
  it("marks words bold and italic, and shows it", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "words")) })
    await form.select("words")
    await form.choose("Bold")
    await form.press("Control+i")
    const bold = form.page.getByRole("button", { name: "Bold" })
    await expect.poll(() => bold.getAttribute("aria-pressed")).toBe("true")
    expect(await bold.getAttribute("title")).toBe("Bold (Ctrl+B)")
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, em(...strong("words")))).toJSON())
  })

  it("changes the kind of text and keeps its id", async () => {
    for (const [kind, expected] of [
      ["Heading", h2({ id: "a" }, "words")],
      ["Smaller heading", h3({ id: "a" }, "words")],
      ["Address", address({ id: "a" }, "words")],
      ["Quotation", quote({ id: "a" }, p("words"))],
      ["Danger", notice({ id: "a", kind: "danger" }, p("words"))],
    ] as const) {
      const form = await site.open({ doc: doc(p({ id: "a" }, "words")) })
      await form.click("words")
      await form.choose(/Kind of text/, kind)
      await expect.poll(() => form.page.getByRole("button", { name: `Kind of text: ${kind}` }).count()).toBe(1)
      expect((await form.saved()).toJSON()).toEqual(doc(expected).toJSON())
    }
  })

  it("turns one wrapper into another and takes it away", async () => {
    const form = await site.open({ doc: doc(quote({ id: "q" }, p("words"))) })
    await form.click("words")
    await form.choose(/Kind of text/, "Warning")
    await form.choose(/Kind of text/, "Notice")
    await expect.poll(() => form.text.locator("aside.info").count()).toBe(1)
    await form.choose(/Kind of text/, "Text")
    expect((await form.saved()).toJSON()).toEqual(doc(p("words")).toJSON())
  })

  it("makes lists, changes them, nests their items and takes them away", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "one"), p({ id: "b" }, "two")) })
    await form.click("one")
    await form.press("Control+a")
    await form.choose("Bulleted list")
    await form.choose("Numbered list")
    await form.click("two")
    await form.choose("Indent")
    await expect.poll(() => form.text.locator("li li").count()).toBe(1)
    await form.choose("Outdent")
    await expect.poll(() => form.text.locator("li li").count()).toBe(0)
    expect((await form.saved()).toJSON()).toEqual(doc(ol({ id: "a" }, li(p("one")), li(p("two")))).toJSON())
  })

  it("gives items of a split list new ids and never doubles them", async () => {
    const form = await site.open({ doc: doc(ul({ id: "l" }, li({ id: "i1" }, p("one")), li({ id: "i2" }, p("two")))) })
    await form.click("one")
    await form.press("End", "Enter")
    await form.type("between")
    expect((await form.saved()).toJSON()).toEqual(
      doc(ul({ id: "l" }, li({ id: "i1" }, p("one")), li(p("between")), li({ id: "i2" }, p("two")))).toJSON(),
    )
  })

  it("says what language words are in", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "horas")) })
    await form.select("horas")
    await form.choose("Language", "Another language…")
    await form.page.getByLabel("Code of the language").fill("no such language")
    await form.press("Enter")
    await form.page.getByText("This is not the code of a language.").waitFor()
    await form.page.getByLabel("Code of the language").fill("ES-us")
    await form.press("Enter")
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, lang("es-US", "horas"))).toJSON())
  })

  it("moves blocks with their ids and deletes them", async () => {
    const form = await site.open({ doc: visits })
    await form.click("Call first.")
    await form.press("Alt+ArrowUp")
    await form.click("Krome is in Miami.")
    await form.choose("This block", "Delete")
    expect((await form.saved()).toJSON()).toEqual(doc(visits.child(2), visits.child(1)).toJSON())
  })

  it("is one stop for Tab, moves by arrows, and Escape goes back to the text", async () => {
    const form = await site.open({ doc: visits })
    await form.click("Call first.")
    await form.press("Alt+F10", "ArrowRight")
    const focused = () => form.page.evaluate(() => document.activeElement?.getAttribute("aria-label"))
    expect(await focused()).toBe("Bold")
    await form.press("End")
    expect(await focused()).toBe("This block")
    await form.press("ArrowRight")
    expect(await focused()).toMatch(/^Kind of text/)
    await form.press("Tab")
    expect(await focused()).toBe("Text")
    await form.press("Shift+Tab", "Enter", "ArrowDown", "Enter")
    expect(await focused()).toBe("Text")
    await expect.poll(() => form.text.locator("h2").count()).toBe(2)
  })
})

describe("links and citations", () => {
  it("links words to a page that is looked up, by keyboard alone", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "Krome")) })
    await form.select("Krome")
    await form.press("Control+k")
    await form.type("recomm")
    await form.page.getByRole("option", { name: /Recommendations/ }).waitFor()
    await form.press("ArrowDown", "Enter", "Enter")
    await expect.poll(() => form.page.getByRole("dialog").count()).toBe(0)
    expect((await form.saved()).toJSON()).toEqual(
      doc(p({ id: "a" }, link("/wiki/krome-recommendations-2023", "Krome"))).toJSON(),
    )
  })

  it("takes web addresses, mailboxes and telephone numbers as people write them", async () => {
    for (const [typed, href] of [
      ["example.org/visits", "https://example.org/visits"],
      ["krome@example.org", "mailto:krome@example.org"],
      ["(305) 207-2001", "tel:+13052072001"],
    ] as const) {
      const form = await site.open({ doc: doc(p({ id: "a" }, "here")) })
      await form.select("here")
      await form.choose("Link")
      await form.page.getByLabel("Page, or address").fill(typed)
      await form.press("Enter")
      expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, link(href, "here"))).toJSON())
    }
  })

  it("refuses an address that runs a script, says why, and keeps what was typed", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "here")) })
    await form.select("here")
    await form.choose("Link")
    const field = form.page.getByLabel("Page, or address")
    await field.fill("javascript:alert(1)")
    await form.press("Enter")
    await form.page.getByText("This is not an address that can be linked.").waitFor()
    expect(await field.inputValue()).toBe("javascript:alert(1)")
    expect(await field.getAttribute("aria-invalid")).toBe("true")
    await form.press("Escape")
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, "here")).toJSON())
  })

  it("writes the page's title where no words are selected, and removes a link", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "See ", link("https://example.org/", "this"), ".")) })
    await form.click("this")
    await form.choose("Link")
    await form.page.getByRole("button", { name: "Remove link" }).click()
    await expect.poll(() => form.page.getByRole("dialog").count()).toBe(0)
    await form.click("See this.")
    await form.press("End")
    await form.choose("Link")
    await form.page.getByLabel("Page, or address").fill("baker")
    await form.page.getByRole("option", { name: /Baker/ }).click()
    await form.page.getByRole("button", { name: "Add link" }).click()
    expect((await form.saved()).toJSON()).toEqual(
      doc(p({ id: "a" }, "See this.", link("/wiki/baker-county", "Baker County Facility"))).toJSON(),
    )
  })

  it("says so when pages cannot be looked up", async () => {
    site.searchFails = true
    const form = await site.open({ doc: visits })
    await form.click("Call first.")
    await form.choose("Link")
    await form.page.getByLabel("Page, or address").fill("krome")
    await form.page.getByText("Pages cannot be looked up just now.").waitFor()
    site.searchFails = false
    site.problems = site.problems.filter((problem) => !problem.includes("500"))
  })

  it("cites a source behind the selected words, and changes it with Return", async () => {
    const form = await site.open({ doc: doc(p({ id: "a" }, "It holds 611.")) })
    await form.click("It holds 611.")
    await form.press("End")
    await form.choose("Cite a source")
    await form.press("Enter")
    await form.page.getByText("Say what you rely on").waitFor()
    await form.page.getByLabel("Source", { exact: true }).fill("https://example.org/list")
    await form.page.getByLabel("Title").last().fill("Facility list")
    await form.page.getByLabel("Where in it").fill("row 12")
    await form.page.getByLabel("The exact words").fill("Capacity: 611")
    await form.page.getByRole("button", { name: "Add citation" }).click()
    await form.press("ArrowLeft", "Enter")
    await form.page.getByLabel("Where in it").fill("row 13")
    await form.press("Enter")
    const citation = cite({
      source: "https://example.org/list",
      title: "Facility list",
      locator: "row 13",
      quote: "Capacity: 611",
    })
    expect((await form.saved()).toJSON()).toEqual(doc(p({ id: "a" }, "It holds 611.", citation)).toJSON())
  })

  it("offers an unfinished citation again", async () => {
    const form = await site.open({ doc: visits })
    await form.click("Call first.")
    await form.choose("Cite a source")
    await form.page.getByLabel("The exact words").fill("Families may visit")
    await form.press("Escape")
    await form.choose("Cite a source")
    expect(await form.page.getByLabel("The exact words").inputValue()).toBe("Families may visit")
  })
})

describe("lines", () => {
  it("Return in an address is a new line, and a second one leaves it", async () => {
    const form = await site.open({ doc: doc(address({ id: "a" }, "Krome")) })
    await form.click("Krome")
    await form.press("End", "Enter")
    await form.type("Miami")
    await form.press("Enter", "Enter")
    await form.type("after")
    expect((await form.saved()).toJSON()).toEqual(
      doc(address({ id: "a" }, "Krome", br(), "Miami"), p("after")).toJSON(),
    )
  })
})
