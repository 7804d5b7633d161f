import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { doc, fact, h2, li, p, sheet, strong, ul } from "../helpers/documents.ts"
import { type EditorSite, openEditorSite, type OpenForm } from "../helpers/editor-site.ts"

let site: EditorSite
beforeAll(async () => void (site = await openEditorSite()))
afterAll(() => site.close())
beforeEach(() => void (site.preview = { status: 200, html: "<section><p>1 word was added.</p></section>" }))
afterEach(() => expect(site.problems).toEqual([]))

const page = doc(
  p({ id: "lead" }, "Krome is in ", strong("Miami"), "."),
  h2({ id: "visits" }, "Visits"),
  ul({ id: "l" }, li({ id: "i" }, p("Call first"))),
)

const button = ({ page }: OpenForm, name: string) => page.getByRole("button", { name })
const markdown = ({ page }: OpenForm) => page.locator("textarea[data-editor-text]")

describe("a form whose script cannot start", () => {
  it("works as it came, with its text", async () => {
    const form = await site.open({
      doc: page,
      document: '{"type":"doc","content":[{"type":"no such block"}]}',
      markdown: "The text.",
    })
    await expect.poll(() => site.problems.length).toBe(1)
    expect(await form.page.locator(".editor-shell").count()).toBe(0)
    await markdown(form).fill("The text, changed.")
    const sent = await form.save()
    expect(sent.markdown).toBe("The text, changed.")
    expect(sent).not.toHaveProperty("document")
    site.problems.length = 0
  })
})

describe("a form that came back with a document", () => {
  it("takes it up again, even from the text area", async () => {
    const form = await site.open({ markdown: JSON.stringify(page.toJSON()) })
    await form.text.getByText("Call first").waitFor()
    expect((await form.saved()).toJSON()).toEqual(page.toJSON())
  })

  it("is not sent while it could not be kept, and says why", async () => {
    const long = sheet({ id: "s" }, fact({ id: "f", label: "x".repeat(301), value: "y" }))
    const form = await site.open({ doc: doc(p({ id: "a" }, "words"), long) })
    await button(form, "Save page").click()
    await form.page.getByText("Not sent, because it could not be kept: this is longer than 300 characters.").waitFor()
    expect(form.received()).toEqual([])
  })
})

describe("a form that holds somebody's Markdown", () => {
  it("keeps it word for word, with the editor one click away", async () => {
    const form = await site.open({ markdown: "## Visits\n\n*  Call first" })
    expect(await markdown(form).inputValue()).toBe("## Visits\n\n*  Call first")
    await button(form, "Edit as formatted text").click()
    await form.text.getByRole("heading", { name: "Visits" }).waitFor()
    expect((await form.saved()).toJSON()).toEqual(doc(h2("Visits"), ul(li(p("Call first")))).toJSON())
  })
})

describe("Markdown and back", () => {
  it("leaves an unchanged page exactly as it was, undo included", async () => {
    const form = await site.open({ doc: page })
    await form.click("Visits")
    await form.press("End")
    // In one go: letters with a pause between them are undone one after the other.
    await form.page.keyboard.insertText(" in person")
    await button(form, "Edit as Markdown").click()
    await markdown(form).waitFor()
    expect(await markdown(form).inputValue()).toContain("## Visits in person")
    expect(await form.page.locator(".markdown-help").isVisible()).toBe(true)
    await button(form, "Edit as formatted text").click()
    await form.text.waitFor()
    await form.press("Control+z")
    expect((await form.saved()).toJSON()).toEqual(page.toJSON())
  })

  it("keeps the ids of what was not rewritten", async () => {
    const form = await site.open({ doc: page })
    await button(form, "Edit as Markdown").click()
    const text = await markdown(form).inputValue()
    await markdown(form).fill(text.replace("Call first", "Call first, always") + "\n\nNew words.\n")
    await button(form, "Edit as formatted text").click()
    await form.text.getByText("New words.").waitFor()
    expect((await form.saved()).toJSON()).toEqual(
      doc(
        page.child(0),
        page.child(1),
        ul({ id: "l" }, li({ id: "i" }, p("Call first, always"))),
        p("New words."),
      ).toJSON(),
    )
  })

  it("sends the Markdown when the page is saved from there", async () => {
    const form = await site.open({ doc: page })
    await button(form, "Edit as Markdown").click()
    await markdown(form).fill("Only this.")
    const sent = await form.save()
    expect(sent.markdown).toBe("Only this.")
    expect(sent).not.toHaveProperty("document")
  })

  it("says what could not be understood, and gives back what was typed letter for letter", async () => {
    const form = await site.open({ doc: page })
    await button(form, "Edit as Markdown").click()
    const typed = "See [this](javascript:alert(1)) page."
    await markdown(form).fill(typed)
    await button(form, "Edit as formatted text").click()
    await expect.poll(() => form.page.locator(".editor-notes p").count()).toBeGreaterThan(0)
    await button(form, "Edit as Markdown").click()
    expect(await markdown(form).inputValue()).toBe(typed)
  })

  it("stays where it is when the network fails, and says so", async () => {
    const form = await site.open({ doc: page })
    await form.page.route(/markdown-text/, (route) => route.abort())
    await button(form, "Edit as Markdown").click()
    await form.page.getByText("This could not be changed over just now.").waitFor()
    expect(await form.text.isVisible()).toBe(true)
    site.problems = site.problems.filter((problem) => !problem.includes("ERR_FAILED"))
  })
})

describe("the preview", () => {
  it("opens in place from the same form, and the text stays", async () => {
    const form = await site.open({ doc: page })
    await form.click("Visits")
    await form.press("End")
    await form.type("!")
    await button(form, "Preview changes").click()
    await form.page.getByRole("dialog").getByText("1 word was added.").waitFor()
    const [sent] = form.received()
    expect(sent).toMatchObject({ path: "/wiki/x/preview", fragment: "preview", base: "3", _csrf: "token" })
    expect(JSON.parse(sent!.document!).content[1].content[0].text).toBe("Visits!")
    await form.page.getByRole("button", { name: "Go on writing" }).click()
    expect((await form.saved()).child(1).textContent).toBe("Visits!")
  })

  it("is the server's page when no fragment comes back", async () => {
    for (const answer of [
      { status: 422, html: "<p>No</p>" },
      { status: 200, html: "<!doctype html><title>Log in</title>" },
    ]) {
      site.preview = answer
      const form = await site.open({ doc: page })
      await button(form, "Preview changes").click()
      await form.page.getByRole("heading", { name: "Preview page" }).waitFor()
      expect(form.received().map(({ fragment }) => fragment)).toEqual(["preview", ""])
      site.problems = site.problems.filter((problem) => !problem.includes("422"))
    }
  })
})

describe("saving by key", () => {
  it("goes to an empty summary first, and saves the second time", async () => {
    const form = await site.open({ doc: page })
    await form.click("Visits")
    await form.press("Control+s")
    expect(await form.page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("summary")
    await form.page.getByText("Say in a few words what you changed").waitFor({ state: "attached" })
    expect(form.received()).toEqual([])
    await form.type("Looked through")
    await form.page.keyboard.press("Control+s")
    await form.page.getByRole("heading", { name: "Saved" }).waitFor()
    expect(form.received()).toMatchObject([{ summary: "Looked through" }])
  })
})

describe("leaving", () => {
  it("asks while something is not sent, and not otherwise", async () => {
    const form = await site.open({ doc: page })
    const asked: string[] = []
    form.page.on("dialog", (dialog) => {
      asked.push(dialog.type())
      void dialog.accept()
    })
    await form.page.reload()
    expect(asked).toEqual([])
    await form.click("Visits")
    await form.press("End")
    await form.type("!")
    await form.page.reload()
    expect(asked).toEqual(["beforeunload"])
    await form.page.getByLabel("Title").fill("Another title")
    await form.page.reload()
    expect(asked.length).toBe(2)
    await button(form, "Edit as Markdown").click()
    await markdown(form).waitFor()
    await markdown(form).press("x")
    await form.page.reload()
    expect(asked.length).toBe(3)
    await form.click("Visits")
    await form.type("!")
    await form.save()
    expect(asked.length).toBe(3)
  })
})

describe("a small screen", () => {
  it("shows no more than fits across, with every tool in reach", async () => {
    const facts = sheet({ id: "s" }, fact({ id: "f", key: "phone", type: "phone", value: "+13052072001" }))
    const form = await site.open({ doc: doc(p({ id: "a" }, "Some lines"), facts) }, { width: 360, height: 640 })
    const width = () => form.page.evaluate(() => document.documentElement.scrollWidth)
    expect(await width()).toBe(360)
    await form.click("Some lines")
    await form.choose("This block")
    const box = await form.page.getByRole("menu").boundingBox()
    expect(box!.x).toBeGreaterThanOrEqual(0)
    expect(box!.x + box!.width).toBeLessThanOrEqual(360)
    await form.press("Escape")
    await form.choose("Cite a source")
    expect(await width()).toBe(360)
  })
})
