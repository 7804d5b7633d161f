import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fromMarkdown, markdownHelp, toMarkdown } from "../../../editor/document/markdown.ts"
import { parsePage } from "../../../editor/document/parse.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"
import {
  address, anyPage, br, cite, code, doc, em, fact, figure, h2, h3, h4, hr, lang, li, link, notice, ol, p, quote, sheet,
  strong, table, td, th, tr, ul,
} from "../../helpers/documents.ts" // prettier-ignore

const read = (text: string) => fromMarkdown(text).doc.toJSON()
const warned = (text: string) => fromMarkdown(text).warnings

describe("Markdown of any page", () => {
  test("reads back as the same page, without a warning", () => {
    fc.assert(
      fc.property(anyPage({ ids: false }), (page) => {
        const markdown = toMarkdown(page)
        const { doc, title, warnings } = fromMarkdown(markdown)
        expect({ doc: doc.toJSON(), title, warnings }, markdown).toEqual({
          doc: page.toJSON(),
          title: null,
          warnings: [],
        })
      }),
      { numRuns: 400 },
    )
  })

  test("is empty for an empty page", () => {
    expect(toMarkdown(doc(p()))).toBe("")
    expect(read("")).toEqual(doc(p()).toJSON())
  })

  test("leaves ids to alignment", () => {
    fc.assert(
      fc.property(anyPage(), (page) => {
        expect(toMarkdown(page)).not.toMatch(/\bid\d+\b/)
      }),
      { numRuns: 50 },
    )
  })
})

describe("any text", () => {
  const signs = "*_[](){}<>!`|#-+=:@&;~^\"'\\ aB1\n\t".split("")
  const pieces = [
    "**", ":::", "\n:::\n", "::: facts\n", "::: notice\n", "::: address\n", "::: figure\n", "- phone: 305\n",
    "  note: x\n", "[[", "]]", "![", "](", "{em}", "{lang=es}", "<br>", "&amp;", "&#32;", "https://a.example", "```",
    "[@", "---", "1. ", "> ", "\n\n", "| --- |\n", "\u0007", "\u202e", "\r\n", "e\u0301", "\ud800",
  ] // prettier-ignore
  const text = fc.array(fc.constantFrom(...signs, ...pieces), { maxLength: 40 }).map((parts) => parts.join(""))

  test("is a page that may be kept, and whose Markdown reads back as it", () => {
    fc.assert(
      fc.property(text, (typed) => {
        const { doc } = fromMarkdown(typed)
        expect(parsePage(doc.toJSON()).eq(doc), typed).toBe(true)
        const again = fromMarkdown(toMarkdown(doc))
        expect({ doc: again.doc.toJSON(), warnings: again.warnings }, typed).toEqual({
          doc: doc.toJSON(),
          warnings: [],
        })
      }),
      { numRuns: 1000 },
    )
  })

  test("loses no word", () => {
    const words = fc.array(fc.constantFrom("visit", "call", "desk", ...pieces.slice(0, 20), " ", "\n"), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(words, (parts) => {
        const { doc, title, warnings } = fromMarkdown(parts.join(" "))
        const kept = JSON.stringify(doc.toJSON()) + title + warnings.join(" ")
        for (const word of ["visit", "call", "desk"])
          if (parts.includes(word)) expect(kept, parts.join(" ")).toContain(word)
      }),
      { numRuns: 500 },
    )
  })

  test("is read in time that grows with its length alone", () => {
    const units = [
      "[@a, ",
      "[[a",
      "[a](",
      "[]{em}",
      "::: facts\n",
      "::: notice\n\n:::\n",
      "- ",
      "> ",
      "*a **a ",
      "![[]()",
      "|\n",
      "<",
    ]
    for (const unit of [...units, "`", "\\", "- phone: 1\n", "[a](<b"]) {
      const text = unit.repeat(200_000 / unit.length)
      expect(
        cpuTime(() => fromMarkdown(text)),
        unit,
      ).toBeLessThan(2000)
    }
  })

  test("keeps what is nested too deeply as text", () => {
    const { doc, warnings } = fromMarkdown(`${"- ".repeat(3000)}visit`)
    expect(warnings).toEqual(["Line 1: Lists and quotations this deep were kept as plain text."])
    expect(doc.textContent).toBe(`${"- ".repeat(3000 - 18)}visit`)
    expect(parsePage(doc.toJSON()).eq(doc)).toBe(true)
  })
})

describe("what a person types", () => {
  test("has the heading at its very beginning as its title", () => {
    expect(fromMarkdown("\n# Krome *Center*\n\nWords")).toMatchObject({ title: "Krome Center", warnings: [] })
    expect(read("# Krome\n\nWords")).toEqual(doc(p("Words")).toJSON())
  })

  test("keeps other headings of the highest level as sections", () => {
    expect(read("Words\n\n# Visits\n\n##### By bus")).toEqual(doc(p("Words"), h2("Visits"), h4("By bus")).toJSON())
  })

  test("joins the lines of a paragraph, and breaks them after a backslash", () => {
    expect(read("one\ntwo\\\nthree<br>four")).toEqual(doc(p("one two", br(), "three", br(), "four")).toJSON())
  })

  test("makes marks, languages and links", () => {
    const typed = "**Call** *first*, `1#`, [Buenos días]{lang=es}, [the list](/wiki/list), <https://a.example/>"
    expect(read(typed)).toEqual(
      doc(
        p(
          strong("Call"), " ", em("first"), ", ", code("1#"), ", ", lang("es", "Buenos días"), ", ",
          link("/wiki/list", "the list"), ", ", link("https://a.example/", "https://a.example/"),
        ),
      ).toJSON(),
    ) // prettier-ignore
  })

  test("links pages by their titles", () => {
    expect(read("[[Café Krome]] and [[Krome|the center]]")).toEqual(
      doc(p(link("/wiki/cafe-krome", "Café Krome"), " and ", link("/wiki/krome", "the center"))).toJSON(),
    )
  })

  test("cites pages of the wiki and documents on the web", () => {
    const typed = 'So[@crcl-krome-2023, p. 3] it is.[@<https://a.example/r.pdf> "A \\"report\\"", § 2: "thirteen"]'
    const web = { source: "https://a.example/r.pdf", title: 'A "report"', locator: "§ 2", quote: "thirteen" }
    expect(read(typed)).toEqual(
      doc(p("So", cite({ source: "crcl-krome-2023", locator: "p. 3" }), " it is.", cite(web))).toJSON(),
    )
  })

  test("may hold lists, quotations, dividers, addresses, notices and pictures", () => {
    const typed = `- a

  3. b
- c

> said

---

::: address
Street 1
Miami, Florida
:::

::: notice warning
Careful
:::

::: figure
![The gate](/media/gate.webp){width=640 height=480}
At *dawn*
:::

![Lost]()`
    expect(read(typed)).toEqual(
      doc(
        ul(li(p("a"), ol({ start: 3 }, li(p("b")))), li(p("c"))),
        quote(p("said")),
        hr(),
        address("Street 1", br(), "Miami, Florida"),
        notice({ kind: "warning" }, p("Careful")),
        figure({ src: "/media/gate.webp", alt: "The gate", width: 640, height: 480 }, "At ", em("dawn")),
        figure({ alt: "Lost" }),
      ).toJSON(),
    )
  })

  test("may hold a table with a head, with heads in a column, or with none", () => {
    const day = tr(th("Day"), th("Hours"))
    expect(read("| Day | Hours |\n| --- | --- |\n| # Sat | 8\\|10 |")).toEqual(
      doc(table(day, tr(th("Sat"), td("8|10")))).toJSON(),
    )
    expect(read("| | |\n|-|-|\n| Sat | 8 |")).toEqual(doc(table(tr(td("Sat"), td("8")))).toJSON())
  })
})

describe("a fact as a person types it", () => {
  const inSheet = (rows: string) => `::: facts\n${rows}\n:::`

  test("has its value in canonical form, by the grammar of its kind", () => {
    const typed = `- phone "Main line" (families): (305) 207-2001
  as of: about 2012
  checked: Nov 2, 2026
  rank: deprecated
  source: crcl-krome-2023, p. 3
  source: <https://a.example/> "The list"
  note: Say the *full* name.
- Family visiting hours: Saturdays 8am-10:30am
- street_address:
  18201 SW 12th Street
  Miami, Florida 33194
- Bus: 137
- capacity:
  state: withheld`
    expect(read(inSheet(typed))).toEqual(
      doc(
        sheet(
          fact(
            {
              key: "phone", label: "Main line", type: "phone", qualifier: "families", value: "+13052072001",
              asOf: "~2012", checked: "2026-11-02", rank: "deprecated",
              sources: [
                { source: "crcl-krome-2023", title: "", locator: "p. 3", quote: "" },
                { source: "https://a.example/", title: "The list", locator: "", quote: "" },
              ],
            },
            "Say the ", em("full"), " name.",
          ),
          fact({ key: "visiting_hours", type: "hours", value: "Sa 08:00-10:30" }),
          fact({ key: "street_address", type: "address", value: "18201 SW 12th Street\nMiami, Florida 33194" }),
          fact({ label: "Bus", value: "137" }),
          fact({ key: "capacity", type: "number", state: "withheld" }),
        ),
      ).toJSON(),
    ) // prettier-ignore
    expect(warned(inSheet(typed))).toEqual([])
  })

  test("is kept as text when its value can't be understood", () => {
    const { doc: page, warnings } = fromMarkdown(inSheet("- phone: ask inside"))
    expect(page.toJSON()).toEqual(doc(sheet(fact({ key: "phone", type: "text", value: "ask inside" }))).toJSON())
    expect(warnings[0]).toMatch(/^Line 2: “ask inside” was kept as text\./)
  })

  test("keeps in its note what stands in a wrong field", () => {
    const { doc: page, warnings } = fromMarkdown(inSheet("- phone: 305-207-2001\n  checked: last week\n  note: Busy."))
    expect(page.firstChild!.firstChild!.textContent).toBe("Busy. checked: last week")
    expect(warnings).toEqual(["Line 3: “checked: last week” was not understood and went to the note."])
  })

  test("is kept whole when it has no colon, no value, or a source without an address", () => {
    const { doc: page, warnings } = fromMarkdown(
      inSheet("- ring the bell\n- phone:\n- Bus: 137\n  source: Miami Herald"),
    )
    expect(page.firstChild!.children.map(({ attrs }) => [attrs.label || attrs.key, attrs.value, attrs.state])).toEqual([
      ["Other", "ring the bell", "known"],
      ["phone", "", "unknown"],
      ["Bus", "137", "known"],
    ])
    expect(page.firstChild!.child(2).attrs.sources[0].title).toBe("Miami Herald")
    expect(warnings).toHaveLength(3)
  })
})

describe("what has no place on a page", () => {
  test("is named with its line, and its words are kept", () => {
    expect(fromMarkdown("One\n\n[two](javascript:alert(1)) [three](#)")).toMatchObject({
      warnings: [
        expect.stringMatching(/^Line 3: The link to “javascript:alert\(1\)” was left out; its words were kept\./),
        "Line 3: A link that leads nowhere was left out; its words were kept.",
      ],
    })
    expect(read("[two](javascript:alert(1))")).toEqual(doc(p("two")).toJSON())
  })

  test("such as an unknown block or one without an end, stays as text", () => {
    expect(read("::: recipe\nwords\n:::")).toEqual(doc(p("::: recipe words :::")).toJSON())
    expect(warned("::: recipe\nwords")[0]).toMatch(/^Line 1: “::: recipe” was kept as text\./)
    expect(read("::: facts\n\nwords")).toEqual(doc(p("::: facts"), p("words")).toJSON())
  })

  test("such as HTML, stays as it was typed", () => {
    expect(read("<script>alert(1)</script>")).toEqual(doc(p("<script>alert(1)</script>")).toJSON())
  })

  test("such as headings in quotations and blocks of code, becomes plain", () => {
    expect(read("> ## Said\n\n```js\na  b\n\nc\n```")).toEqual(
      doc(quote(p(strong("Said"))), p(code("a  b"), br(), br(), code("c"))).toJSON(),
    )
    expect(warned("```js\na\n```")).toEqual(["Line 1: A block of code became a paragraph of code. “js” was left out."])
  })

  test("such as a cell too many, keeps its row", () => {
    expect(read("| a |\n| - |\n| b | c |")).toEqual(doc(table(tr(th("a"), th()), tr(td("b"), td("c")))).toJSON())
  })
})

describe("an imported text in Markdown", () => {
  const imported = `



# Office of Examples

## Summary of the *Example Center*

Ten were made.

### **Kitchen**

---

More on our [website](#).

March 4, 2024`

  test("becomes a readable page, its last line included", () => {
    const { doc: page, title, warnings } = fromMarkdown(imported)
    expect(title).toBe("Office of Examples")
    expect(page.toJSON()).toEqual(
      doc(
        h2("Summary of the ", em("Example Center")),
        p("Ten were made."),
        h3(strong("Kitchen")),
        hr(),
        p("More on our website."),
        p("March 4, 2024"),
      ).toJSON(),
    )
    expect(warnings).toEqual(["Line 15: A link that leads nowhere was left out; its words were kept."])
  })
})

test("the help shows only what is read without a warning", () => {
  for (const { type } of markdownHelp) expect(fromMarkdown(type).warnings, type).toEqual([])
})
