import fc from "fast-check"
import { Fragment, type Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { alignBlocks, inheritIds } from "../../../editor/document/align.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"
import { anyPage, doc, fact, h2, li, p, sheet, table, td, tr, ul } from "../../helpers/documents.ts"

const texts = (...lines: string[]) => lines.map((line) => p(line))
const moves = (from: Node[], to: Node[]) => alignBlocks(from, to).moved.filter(Boolean).length

describe("blocks are paired", () => {
  it("by id, whatever became of their order and of some of their words", () => {
    const from = [p({ id: "a" }, "The gate opens at eight."), p({ id: "b" }, "Bring a passport.")]
    const to = [p({ id: "b" }, "Bring a valid passport."), p({ id: "a" }, "The gate opens at nine.")]
    expect(alignBlocks(from, to).fromOf).toEqual([1, 0])
  })

  it("by content where ids were given anew", () => {
    const from = [p({ id: "a" }, "The gate opens at eight."), p({ id: "b" }, "Bring a passport.")]
    const to = [p({ id: "b" }, "The gate opens at eight."), p({ id: "a" }, "Bring a passport.")]
    expect(alignBlocks(from, to).fromOf).toEqual([0, 1])
  })

  it("by content rather than by id when a paragraph was pushed down by a new empty one", () => {
    const to = [p({ id: "a" }), p({ id: "new" }, "Bring a passport.")]
    expect(alignBlocks([p({ id: "a" }, "Bring a passport.")], to).fromOf).toEqual([-1, 0])
  })

  it("by likeness where they have no ids", () => {
    const from = texts("Bring a valid passport and the letter.", "The gate opens at eight in the morning.")
    const to = texts("The gate opens at nine in the morning.", "Bring a valid passport and the notice.")
    expect(alignBlocks(from, to).fromOf).toEqual([1, 0])
  })

  it("in their order where several are equal", () => {
    const from = texts("A", "same", "B", "same", "C")
    expect(alignBlocks(from, texts("A", "B", "same", "C")).fromOf).toEqual([0, 2, 3, 4])
    expect(alignBlocks(texts("", "", ""), texts("", "")).fromOf).toEqual([0, 1])
  })

  it("with the fewest moves", () => {
    expect(moves(texts("A", "B", "C", "D"), texts("B", "C", "D", "A"))).toBe(1)
    expect(moves(texts("A", "B", "C", "D"), texts("D", "C", "B", "A"))).toBe(3)
    expect(moves(texts("A", "B", "C", "D"), texts("A", "X", "C", "D"))).toBe(0)
  })

  it("each at most once, and both ways alike", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        const { fromOf, toOf } = alignBlocks(from.children, to.children)
        for (const [index, at] of fromOf.entries()) if (at !== -1) expect(toOf[at]).toBe(index)
        for (const [index, at] of toOf.entries()) if (at !== -1) expect(fromOf[at]).toBe(index)
      }),
    )
  })
})

describe("thousands of blocks are paired in less than a second", () => {
  const many = Array.from({ length: 5_000 }, (_, at) => p(`Paragraph ${at} says that the count is ${at * 7} today.`))
  const empty = Array.from({ length: 10_000 }, () => p())

  it.each<[string, Node[], Node[], number]>([
    ["in reverse", many, many.toReversed(), 4_999],
    ["shuffled", many, many.map((_, at) => many[(at * 2_531) % 5_000]!), -1],
    ["each edited", many, many.map((node) => p(node.textContent.replace("today", "now"))), 0],
    ["equal and empty", empty, empty.slice(1), 0],
    ["of nothing in common", many, empty, 0],
  ])("%s", (_name, from, to, expected) => {
    let moved: boolean[] = []
    expect(cpuTime(() => ({ moved } = alignBlocks(from, to)))).toBeLessThan(1_000)
    if (expected >= 0) expect(moved.filter(Boolean).length).toBe(expected)
  })
})

describe("text that comes back without ids", () => {
  it("has exactly the ids it had if nothing was changed", () => {
    fc.assert(
      fc.property(anyPage(), (page) => {
        expect(inheritIds(withoutIds(page), page).toJSON()).toEqual(page.toJSON())
      }),
    )
  })

  it("keeps the ids of what was edited, and leaves what is new without one", () => {
    const base = doc(
      h2({ id: "visits" }, "Visits"),
      p({ id: "hours" }, "Families can visit on weekends."),
      ul({ id: "bring" }, li({ id: "one" }, p("A passport")), li({ id: "two" }, p("Coins for the locker"))),
      table({ id: "t" }, tr({ id: "mon" }, td("Monday"), td("closed")), tr({ id: "sat" }, td("Saturday"), td("8am"))),
      sheet({ id: "s" }, fact({ id: "tel", key: "phone", type: "phone", value: "+13052072001" })),
    )
    const text = doc(
      h2("Visiting"),
      p("New first."),
      p("Families can visit on Sundays."),
      ul(li(p("Coins for the new locker")), li(p("A passport"), ul(li(p("or a visa"))))),
      table(tr(td("Saturday"), td("9am")), tr(td("Monday"), td("closed"))),
      sheet(fact({ key: "phone", type: "phone", value: "+13052072100" })),
    )
    expect(idsOf(inheritIds(text, base))).toEqual([
      "visits",
      "hours",
      "bring",
      "two",
      "one",
      "t",
      "sat",
      "mon",
      "s",
      "tel",
    ])
  })

  it("never has an id twice", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        const halfway = to.copy(Fragment.from(to.children.map((child, at) => (at % 2 ? child : withoutIds(child)))))
        const ids = idsOf(inheritIds(halfway, from))
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })
})

function idsOf(page: Node): string[] {
  const ids: string[] = []
  page.descendants((node) => {
    if (node.attrs.id) ids.push(node.attrs.id)
  })
  return ids
}

function withoutIds(node: Node): Node {
  if (node.isText) return node
  const attrs = "id" in node.attrs ? { ...node.attrs, id: null } : node.attrs
  return node.type.create(attrs, Fragment.from(node.children.map(withoutIds)), node.marks)
}
