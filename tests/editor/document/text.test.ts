import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { excerpt, headings, toText, wordCount, writtenText } from "../../../editor/document/index.ts"
import {
  address,
  anyPage,
  br,
  cite,
  doc,
  em,
  fact,
  figure,
  h2,
  h3,
  hr,
  li,
  link,
  notice,
  ol,
  p,
  quote,
  sheet,
  table,
  td,
  th,
  tr,
  ul,
} from "../../helpers/documents.ts"

describe("toText", () => {
  it("keeps a blank line between blocks, and the lines of lists, tables and facts", () => {
    const page = doc(
      h2("Visits"),
      p("On ", em("Saturdays"), br(), "and Sundays", cite({ source: "memo" }), "."),
      ul(li(p("a"), ol({ start: 3 }, li(p("b")), li(p("c")))), li(p("d"))),
      hr(),
      quote(p("q"), p("r")),
      address("18201 SW 12th Street", br(), "Miami"),
      notice(p("n")),
      figure({ src: null, alt: "The gate" }),
      figure({ src: "/media/a.png", alt: "The gate" }, "A caption"),
      table(tr(th("Day"), th("Time")), tr(td("Sat"), td("8"))),
      sheet(
        fact({ key: "phone", type: "phone", value: "+13052072001", qualifier: "desk" }, "Press 1."),
        fact({ key: "capacity", type: "number", value: "226", asOf: "~2012", rank: "deprecated" }),
        fact({ label: "Fax", state: "none" }),
      ),
    )
    expect(toText(page)).toBe(
      [
        "Visits",
        "On Saturdays\nand Sundays.",
        "• a\n  3. b\n  4. c\n• d",
        "q\nr",
        "18201 SW 12th Street\nMiami",
        "n",
        "The gate",
        "A caption",
        "Day\tTime\nSat\t8",
        "Phone number (desk): (305) 207-2001\nPress 1.\nCapacity: 226 (out of date, as of about 2012)\nFax: None",
      ].join("\n\n"),
    )
    expect(toText(page.child(0))).toBe("Visits")
  })
})

describe("wordCount", () => {
  it("counts what stands between blanks and holds a letter or digit", () => {
    expect(wordCount("")).toBe(0)
    expect(wordCount("  Call (305) 207-2001 – don’t wait! •  日本 ")).toBe(6)
  })
})

describe("excerpt", () => {
  const page = doc(h2("Krome"), p("The center holds", br(), "many people, and more."), p("It lies in Miami."))

  it("is the beginning of the prose, cut between words", () => {
    expect(excerpt(page, 100)).toBe("The center holds many people, and more. It lies in Miami.")
    expect(excerpt(page, 30)).toBe("The center holds many people…")
    expect(excerpt(page, 17)).toBe("The center holds…")
  })

  it("takes what there is from a page without prose", () => {
    expect(excerpt(doc(h2("Krome"), ul(li(p("one")))), 100)).toBe("Krome • one")
    expect(excerpt(doc(p()), 100)).toBe("")
  })

  it("is never too long, and never ends in half a character", () => {
    fc.assert(
      fc.property(anyPage(), fc.integer({ min: 1, max: 60 }), (any, length) => {
        const text = excerpt(any, length)
        expect(text.length).toBeLessThanOrEqual(length)
        expect(text).not.toMatch(/\p{Cs}/u)
      }),
    )
  })
})

describe("writtenText", () => {
  it("holds what readers do not see but a person wrote", () => {
    const source = { source: "", title: "hidden-fact-source", locator: "", quote: "" }
    const page = doc(
      p(link("mailto:hidden-link@example.org", "x"), cite({ title: "hidden-title", quote: "hidden-quote" })),
      figure({ src: "/media/a.png", alt: "hidden-alt" }, "caption"),
      sheet(fact({ label: "shown", value: "1", sources: [source] })),
    )
    const text = writtenText(page)
    for (const part of ["hidden-link", "hidden-title", "hidden-quote", "hidden-alt", "caption", "hidden-fact-source"]) {
      expect(text).toContain(part)
    }
  })
})

describe("headings", () => {
  it("lists those that can be linked to and have words", () => {
    const page = doc(h2({ id: "a" }, "A ", em("b")), h3({ id: "c" }, "C"), h2({ id: "d" }, " "), h2("no id"))
    expect(headings(page)).toEqual([
      { id: "a", level: 2, text: "A b" },
      { id: "c", level: 3, text: "C" },
    ])
  })
})
