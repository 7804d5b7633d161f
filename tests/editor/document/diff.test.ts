import { describe, expect, it } from "vitest"
import { applyDiff, type Diff, diffDocuments, type Titles } from "../../../editor/document/diff.ts"
import {
  address, br, cite, doc, em, fact, figure, h2, h3, hr, lang, li, link, notice, ol, p, quote, sheet, strong, table, td, th, tr, ul,
} from "../../helpers/documents.ts" // prettier-ignore

type Case = [name: string, from: ReturnType<typeof doc>, to: ReturnType<typeof doc>, changes: string[], titles?: Titles]

const long = "B is a long paragraph about the hours when families can visit on weekends."
const a = (text: string) => link("https://a.example", text)
const b = (text: string) => link("https://b.example", text)
const phone = { id: "f1", key: "", label: "Main line", type: "phone", value: "+13052072001" }
const report = { source: "report-2023", title: "", locator: "p. 4", quote: "" }
const grid = (...rows: string[][]) =>
  table(
    rows.map((cells, at) =>
      tr(
        { id: `r${at + 1}` },
        cells.map((cell) => td(cell)),
      ),
    ),
  )
const row = (id: string, cells: ReturnType<typeof td>[]) => tr({ id }, cells)
const headed = (head: string[], ...rows: string[][]) =>
  table(
    { id: "t" },
    row(
      "r0",
      head.map((cell) => th(cell)),
    ),
    ...rows.map((cells) =>
      row(
        cells[0]!,
        cells.map((cell) => td(cell)),
      ),
    ),
  )

// prettier-ignore
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
  ["a word added at the end", doc(p("call first")), doc(p("call first please")), ["“please” added"]],
  ["a sentence added between two", doc(p("One is here. Three is there.")), doc(p("One is here. Two is new. Three is there.")), ["“Two is new.” added"]],
  ["a phrase replaced as a phrase", doc(p("send a postal money order to the officer now")), doc(p("pay with a card to the officer now")), ["“send a postal money order” replaced by “pay with a card”"]],
  ["a full stop", doc(p("call first")), doc(p("call first.")), ["Punctuation added: ."]],
  ["an apostrophe of another kind", doc(p("don't")), doc(p("don’t")), ["Punctuation changed: don't → don’t"]],
  ["a character that shows nothing", doc(p("call now")), doc(p("call\u200b now")), ["Invisible character U+200B added"]],
  ["a blank that does not break", doc(p("call now")), doc(p("call\u00a0now")), ["Spacing changed"]],
  ["a line break", doc(address("1 Main St ", br(), "Miami")), doc(address("1 Main St ", br(), "Room 2 ", br(), "Miami")), ["“Room 2” added"]],
  ["a line break alone", doc(address("1 Main St Miami")), doc(address("1 Main St", br(), "Miami")), ["Line break added"]],
  ["an amount", doc(p("it costs $5,000.50 now")), doc(p("it costs $5,500.50 now")), ["“$5,000.50” replaced by “$5,500.50”"]],
  ["a date", doc(p("since 2023-08-23")), doc(p("since 2023-08-24")), ["“2023-08-23” replaced by “2023-08-24”"]],
  ["a web address", doc(p("see https://a.example/one now")), doc(p("see https://a.example/two now")), ["“https://a.example/one” replaced by “https://a.example/two”"]],
  ["a word of Japanese", doc(p("東京の面会時間")), doc(p("東京の電話時間")), ["“面会” replaced by “電話”"]],
  ["bold on part of a word", doc(p("passport")), doc(p(strong("pass"), "port")), ["Bold added on “pass”"]],
  ["bold over a phrase of which a word was replaced", doc(p("bring passport now")), doc(p(strong("bring card now"))), ["Bold added on “bring card now”", "“passport” replaced by “card”"]],
  ["bold became emphasis", doc(p(strong("now"))), doc(p(em("now"))), ["Bold removed from “now”", "Emphasis added on “now”"]],
  ["a linked word and its link", doc(p("see the ", a("list"))), doc(p("see the ", b("roster"))), ["“list” replaced by “roster”", "Link target changed from https://a.example to https://b.example on “roster”"]],
  ["a link removed", doc(p("see the ", a("list"))), doc(p("see the list")), ["Link to https://a.example removed from “list”"]],
  ["another language", doc(p(lang("es", "casa"))), doc(p(lang("ht", "casa"))), ["Language set to Haitian Creole on “casa”"]],
  ["a page of a citation", doc(p("so", cite(report))), doc(p("so", cite({ ...report, locator: "p. 5" }))), ["Citation of “report-2023, p. 5”: page or section “p. 4” → “p. 5”"]],
  ["a citation replaced by another after the same word", doc(p("so", cite(report), ".")), doc(p("so", cite({ source: "memo", title: "", locator: "", quote: "" }), ".")), ["Citation of “memo”: source “report-2023” → “memo”, page or section “p. 4” removed"]],
  ["a new sentence with its citation", doc(p("It is old.")), doc(p("It is old. It was a base.", cite(report))), ["“It was a base.” added", "Citation of “report-2023, p. 4” added"]],
  ["paragraphs became a list", doc(p({ id: "a" }, "first thing to bring"), p({ id: "b" }, "second thing to bring")), doc(ul(li(p("first thing to bring")), li(p("second thing to bring")))), ["2 paragraphs became a bullet list"]],
  ["a list became paragraphs, a word of it replaced", doc(ul(li(p("first thing to bring")), li(p("second thing to bring")))), doc(p("first thing to bring"), p("second thing to carry")), ["Bullet list “first thing to bring second thing to bring” became 2 paragraphs", "“bring” replaced by “carry”"]],
  ["a paragraph became a quotation", doc(p("as they said")), doc(quote(p("as they said"))), ["Paragraph “as they said” became a quotation"]],
  ["a quotation became a notice", doc(quote(p("as they said"))), doc(notice(p("as they said"))), ["Quotation “as they said” became a notice"]],
  ["the kind of a notice", doc(notice({ kind: "info" }, p("x"))), doc(notice({ kind: "danger" }, p("x"))), ["Kind of notice: info → danger"]],
  ["a heading split off a paragraph", doc(p({ id: "a" }, "Visits. Come early on weekends.")), doc(h2("Visits."), p({ id: "a" }, "Come early on weekends.")), ["Paragraph split in two before “Come early on weekends.”", "Paragraph “Visits. Come early on weekends.” became a heading of level 2"]],
  ["a paragraph split into three", doc(p("One is. Two is. Three is.")), doc(p("One is."), p("Two is."), p("Three is.")), ["Paragraph split into 3"]],
  ["an item outdented", doc(ul(li(p("a"), ul(li(p("b")))))), doc(ul(li(p("a")), li(p("b")))), ["List item “b” outdented"]],
  ["an item indented with those under it", doc(ul(li(p("a")), li(p("b"), ul(li(p("c")))))), doc(ul(li(p("a"), ul(li(p("b"), ul(li(p("c")))))))), ["List item “b” indented"]],
  ["an item removed with those under it", doc(ul(li(p("a")), li(p("b"), ul(li(p("c")), li(p("d")))))), doc(ul(li(p("a")))), ["List item “b” removed"]],
  ["an item moved with those under it", doc(ul(li(p("a"), ul(li(p("b")))), li(p("c")), li(p("d")), li(p("e")))), doc(ul(li(p("c")), li(p("d")), li(p("e")), li(p("a"), ul(li(p("b")))))), ["List item “a” moved"]],
  ["a nested list numbered", doc(ul(li(p("a"), ul(li(p("b")))))), doc(ul(li(p("a"), ol(li(p("b")))))), ["Bullet list “b” became a numbered list in a list item"]],
  ["a list that starts at another number", doc(ol(li(p("a")))), doc(ol({ start: 3 }, li(p("a")))), ["Numbered list starts at: 1 → 3"]],
  ["a word in a nested item", doc(ul(li(p("a"), ul(li(p("bring coins")))))), doc(ul(li(p("a"), ul(li(p("bring quarters")))))), ["“coins” replaced by “quarters” in a list item"]],
  ["columns that changed places", doc(grid(["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"])), doc(grid(["1", "3", "2"], ["4", "6", "5"], ["7", "9", "8"])), ["Column C moved"]],
  ["a named column removed", doc(headed(["Day", "Hours"], ["Mon", "8am"], ["Tue", "9am"])), doc(headed(["Day"], ["Mon"], ["Tue"])), ["Column B (“Hours”) removed"]],
  ["a row added", doc(headed(["Day", "Hours"], ["Mon", "8am"])), doc(headed(["Day", "Hours"], ["Mon", "8am"], ["Tue", "9am"])), ["Row 3 “Tue | 9am” added"]],
  ["a header column", doc(table(tr(td("a"), td("1")), tr(td("b"), td("2")))), doc(table(tr(th("a"), td("1")), tr(th("b"), td("2")))), ["Column A became a header column"]],
  ["a table removed", doc(p("x"), headed(["Day"], ["Mon"])), doc(p("x")), ["Table “Day Mon” removed"]],
  ["a divider added", doc(p("a"), p("b")), doc(p("a"), hr(), p("b")), ["Divider added"]],
  ["an empty paragraph added", doc(p("a"), p("b")), doc(p("a"), p(), p("b")), ["Empty paragraph added"]],
  ["a missing picture supplied", doc(figure({ alt: "gate" })), doc(figure({ src: "/media/a.png", alt: "gate" })), ["Missing picture supplied: none → /media/a.png"]],
  ["a caption", doc(figure({ src: "/media/a.png" }, "The gate")), doc(figure({ src: "/media/a.png" }, "The main gate")), ["“main” added in the caption of a picture"]],
  ["several fields of a fact", doc(sheet(fact(phone))), doc(sheet(fact({ ...phone, value: "+13052072100", sources: [report], checked: "2026-08-11" }))), ["Main line: (305) 207-2001 → (305) 207-2100; source added: report-2023, p. 4; checked 2026-08-11"]],
  ["a fact no longer known", doc(sheet(fact(phone))), doc(sheet(fact({ ...phone, value: "", state: "unknown" }))), ["Main line: (305) 207-2001 → Unknown; no source given"]],
  ["a fact out of date", doc(sheet(fact(phone))), doc(sheet(fact({ ...phone, rank: "deprecated" }))), ["Main line: now marked out of date"]],
  ["a fact added", doc(sheet(fact(phone))), doc(sheet(fact(phone), fact({ id: "f2", key: "", label: "Postage", type: "money", value: "0.73 USD" }))), ["Fact “Postage: $0.73” added"]],
  ["a word in the note of a fact", doc(sheet(fact(phone, "ask for the clerk"))), doc(sheet(fact(phone, "ask for the officer"))), ["“clerk” replaced by “officer” in the note of Main line"]],
  ["a title and a word", doc(p("one")), doc(p("two")), ["Title changed from “A” to “B”", "“one” replaced by “two”"], { fromTitle: "A", toTitle: "B" }],
  ["all of a page removed but one block", doc(p("one"), p("two"), p("three")), doc(p("two")), ["Paragraph “one” removed", "Paragraph “three” removed"]],
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
