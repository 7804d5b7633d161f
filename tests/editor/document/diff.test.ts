import { describe, expect, it } from "vitest"
import { applyDiff, type Diff, diffDocuments, type Titles } from "../../../editor/document/diff.ts"
import {
  cite, doc, em, fact, figure, h2, h3, lang, li, link, ol, p, sheet, table, td, th, tr, ul,
} from "../../helpers/documents.ts" // prettier-ignore

type Case = [name: string, from: ReturnType<typeof doc>, to: ReturnType<typeof doc>, changes: string[], titles?: Titles]

const long = "B is a long paragraph about the hours when families can visit on weekends."
const a = (text: string) => link("https://a.example", text)
const b = (text: string) => link("https://b.example", text)
const phone = { id: "f1", key: "", label: "Main line", type: "phone", value: "+13052072001" }
const report = { source: "report-2023", title: "", locator: "p. 4", quote: "" }
const grid = (...rows: string[][]) => table(rows.map((cells, at) => tr({ id: `r${at + 1}` }, cells.map((cell) => td(cell)))))
const row = (id: string, cells: ReturnType<typeof td>[]) => tr({ id }, cells)
const headed = (head: string[], ...rows: string[][]) =>
  table({ id: "t" }, row("r0", head.map((cell) => th(cell))), ...rows.map((cells) => row(cells[0]!, cells.map((cell) => td(cell)))))

const cases: Case[] = [
  ["1: nothing changed", doc(p("a b c")), doc(p("a b c")), []],
  ["2: a word", doc(p("call the front desk")), doc(p("call the main desk")), ["“front” replaced by “main”"]],
  ["3: a telephone number as a whole", doc(p("call (305) 207-2001 today")), doc(p("call (305) 207-2100 today")), ["“(305) 207-2001” replaced by “(305) 207-2100”"]],
  ["4: a time as a whole", doc(p("open 8am-10:30am")), doc(p("open 8am-11:30am")), ["“10:30am” replaced by “11:30am”"]],
  ["5: one of several equal words", doc(p("the the the")), doc(p("the the")), ["“the” removed"]],
  ["6: a second blank", doc(p("one two")), doc(p("one  two")), ["Spacing changed"]],
  ["7: a link added", doc(p("see the list")), doc(p("see the ", a("list"))), ["Link to https://a.example added on “list”"]],
  ["8: a link target", doc(p("see ", a("list"))), doc(p("see ", b("list"))), ["Link target changed from https://a.example to https://b.example on “list”"]],
  ["9: emphasis removed", doc(p("bring ", em("passport"), " now")), doc(p("bring passport now")), ["Emphasis removed from “passport”"]],
  ["10: alternative text", doc(figure({ id: "g", src: "/m/a.png", alt: "gate" })), doc(figure({ id: "g", src: "/m/a.png", alt: "main gate" })), ["Alternative text of picture: “gate” → “main gate”"]],
  ["11: another picture", doc(figure({ src: "/m/a.png", width: 1, height: 2 }, "Gate")), doc(figure({ src: "/m/b.png", width: 3, height: 4 }, "Gate")), ["Picture replaced: /m/a.png → /m/b.png"]],
  ["12: a heading's level", doc(h2("Visits")), doc(h3("Visits")), ["Heading “Visits”: level 2 → 3"]],
  ["13: a heading became a paragraph", doc(h2("Visits")), doc(p("Visits")), ["Heading “Visits” became a paragraph"]],
  ["14: a paragraph removed", doc(p("A"), p("B"), p("C")), doc(p("A"), p("C")), ["Paragraph “B” removed"]],
  ["15: one paragraph moved", doc(p("A"), p("B"), p("C")), doc(p("A"), p("C"), p("B")), ["Paragraph “B” moved"]],
  ["16: moved and edited, at the same place", doc(p("A"), p(long), p("C")), doc(p("A"), p("C"), p(long.replace("weekends", "Sundays"))), [`Paragraph “${long.replace("weekends", "Sundays")}” moved`, "“weekends” replaced by “Sundays”"]],
  ["17: a paragraph split", doc(p("one two. three four.")), doc(p("one two."), p("three four.")), ["Paragraph split in two before “three four.”"]],
  ["18: paragraphs joined", doc(p("one two."), p("three four.")), doc(p("one two. three four.")), ["Paragraph “three four.” joined to the one before"]],
  ["19: split and edited", doc(p("one two. three four.")), doc(p("one two."), p("three five.")), ["Paragraph split in two before “three five.”", "“four” replaced by “five”"]],
  ["20: one of two equal paragraphs", doc(p({ id: "x" }, "same"), p({ id: "y" }, "same")), doc(p({ id: "y" }, "same")), ["Paragraph “same” removed"]],
  ["21: a list item removed", doc(ul(li(p("a")), li(p("b")), li(p("c")))), doc(ul(li(p("a")), li(p("c")))), ["List item “b” removed"]],
  ["22: a list item indented", doc(ul(li(p("a")), li(p("b")))), doc(ul(li(p("a"), ul(li(p("b")))))), ["List item “b” indented"]],
  ["23: numbers became bullets", doc(ol(li(p("a")), li(p("b")))), doc(ul(li(p("a")), li(p("b")))), ["Numbered list “a b” became a bullet list"]],
  ["24: a list item moved", doc(ul(li(p("a")), li(p("b")), li(p("c")))), doc(ul(li(p("c")), li(p("a")), li(p("b")))), ["List item “c” moved"]],
  ["25: a column removed", doc(grid(["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"])), doc(grid(["1", "3"], ["4", "6"], ["7", "9"])), ["Column B removed"]],
  ["26: the last of two equal columns", doc(grid(["1", "2", "1"], ["4", "5", "4"], ["7", "8", "7"])), doc(grid(["1", "2"], ["4", "5"], ["7", "8"])), ["Column C removed"]],
  ["26: the first of two equal columns", doc(grid(["1", "2", "1"], ["4", "5", "4"], ["7", "8", "7"])), doc(grid(["2", "1"], ["5", "4"], ["8", "7"])), ["Column A removed"]],
  ["27: a row moved", doc(headed(["Day"], ["Mon"], ["Tue"], ["Wed"], ["Thu"])), doc(headed(["Day"], ["Tue"], ["Wed"], ["Thu"], ["Mon"])), ["Row 2 “Mon” moved to row 5"]],
  ["28: a word in a cell", doc(headed(["Day", "Hours"], ["Mon", "from eight"])), doc(headed(["Day", "Hours"], ["Mon", "from nine"])), ["“eight” replaced by “nine” in row 2, column “Hours”"]],
  ["29: a column added and a row removed", doc(grid(["1", "2"], ["4", "5"], ["7", "8"])), doc(grid(["1", "x", "2"], ["4", "y", "5"])), ["Column B added", "Row 3 “7 | 8” removed"]],
  ["30: a header row became an ordinary one", doc(headed(["Day", "Hours"], ["Mon", "8am"])), doc(table({ id: "t" }, tr({ id: "r0" }, td("Day"), td("Hours")), tr({ id: "Mon" }, td("Mon"), td("8am")))), ["Row 1 became an ordinary row"]],
  ["31: a telephone number, its source kept", doc(sheet(fact({ ...phone, sources: [report] }))), doc(sheet(fact({ ...phone, value: "+13052072100", sources: [report] }))), ["Main line: (305) 207-2001 → (305) 207-2100; source not changed"]],
  ["32: a source added to a fact", doc(sheet(fact(phone))), doc(sheet(fact({ ...phone, sources: [report] }))), ["Main line: source added: report-2023, p. 4"]],
  ["33: two facts changed places", doc(sheet(fact(phone), fact({ ...phone, id: "f2", label: "Clinic" }))), doc(sheet(fact({ ...phone, id: "f2", label: "Clinic" }), fact(phone))), ["Fact “Clinic: (305) 207-2001” moved"]],
  ["34: the kind of a fact", doc(sheet(fact({ id: "f", key: "street_address", type: "address", value: "1 Main St" }))), doc(sheet(fact({ id: "f", key: "mail_address", type: "address", value: "1 Main St" }))), ["Street address: kind changed to “How to address a letter”"]],
  ["35: another page altogether", doc(p("one two three"), p("four five six")), doc(p("alpha beta"), p("gamma delta")), ["Paragraph “one two three” removed", "Paragraph “four five six” removed", "Paragraph “alpha beta” added", "Paragraph “gamma delta” added"]],
  ["37: a letter spelt out", doc(p("straße")), doc(p("strasse")), ["“straße” replaced by “strasse”"]],
  ["37: the same letter in another encoding", doc(p("café".normalize("NFC"))), doc(p("café".normalize("NFD"))), ["“café” written with other characters that look the same"]],
  ["38: a skin tone", doc(p("thanks 👍🏽 all")), doc(p("thanks 👍🏿 all")), ["“👍🏽” replaced by “👍🏿”"]],
  ["39: a word of Arabic", doc(p("اتصل بالمكتب الأمامي اليوم")), doc(p("اتصل بالمكتب الرئيسي اليوم")), ["“الأمامي” replaced by “الرئيسي”"]],
  ["40: a citation", doc(p("It opened in 1980.")), doc(p("It opened in 1980", cite(report), ".")), ["Citation of “report-2023, p. 4” added"]],
  ["41: the style of quotation marks", doc(p('say "yes" now')), doc(p("say “yes” now")), ["Punctuation changed: \" → “", "Punctuation changed: \" → ”"]],
  ["42: another title", doc(p("a")), doc(p("a")), ["Title changed from “Krome” to “Krome North”"], { fromTitle: "Krome", toTitle: "Krome North" }],
  ["43: a language", doc(p("say buenos días")), doc(p("say ", lang("es", "buenos días"))), ["Language set to Spanish on “buenos días”"]],
  ["44: another id", doc(p({ id: "x" }, "a")), doc(p({ id: "y" }, "a")), []],
]

describe("a diff counts what a person would count", () => {
  it.each(cases)("%s", (_name, from, to, expected, titles) => {
    const diff = diffDocuments(from, to, titles)
    expect(diff.changes.map(({ description }) => description)).toEqual(expected)
    expectComplete(diff, to)
  })
})

function expectComplete(diff: Diff, to: ReturnType<typeof doc>) {
  expect(applyDiff(diff.from, diff).toJSON()).toEqual(to.toJSON())
  expect(diff.complete).toBe(true)
}

