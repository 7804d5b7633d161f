import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { parsePage } from "../../../editor/document/parse.ts"
import { fromText } from "../../../editor/document/read-text.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"
import { address, br, doc, figure, h2, h3, li, ol, p, ul } from "../../helpers/documents.ts"

// A page as it comes out of a browser by copying, with all that goes wrong on the way.
const copied = `Example Detention Watch
Home » Palm Grove Center

Palm Grove Center

Palm Grove is a small center near the coast. \u00a0 Located in Ocala, it opened in 1999.\u00a0 Few have seen it.

Contact

Where It Is


Palm Grove Processing Center
400 Grove Road
Ocala, Florida 34470



How To Call

Call (352)555-0142 and press ‘1,’ then ‘5’.\u00a0 Ask for the desk.

Palm Grove Center

Gate of the Palm Grove Center

Officers sit at the gate.

The Court

There are two judges:

  • Judge Ada Example
  • Judge Ben Example


They sit on weekdays.

Facility Background


It was a farm before. Write to:
Palm Grove Museum
Box 9
Ocala, FL 34470-1234

Nearby Facilities

You may want to try one of these:

This page is a Wiki!\u00a0Log in or register an account to edit.

There are no comments yet. Be the first and leave a response!

Leave a Reply

Wanting to leave an <em>phasis on your comment?

Trackback URL`

describe("a page copied as plain text", () => {
  test("has its headings, address, picture and list again", () => {
    const { doc: page, title } = fromText(copied)
    expect(title).toBe("Palm Grove Center")
    expect(page.toJSON()).toEqual(
      doc(
        p("Palm Grove is a small center near the coast. Located in Ocala, it opened in 1999. Few have seen it."),
        h2("Contact"),
        h3("Where It Is"),
        address("Palm Grove Processing Center", br(), "400 Grove Road", br(), "Ocala, Florida 34470"),
        h3("How To Call"),
        p("Call (352)555-0142 and press ‘1,’ then ‘5’. Ask for the desk."),
        figure({ alt: "Palm Grove Center" }, "Gate of the Palm Grove Center"),
        p("Officers sit at the gate."),
        h3("The Court"),
        p("There are two judges:"),
        ul(li(p("Judge Ada Example")), li(p("Judge Ben Example"))),
        p("They sit on weekdays."),
        h2("Facility Background"),
        p("It was a farm before. Write to:"),
        address("Palm Grove Museum", br(), "Box 9", br(), "Ocala, FL 34470-1234"),
        h2("Nearby Facilities"),
        p("You may want to try one of these:"),
      ).toJSON(),
    )
  })

  test("loses what belongs to the site around it, which is told line by line", () => {
    const around = (line: number, text: string) =>
      `Line ${line}: This belongs to the site around the page and was left out: “${text}”`
    expect(fromText(copied).warnings).toEqual([
      around(1, "Example Detention Watch"),
      around(2, "Home » Palm Grove Center"),
      expect.stringMatching(/^Lines 8, 10, 19, 29, 39 and 47: A short line was taken for a heading/),
      "Line 23: This line and the next were taken for the name and the caption of a picture that is missing.",
      "Line 49: This ends with a colon, but nothing follows it. A list may have been lost.",
      around(51, "This page is a Wiki! Log in or register an account to edit."),
      around(53, "There are no comments yet. Be the first and leave a response!"),
      around(55, "Leave a Reply"),
      around(57, "Wanting to leave an <em>phasis on your comment?"),
      around(59, "Trackback URL"),
    ])
  })

  test("misses the word that stood before a telephone number", () => {
    const { warnings } = fromText("Add money online.\nFinally, you can (352)555-0142. You can call (352)555-0142, too.")
    expect(warnings).toEqual(["Line 2: A word may have been lost before “(352)555-0142”."])
  })
})

describe("any plain text", () => {
  const lines = [
    ...copied.split("\n"), "", "", "- one", "- two", "1. first", "2. second", "  more of it", "a (b) c:",
    "Miami, FL 33194", "1995. A good year", "•", "• ", "\u0007", "été", "e\u0301", "##", "Name", "»", "Home » X",
    "\t\ttabs\tinside", "\ufeff",
  ] // prettier-ignore
  const anyText = fc.array(fc.constantFrom(...lines), { maxLength: 25 }).map((chosen) => chosen.join("\n"))

  test("has every word in the page, in its title or in a warning, and in one of them only", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reading = fromText(text)
        expect(parsePage(reading.doc.toJSON()).eq(reading.doc), text).toBe(true)
        expect(words(kept(reading)), text).toEqual(words(text))
      }),
      { numRuns: 1000 },
    )
  })

  test("is read in time that grows with its length alone", () => {
    for (const unit of [
      "a",
      " ",
      "\n",
      "A\n",
      "A\n\n",
      "- a\n",
      "- a\n\n",
      "a:\n\nB\n\n",
      "X\nOcala, FL 34470\n",
      "•\n",
    ]) {
      const text = unit.repeat(200_000 / unit.length)
      expect(
        cpuTime(() => fromText(text)),
        unit,
      ).toBeLessThan(2000)
    }
  })
})

describe("lines", () => {
  test("broken where they were full are one paragraph, others stay lines", () => {
    const full = "This line is as long as a machine makes its lines before"
    expect(fromText(`${full}\nit begins another.`).doc.toJSON()).toEqual(doc(p(`${full} it begins another.`)).toJSON())
    expect(fromText("roses are red,\nviolets are blue.").doc.toJSON()).toEqual(
      doc(p("roses are red,", br(), "violets are blue.")).toJSON(),
    )
  })

  test("with numbers are a list that keeps its count", () => {
    expect(fromText("Do this.\n\n3. Call\n4. Wait\n  for long\n\n5. Go").doc.toJSON()).toEqual(
      doc(p("Do this."), ol({ start: 3 }, li(p("Call")), li(p("Wait for long")), li(p("Go")))).toJSON(),
    )
    expect(fromText("1995. A good year.").doc.toJSON()).toEqual(doc(p("1995. A good year.")).toJSON())
  })

  test("at the end of a text head nothing", () => {
    expect(fromText("Words here.\n\nMarch 4, 2024").doc.toJSON()).toEqual(
      doc(p("Words here."), p("March 4, 2024")).toJSON(),
    )
  })

  test("are all of one level where no heading stands under another", () => {
    expect(fromText("Title\n\nOne.\n\nVisits\n\nTwo.\n\nCourt\n\nThree.").doc.toJSON()).toEqual(
      doc(p("One."), h2("Visits"), p("Two."), h2("Court"), p("Three.")).toJSON(),
    )
  })
})

/** Everything a reading kept, the numbers of list items included, and what its warnings quote. */
function kept({ doc: page, title, warnings }: ReturnType<typeof fromText>): string {
  const pieces = [title ?? "", page.textBetween(0, page.content.size, "\n", "\n")]
  page.descendants((node) => {
    pieces.push(node.attrs.alt ?? "")
    if (node.type.name === "ordered_list")
      node.children.forEach((_, index) => pieces.push(String(node.attrs.start + index)))
  })
  // A warning about three equal lines quotes them once.
  const quoted = warnings.flatMap((warning) => {
    const [, lines = "", text = ""] = /^Lines? ([^:]*): .*?“(.*)”$/.exec(warning) ?? []
    return (lines.match(/\d+/g) ?? []).map(() => text)
  })
  return [...pieces, ...quoted].join("\n")
}

function words(text: string): string[] {
  return (text.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).sort()
}
