import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Authorship, carryAuthorship, fitsAuthorship, readAuthorship, type Source, wordLines, writeAuthorship } from "../../../editor/document/index.ts"
import type { Node } from "prosemirror-model"
import { anyEdit } from "../../helpers/any-edit.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"
import { anyPage, doc, li, p, ul } from "../../helpers/documents.ts"

/** What each revision of a page was left with, one after the other: "Call:1 the:1 desk:2". */
function written(...pages: Node[]): string {
  let before: Source[] = []
  for (const [index, page] of pages.entries()) before = [{ doc: page, authorship: carryAuthorship(page, index + 1, before) }]
  return told(before[0]!)
}

function told({ doc: page, authorship }: Source): string {
  const words = page.children.flatMap((block) => wordLines(block).flat())
  const owners = authorship.flat().flatMap(({ words: count, revision }) => new Array<number>(count).fill(revision))
  return words.map((word, at) => `${word}:${owners[at]}`).join(" ")
}

const a = { id: "a" }
const b = { id: "b" }

describe("who wrote which words", () => {
  it.each<[string, Node[], string]>([
    ["gives a first text to its revision", [doc(p(a, "Call the desk"))], "Call:1 the:1 desk:1"],
    ["gives a new word alone to the edit", [doc(p(a, "Call the desk")), doc(p(a, "Call the front desk"))], "Call:1 the:1 front:2 desk:1"],
    ["gives a changed word to the edit", [doc(p(a, "open at 8")), doc(p(a, "open at 9"))], "open:1 at:1 9:2"],
    ["keeps authors when a word goes", [doc(p(a, "one two three")), doc(p(a, "one three"))], "one:1 three:1"],
    ["keeps authors when blocks change places", [doc(p(a, "first"), p(b, "second")), doc(p(b, "second"), p(a, "first"))], "second:1 first:1"],
    ["keeps authors of a block whose id is lost", [doc(p(a, "the same words"), p(b, "x")), doc(p({ id: "new" }, "the same words"), p(b, "x"))], "the:1 same:1 words:1 x:1"],
    [
      "keeps authors when a paragraph is split",
      [doc(p(a, "visits are on Sundays. calls are by day only")), doc(p(a, "visits are on Sundays."), p({ id: "c" }, "calls are by day only"))],
      "visits:1 are:1 on:1 Sundays.:1 calls:1 are:1 by:1 day:1 only:1",
    ],
    [
      "keeps authors of a phrase that moves into another block",
      [doc(p(a, "call the desk by day only please"), p(b, "visits")), doc(p(a, "please"), p(b, "visits now call the desk by day only"))],
      "please:1 visits:1 now:2 call:1 the:1 desk:1 by:1 day:1 only:1",
    ],
    ["does not give a word to whoever put a comma behind it", [doc(p(a, "call first")), doc(p(a, "call, first!"))], "call,:1 first!:1"],
    ["counts the words of list items", [doc(ul(a, li(p("by day")))), doc(ul(a, li(p("by day")), li(p("by night"))))], "by:1 day:1 by:2 night:2"],
    ["does not take a common word for one that moved", [doc(p(a, "the desk"), p(b, "x y")), doc(p(a, "desk"), p(b, "x the y"))], "desk:1 x:1 the:2 y:1"],
  ])("%s", (_name, pages, expected) => {
    expect(written(...pages)).toBe(expected)
  })

  it("gives words that are brought back to whoever wrote them first", () => {
    const [first, spoilt] = [doc(p(a, "visits are on Sundays")), doc(p(a, "visits are never"))]
    const one: Source = { doc: first, authorship: carryAuthorship(first, 1, []) }
    const two: Source = { doc: spoilt, authorship: carryAuthorship(spoilt, 2, [one]) }
    const back = doc(p(a, "visits are on Sundays again"))
    expect(told({ doc: back, authorship: carryAuthorship(back, 3, [two, one]) })).toBe("visits:1 are:1 on:1 Sundays:1 again:3")
  })

  it("knows an author for every word of any page after any edits", () => {
    fc.assert(
      fc.property(anyPage(), fc.array(anyEdit, { maxLength: 5 }), (page, edits) => {
        let source: Source = { doc: page, authorship: carryAuthorship(page, 1, []) }
        for (const [index, edit] of edits.entries()) {
          const next = edit.apply(source.doc)
          source = { doc: next, authorship: carryAuthorship(next, index + 2, [source]) }
          expect(fitsAuthorship(next, source.authorship)).toBe(true)
          expect(source.authorship.flat().every(({ revision, words }) => revision >= 1 && revision <= index + 2 && words > 0)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it("changes nothing when nothing was changed", () => {
    fc.assert(
      fc.property(anyPage(), (page) => {
        const authorship = carryAuthorship(page, 1, [])
        expect(carryAuthorship(page, 2, [{ doc: page, authorship }])).toEqual(authorship)
      }),
    )
  })

  it("is read as it was written", () => {
    const run = fc.record({ words: fc.integer({ min: 1, max: 5_000 }), revision: fc.integer({ min: 1, max: 200_000 }) })
    fc.assert(fc.property(fc.array(fc.array(run), { minLength: 1 }), (blocks: Authorship) => void expect(readAuthorship(writeAuthorship(blocks))).toEqual(blocks)))
  })

  it("takes a page apart in no time whatever it holds", () => {
    const same = (count: number) => doc(p(a, Array.from({ length: count }, (_, at) => (at % 2 ? "a" : "b")).join(" ")))
    const other = doc(p(a, Array.from({ length: 20_000 }, (_, at) => (at % 3 ? "b" : "c")).join(" ")))
    const source: Source = { doc: same(20_000), authorship: carryAuthorship(same(20_000), 1, []) }
    const taken = cpuTime(() => expect(fitsAuthorship(other, carryAuthorship(other, 2, [source]))).toBe(true))
    expect(taken).toBeLessThan(1_000)
  })
})
