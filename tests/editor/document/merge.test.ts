import { Fragment, type Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { mergeDocuments, settleCollisions, toText } from "../../../editor/document/index.ts"
import {
  doc,
  em,
  fact,
  figure,
  h2,
  h3,
  li,
  link,
  ol,
  p,
  quote,
  sheet,
  strong,
  table,
  td,
  th,
  tr,
  ul,
} from "../../helpers/documents.ts"

const phone = { key: "phone", type: "phone", value: "+13052072001" }
const hours = { key: "visiting_hours", type: "hours", value: "Sa,Su 08:00-10:30" }
const report = { source: "report-2023", title: "", locator: "p. 4", quote: "" }
const letter = { source: "", title: "A letter", locator: "", quote: "" }
const a = (...text: Parameters<typeof p>) => p({ id: "a" }, ...(text as string[]))
const b = (...text: Parameters<typeof p>) => p({ id: "b" }, ...(text as string[]))
const c = (...text: Parameters<typeof p>) => p({ id: "c" }, ...(text as string[]))
const d = (...text: Parameters<typeof p>) => p({ id: "d" }, ...(text as string[]))
const item = (id: string, text: string, ...nested: Node[]) => li({ id }, p(text), ...nested)
const row = (id: string, ...cells: string[]) =>
  tr(
    { id },
    cells.map((cell) => td(cell)),
  )

type Merged = [name: string, base: Node, mine: Node, theirs: Node, merged: Node]

// prettier-ignore
const merged: Merged[] = [
  ["two paragraphs, each edited by one side",
    doc(a("one"), b("two")), doc(a("one more"), b("two")), doc(a("one"), b("two more")), doc(a("one more"), b("two more"))],
  ["two words of one paragraph",
    doc(a("call the front desk in the morning")), doc(a("call the main desk in the morning")), doc(a("call the front desk in the evening")), doc(a("call the main desk in the evening"))],
  ["words on one side, marks on the other",
    doc(a("bring a passport and a letter")), doc(a("bring a valid passport and a letter")), doc(a("bring a passport and ", em("a letter"))), doc(a("bring a valid passport and ", em("a letter")))],
  ["a word of a phrase the other side made a link",
    doc(a("see the old list for more")), doc(a("see the new list for more")), doc(a("see ", link("/wiki/list", "the old list"), " for more")), doc(a("see ", link("/wiki/list", "the new list"), " for more"))],
  ["the same words put in by both sides, one of which marked what stands around them",
    doc(a("call.visit")), doc(a(strong("call."), " ", strong("visit"))), doc(a("call. visit")), doc(a(strong("call."), " ", strong("visit")))],
  ["two marks on the same words",
    doc(a("bring a passport")), doc(a("bring ", strong("a passport"))), doc(a("bring ", em("a passport"))), doc(a("bring ", strong(em("a passport"))))],
  ["a paragraph split on one side and edited on the other",
    doc(a("Visits are on weekends. Bring a passport.")), doc(a("Visits are on weekends."), b("Bring a passport.")), doc(a("Visits are on Sundays. Bring a valid passport.")), doc(a("Visits are on Sundays."), b("Bring a valid passport."))],
  ["paragraphs joined on one side and edited on the other",
    doc(a("Visits are on weekends."), b("Bring a passport.")), doc(a("Visits are on weekends. Bring a passport.")), doc(a("Visits are on weekends."), b("Bring a valid passport.")), doc(a("Visits are on weekends. Bring a valid passport."))],
  ["a block moved on one side and edited on the other",
    doc(a("one is here"), b("two is here"), c("three is here")), doc(b("two is here"), c("three is here"), a("one is here")), doc(a("one was here"), b("two is here"), c("three is here")), doc(b("two is here"), c("three is here"), a("one was here"))],
  ["the same edit on both sides",
    doc(a("one two")), doc(a("one three")), doc(a("one three")), doc(a("one three"))],
  ["both delete",
    doc(a("one"), b("two"), c("three")), doc(a("one"), c("three")), doc(a("one"), c("three three")), doc(a("one"), c("three three"))],
  ["the same paragraph added on both sides",
    doc(a("one")), doc(a("one"), p({ id: "x" }, "new")), doc(a("one"), p({ id: "y" }, "new")), doc(a("one"), p({ id: "x" }, "new"))],
  ["paragraphs added at the same place",
    doc(a("one"), b("two")), doc(a("one"), p({ id: "y" }, "yes"), b("two")), doc(a("one"), p({ id: "n" }, "no"), b("two")), doc(a("one"), p({ id: "n" }, "no"), p({ id: "y" }, "yes"), b("two"))],
  ["list items added on both sides",
    doc(ul({ id: "l" }, item("i", "one"), item("j", "two"))), doc(ul({ id: "l" }, item("k", "first"), item("i", "one"), item("j", "two"))), doc(ul({ id: "l" }, item("i", "one"), item("j", "two"), item("m", "last"))), doc(ul({ id: "l" }, item("k", "first"), item("i", "one"), item("j", "two"), item("m", "last")))],
  ["a list item indented on one side and edited on the other",
    doc(ul({ id: "l" }, item("i", "one is first"), item("j", "two is second"))), doc(ul({ id: "l" }, item("i", "one is first", ul(item("j", "two is second"))))), doc(ul({ id: "l" }, item("i", "one is first"), item("j", "two is last"))), doc(ul({ id: "l" }, item("i", "one is first", ul(item("j", "two is last")))))],
  ["a copy of the same nested items pasted at two levels, each side's in its place",
    doc(ul({ id: "l" }, item("a", "one"), item("b", "two"))),
    doc(ul({ id: "l" }, item("a", "one"), item("b", "two"), item("m1", "new", ul(item("m2", "under"))))),
    doc(ul({ id: "l" }, item("a", "one"), item("b", "two", ul(item("t1", "new", ul(item("t2", "under"))))))),
    doc(ul({ id: "l" }, item("a", "one"), item("b", "two", ul(item("t1", "new", ul(item("t2", "under"))))), item("m1", "new", ul(item("m2", "under")))))],
  ["a block moved and edited by one side behind what the other put a copy of it behind",
    doc(a("one"), b("two")), doc(b("two"), h2({ id: "a" }, "one")), doc(a("one"), b("two"), p({ id: "t" }, "one")), doc(b("two"), p({ id: "t" }, "one"), h2({ id: "a" }, "one"))],
  ["a list numbered on one side, an item added on the other",
    doc(ul({ id: "l" }, item("i", "one"))), doc(ol({ id: "l" }, item("i", "one"))), doc(ul({ id: "l" }, item("i", "one"), item("j", "two"))), doc(ol({ id: "l" }, item("i", "one"), item("j", "two")))],
  ["two facts of one sheet",
    doc(sheet({ id: "s" }, fact({ id: "f", ...phone }), fact({ id: "g", ...hours }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, value: "+13052072100" }), fact({ id: "g", ...hours }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone }), fact({ id: "g", ...hours, value: "Sa 09:00-10:30" }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, value: "+13052072100" }), fact({ id: "g", ...hours, value: "Sa 09:00-10:30" })))],
  ["two fields of one fact",
    doc(sheet({ id: "s" }, fact({ id: "f", ...phone }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, qualifier: "front desk" }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, sources: [report] }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, qualifier: "front desk", sources: [report] })))],
  ["sources that each side added",
    doc(sheet({ id: "s" }, fact({ id: "f", ...phone }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, sources: [report] }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, sources: [letter] }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, sources: [letter, report] })))],
  ["a table's column on one side, a cell of another on the other",
    doc(table({ id: "t" }, row("r", "1", "2"), row("s", "3", "4"))), doc(table({ id: "t" }, row("r", "1", "x", "2"), row("s", "3", "y", "4"))), doc(table({ id: "t" }, row("r", "1", "2"), row("s", "3", "five"))), doc(table({ id: "t" }, row("r", "1", "x", "2"), row("s", "3", "y", "five")))],
  ["a column added on one side, a row on the other",
    doc(table({ id: "t" }, row("r", "1", "2"), row("s", "3", "4"))), doc(table({ id: "t" }, row("r", "1", "2", "x"), row("s", "3", "4", "y"))), doc(table({ id: "t" }, row("r", "1", "2"), row("n", "8", "9"), row("s", "3", "4"))), doc(table({ id: "t" }, row("r", "1", "2", "x"), row("n", "8", "9", ""), row("s", "3", "4", "y")))],
  ["a header on one side, a word of it on the other",
    doc(table({ id: "t" }, row("r", "Day"), row("s", "Mon"))), doc(table({ id: "t" }, tr({ id: "r" }, th("Day")), row("s", "Mon"))), doc(table({ id: "t" }, row("r", "Day of the week"), row("s", "Mon"))), doc(table({ id: "t" }, tr({ id: "r" }, th("Day of the week")), row("s", "Mon")))],
  ["a paragraph made a list by both",
    doc(a("call the front desk"), b("x")), doc(ul({ id: "l" }, item("i", "call the front desk")), b("x y")), doc(ul({ id: "l" }, item("i", "call the front desk")), b("x")), doc(ul({ id: "l" }, item("i", "call the front desk")), b("x y"))],
  ["a paragraph made a list by one, moved by the other",
    doc(a("call the front desk"), b("x"), c("y")), doc(ul({ id: "l" }, item("i", "call the front desk")), b("x"), c("y")), doc(b("x"), a("call the front desk"), c("y")), doc(b("x"), ul({ id: "l" }, item("i", "call the front desk")), c("y"))],
  ["a paragraph made a list behind a table that both put before it",
    doc(a("visit"), p(), table({ id: "t" }, row("r", "1"))), doc(table({ id: "t" }, row("r", "1")), ul({ id: "l" }, item("i", "visit")), p(), b("x")), doc(table({ id: "t" }, row("r", "1")), ul({ id: "l" }, item("i", "visit")), p()), doc(table({ id: "t" }, row("r", "1")), ul({ id: "l" }, item("i", "visit")), p(), b("x"))],
  ["a heading's level and its words",
    doc(h2({ id: "h" }, "Visiting hours")), doc(h3({ id: "h" }, "Visiting hours")), doc(h2({ id: "h" }, "Visiting days")), doc(h3({ id: "h" }, "Visiting days"))],
  ["a picture's text and its caption",
    doc(figure({ id: "g", alt: "gate" }, "The gate")), doc(figure({ id: "g", alt: "main gate" }, "The gate")), doc(figure({ id: "g", alt: "gate" }, "The gate in 2012")), doc(figure({ id: "g", alt: "main gate" }, "The gate in 2012"))],
  ["paragraphs of a quotation",
    doc(quote({ id: "q" }, p("one"), p("two"))), doc(quote({ id: "q" }, p("one more"), p("two"))), doc(quote({ id: "q" }, p("one"), p("two"), p("three"))), doc(quote({ id: "q" }, p("one more"), p("two"), p("three")))],
  ["a paragraph split by both, each at another place",
    doc(a("One here. Two there. Three more.")), doc(a("One here."), b("Two there. Three more.")), doc(a("One here. Two there."), c("Three more.")), doc(a("One here."), b("Two there."), c("Three more."))],
  ["a paragraph split by one and moved by the other",
    doc(a("One here. Two there."), b("x is x"), c("y is y")), doc(a("One here."), d("Two there."), b("x is x"), c("y is y")), doc(b("x is x"), c("y is y"), a("One here. Two there.")), doc(b("x is x"), c("y is y"), a("One here."), d("Two there."))],
  ["two paragraphs joined by one, the second split by the other",
    doc(a("One here."), b("Two there. Three more.")), doc(a("One here. Two there. Three more.")), doc(a("One here."), b("Two there."), c("Three more.")), doc(a("One here. Two there."), c("Three more."))],
  ["a block moved and edited by one, edited elsewhere by the other",
    doc(a("one is here"), b("two is here"), c("three is here")), doc(b("two is here"), c("three is here"), a("one was here")), doc(a("one is there"), b("two is here"), c("three is here")), doc(b("two is here"), c("three is here"), a("one was there"))],
  ["a block moved to two places stands in one of them",
    doc(a("one is here"), b("two is here"), c("three is here"), d("four")), doc(b("two is here"), a("one is here"), c("three is here"), d("four")), doc(b("two is here"), c("three is here"), a("one is here"), d("four")), doc(b("two is here"), a("one is here"), c("three is here"), d("four"))],
  ["a section moved by one, a paragraph added to it by the other",
    doc(h2({ id: "h" }, "Hours"), a("At eight."), h2({ id: "k" }, "Mail"), b("By post.")), doc(h2({ id: "k" }, "Mail"), b("By post."), h2({ id: "h" }, "Hours"), a("At eight.")), doc(h2({ id: "h" }, "Hours"), a("At eight."), c("Not on holidays."), h2({ id: "k" }, "Mail"), b("By post.")), doc(h2({ id: "k" }, "Mail"), b("By post."), h2({ id: "h" }, "Hours"), a("At eight."), c("Not on holidays."))],
  ["a paragraph copied by one, the original edited by the other",
    doc(a("one is here"), b("x")), doc(a("one is here"), b("x"), c("one is here")), doc(a("one was here"), b("x")), doc(a("one was here"), b("x"), c("one is here"))],
  ["a paragraph put between two that the other side deleted",
    doc(a("one"), b("two"), c("three")), doc(a("one"), d("new"), b("two"), c("three")), doc(c("three")), doc(d("new"), c("three"))],
  ["deletions that overlap",
    doc(a("one two three four five")), doc(a("one four five")), doc(a("one two five")), doc(a("one five"))],
  ["the words of a link, and the link itself",
    doc(a("see ", link("/wiki/a", "the list"), " now")), doc(a("see ", link("/wiki/a", "the new list"), " now")), doc(a("see the list now")), doc(a("see the new list now"))],
  ["a new item under one that the other side deleted stands where that stood",
    doc(ul({ id: "l" }, item("i", "one"), item("j", "two"))), doc(ul({ id: "l" }, item("j", "two"))), doc(ul({ id: "l" }, item("i", "one", ul(item("n", "new"))), item("j", "two"))), doc(ul({ id: "l" }, item("n", "new"), item("j", "two")))],
  ["items that both put under one item",
    doc(ul({ id: "l" }, item("i", "one"))), doc(ul({ id: "l" }, item("i", "one", ul(item("m", "a mine"))))), doc(ul({ id: "l" }, item("i", "one", ul(item("t", "a theirs"))))), doc(ul({ id: "l" }, item("i", "one", ul(item("m", "a mine"), item("t", "a theirs")))))],
  ["a fact moved by one and edited by the other",
    doc(sheet({ id: "s" }, fact({ id: "f", ...phone }), fact({ id: "g", ...hours }))), doc(sheet({ id: "s" }, fact({ id: "g", ...hours }), fact({ id: "f", ...phone }))), doc(sheet({ id: "s" }, fact({ id: "f", ...phone, value: "+13052072100" }), fact({ id: "g", ...hours }))), doc(sheet({ id: "s" }, fact({ id: "g", ...hours }), fact({ id: "f", ...phone, value: "+13052072100" })))],
  ["a row deleted by one, a column by the other",
    doc(table({ id: "t" }, row("r", "1", "2"), row("s", "3", "4"), row("u", "5", "6"))), doc(table({ id: "t" }, row("r", "1", "2"), row("u", "5", "6"))), doc(table({ id: "t" }, row("r", "1"), row("s", "3"), row("u", "5"))), doc(table({ id: "t" }, row("r", "1"), row("u", "5")))],
  ["a row deleted by one, a column added by the other that says nothing of it",
    doc(table({ id: "t" }, row("r", "Day", "Hour"), row("s", "Mon", "8"))), doc(table({ id: "t" }, row("r", "Day", "Hour"))), doc(table({ id: "t" }, row("r", "Day", "Hour", "Note"), row("s", "Mon", "8", ""))), doc(table({ id: "t" }, row("r", "Day", "Hour", "Note")))],
  ["columns that change places on one side, a cell of them on the other",
    doc(table({ id: "t" }, row("r", "one", "two", "x"), row("s", "three", "four", "y"))), doc(table({ id: "t" }, row("r", "two", "one", "x"), row("s", "four", "three", "y"))), doc(table({ id: "t" }, row("r", "one", "two", "x"), row("s", "three", "forty", "y"))), doc(table({ id: "t" }, row("r", "two", "one", "x"), row("s", "forty", "three", "y")))],
]

describe("two sides are merged", () => {
  it.each(merged)("%s", (_name, base, mine, theirs, expected) => {
    for (const [one, other] of [
      [mine, theirs],
      [theirs, mine],
    ] as const) {
      const merge = mergeDocuments(base, one, other)
      expect(merge.ok).toBe(true)
      expect(withoutOwnIds(merge.doc, expected)).toEqual(expected.toJSON())
      merge.doc.check()
    }
  })
})

type Collided = [
  name: string,
  base: Node,
  mine: Node,
  theirs: Node,
  texts: [base: string | null, mine: string | null, theirs: string | null],
]

// prettier-ignore
const collided: Collided[] = [
  ["the same word changed to two things", doc(a("call the front desk")), doc(a("call the main desk")), doc(a("call the back desk")), ["call the front desk", "call the main desk", "call the back desk"]],
  ["two words put in at the same place", doc(a("call desk")), doc(a("call main desk")), doc(a("call front desk")), ["call desk", "call main desk", "call front desk"]],
  ["delete against edit", doc(a("one two"), b("three")), doc(b("three")), doc(a("one four"), b("three")), ["one two", null, "one four"]],
  ["edit against delete", doc(a("one two"), b("three")), doc(a("one four"), b("three")), doc(b("three")), ["one two", "one four", null]],
  ["a value against another", doc(sheet({ id: "a" }, fact({ id: "f", key: "send_money", type: "text", value: "by mail" }))), doc(sheet({ id: "a" }, fact({ id: "f", key: "send_money", type: "text", value: "online" }))), doc(sheet({ id: "a" }, fact({ id: "f", key: "send_money", type: "text", value: "in the lobby" }))), ["by mail", "online", "in the lobby"]],
  ["a column deleted against a cell of it", doc(table({ id: "a" }, row("r", "1", "2"), row("s", "3", "4"))), doc(table({ id: "a" }, row("r", "1"), row("s", "3"))), doc(table({ id: "a" }, row("r", "1", "2"), row("s", "3", "five"))), ["4", "3", "five"]],
  ["a cell against its row deleted", doc(table({ id: "a" }, row("r", "1", "2"), row("s", "3", "4"))), doc(table({ id: "a" }, row("r", "1", "2"))), doc(table({ id: "a" }, row("r", "1", "2"), row("s", "3", "five"))), ["4", "1", "five"]],
  ["a paragraph split against deleted", doc(a("One here. Two there."), b("x")), doc(a("One here."), c("Two there."), b("x")), doc(b("x")), ["One here. Two there.", "One here.\n\nTwo there.", null]],
  ["paragraphs joined against both deleted", doc(a("One here."), b("Two there."), c("x")), doc(a("One here. Two there."), c("x")), doc(c("x")), ["One here.\n\nTwo there.", "One here. Two there.", null]],
  ["a word of a sentence against the sentence deleted", doc(a("Call. Bring a card. Leave.")), doc(a("Call. Bring a photo card. Leave.")), doc(a("Call. Leave.")), ["a card", "a photo card", "Call. Leave."]],
  ["what each wrote at the end", doc(a("One.")), doc(a("One. Mine.")), doc(a("One. Theirs.")), ["One.", "One. Mine.", "One. Theirs."]],
  ["a fact deleted against edited", doc(sheet({ id: "a" }, fact({ id: "f", ...phone }), fact({ id: "g", key: "send_money", type: "text", value: "by mail" }))), doc(sheet({ id: "a" }, fact({ id: "f", ...phone }))), doc(sheet({ id: "a" }, fact({ id: "f", ...phone }), fact({ id: "g", key: "send_money", type: "text", value: "online" }))), ["by mail", "(305) 207-2001", "online"]],
  ["a paragraph made a list against a quotation", doc(a("call the front desk"), b("x")), doc(ul({ id: "l" }, item("i", "call the front desk")), b("x")), doc(quote({ id: "q" }, p("call the front desk")), b("x")), ["call the front desk", "• call", "call the front desk"]],
  ["a paragraph made a list against edited", doc(a("call the front desk"), b("x")), doc(ul({ id: "l" }, item("i", "call the front desk")), b("x")), doc(a("call the main desk"), b("x")), ["front", "• call the front", "main"]],
  ["a paragraph made a list against split", doc(a("Call the desk. Bring a card."), b("x")), doc(ul({ id: "l" }, item("i", "Call the desk."), item("j", "Bring a card.")), b("x")), doc(a("Call the desk."), c("Bring a card."), b("x")), ["desk. Bring", "• Call", "desk.\n\nBring"]],
  ["paragraphs made a list against one of them deleted", doc(a("call the front desk"), b("bring a card"), c("x")), doc(ul({ id: "l" }, item("i", "call the front desk"), item("j", "bring a card")), c("x")), doc(a("call the front desk"), c("x")), ["bring", "• bring", "call"]],
  ["a list made paragraphs against a quotation", doc(ul({ id: "a" }, item("i", "call the front desk"), item("j", "bring a card")), b("x")), doc(c("call the front desk"), d("bring a card"), b("x")), doc(quote({ id: "q" }, p("call the front desk"), p("bring a card")), b("x")), ["• call", "desk\n\nbring", "call the front desk"]],
  ["a link to two targets", doc(a("see the list")), doc(a("see ", link("/wiki/a", "the list"))), doc(a("see ", link("/wiki/b", "the list"))), ["see the list", "see the list", "see the list"]],
]

describe("two sides collide", () => {
  it.each(collided)("%s", (_name, base, mine, theirs, [old, ours, others]) => {
    const merge = mergeDocuments(base, mine, theirs)
    expect(merge.ok).toBe(false)
    if (merge.ok) return
    expect(merge.collisions.map(({ block }) => block)).toEqual(["a"])
    const [collision] = merge.collisions
    const versions = [collision!.base, collision!.mine, collision!.theirs]
    for (const [at, text] of [old, ours, others].entries()) {
      if (text === null) expect(versions[at]).toBe(null)
      else expect(toText(versions[at]!)).toContain(text)
    }
    expect(mergeDocuments(base, theirs, mine).ok).toBe(false)
    expect(settleCollisions(merge, ["mine"]).toJSON()).toEqual(mine.toJSON())
    expect(settleCollisions(merge, ["theirs"]).toJSON()).toEqual(theirs.toJSON())
  })

  it("only where they do: the rest of the block, and of the page, is merged in both versions", () => {
    const base = doc(a("call the front desk in the morning"), b("two"))
    const mine = doc(a("call the main desk in the evening"), b("two"), c("three"))
    const theirs = doc(a("please call the back desk in the morning"), b("two too"))
    const merge = mergeDocuments(base, mine, theirs)
    if (merge.ok) throw new Error("merged")
    expect(toText(merge.collisions[0]!.mine!)).toContain("please call the main desk in the evening")
    expect(toText(merge.doc)).toContain("please call the back desk in the evening")
    expect(toText(settleCollisions(merge, ["mine"]))).toBe(
      toText(doc(a("please call the main desk in the evening"), b("two too"), c("three"))),
    )
  })

  it("until a person takes both, or writes what shall stand", () => {
    const merge = mergeDocuments(doc(a("one"), b("x")), doc(a("two"), b("x")), doc(a("three"), b("x")))
    if (merge.ok) throw new Error("merged")
    expect(settleCollisions(merge, ["both"]).toJSON()).toEqual(doc(a("three"), p("two"), b("x")).toJSON())
    expect(settleCollisions(merge, [doc(a("four"))]).toJSON()).toEqual(doc(a("four"), b("x")).toJSON())
  })
})

/** Ids of nodes that only one side made may be either's: the expected document says which are looked at. */
function withoutOwnIds(actual: Node, expected: Node): unknown {
  const visit = (node: Node, other: Node | null): Node => {
    if (node.isText) return node
    const attrs =
      "id" in node.attrs && other && other.attrs.id !== node.attrs.id && other.attrs.id !== null
        ? { ...node.attrs, id: other.attrs.id }
        : node.attrs
    return node.type.create(
      attrs,
      Fragment.from(node.children.map((child, at) => visit(child, other?.maybeChild(at) ?? null))),
      node.marks,
    )
  }
  return visit(actual, expected).toJSON()
}
