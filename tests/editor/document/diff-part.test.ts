import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isSameNode } from "../../../editor/document/align-pieces.ts"
import { applyChanges, changeGroups, diffDocuments, ensureIds, fromMarkdown, parsePage, toMarkdown } from "../../../editor/document/index.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"

const page = (markdown: string) => fromMarkdown(markdown).doc

/** What is left of an edit when only the groups at these places, from 0, are taken. */
function taking(from: string, to: string, places: number[]): string {
  const diff = diffDocuments(page(from), page(to))
  const groups = changeGroups(diff)
  return toMarkdown(applyChanges(diff, places.map((at) => groups[at]![0]!.number))).trim()
}

const groupsOf = (from: string, to: string) => changeGroups(diffDocuments(page(from), page(to))).map((group) => group.map(({ kind }) => kind))

describe("taking an edit in part", () => {
  const from = "Call (305) 207-2001 today.\n\nVisit on Sundays.\n\nBring a passport."
  const to = "Call (305) 207-2100 today.\n\nVisit on Sundays and Saturdays.\n\nNothing else."

  it("takes each change by itself, or none", () => {
    expect(taking(from, to, [])).toBe(from)
    expect(taking(from, to, [0])).toBe(from.replace("2001", "2100"))
    expect(taking(from, to, [1])).toBe(from.replace("Sundays", "Sundays and Saturdays"))
  })

  it.each([
    ["a paragraph added", "One.\n\nTwo.", "One.\n\nNew words here.\n\nTwo."],
    ["a paragraph removed", "One is here.\n\nTwo is there.\n\nThree.", "One is here.\n\nThree."],
    ["a paragraph moved", "A first one.\n\nB second one.\n\nC third one.", "A first one.\n\nC third one.\n\nB second one."],
    ["an item removed", "- a one\n- b two\n- c three", "- a one\n- c three"],
    ["a column removed", "| a | b |\n| - | - |\n| 1 | 2 |", "| a |\n| - |\n| 1 |"],
    ["a paragraph split", "One two. Three four.", "One two.\n\nThree four."],
    ["a link added", "See the list.", "See the [list](https://a.example)."],
  ])("leaves %s, or takes it whole", (_name, before, after) => {
    expect(taking(before, after, [])).toBe(toMarkdown(page(before)).trim())
    expect(taking(before, after, groupsOf(before, after).map((_, at) => at))).toBe(toMarkdown(page(after)).trim())
  })

  it("leaves a block where it was and takes the word changed in it", () => {
    const before = "A first one here.\n\nB second one stands here for long.\n\nC third one here."
    const after = "A first one here.\n\nC third one here.\n\nB second one stands there for long."
    const groups = groupsOf(before, after)
    const word = groups.findIndex(([kind]) => kind === "text-replaced")
    expect(groups).toHaveLength(2)
    expect(taking(before, after, [word])).toBe(before.replace("stands here", "stands there"))
  })

  it("leaves what became part of something else where it was, and takes a word elsewhere", () => {
    const before = "- one item here\n\nVisit on Sundays.\n\n## Calls\n\nCall the front desk today."
    const after = "> Visit on Sundays.\n\n## Calls\n\n- one item here\n\nCall the main desk today."
    const word = groupsOf(before, after).findIndex(([kind]) => kind === "text-replaced")
    expect(taking(before, after, [word])).toBe(before.replace("front", "main"))
  })

  it("takes words in one item or row and leaves those in another", () => {
    expect(taking("- Judge Adams sits\n- Judge Baker sits", "- Judge Adams left\n- Judge Baker left", [1])).toBe("- Judge Adams sits\n- Judge Baker left")
    const table = (one: string, other: string) => toMarkdown(page(`| who | when |\n| - | - |\n| Adams | ${one} |\n| Baker | ${other} |`)).trim()
    expect(taking(table("May", "June"), table("March", "April"), [0])).toBe(table("March", "June"))
  })

  it("gives the whole edit, or the old page, whatever was changed; and always a page", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(anyEditedPage, fc.array(fc.nat({ max: 12 }), { maxLength: 4 }), ({ from, to }, some) => {
        const diff = diffDocuments(from, to)
        const groups = changeGroups(diff)
        expect(groups.flat().length).toBe(diff.changes.length)
        expect(new Set(groups.flat()).size).toBe(diff.changes.length)
        expect(isSameNode(applyChanges(diff, diff.changes.map(({ number }) => number)), to)).toBe(true)
        expect(isSameNode(applyChanges(diff, []), from)).toBe(true)
        let ids = 0
        const part = ensureIds(applyChanges(diff, some.flatMap((at) => groups[at]?.[0]?.number ?? [])), () => `new-${++ids}`)
        expect(() => part.check()).not.toThrow()
        parsePage(part.toJSON())
      }),
      { numRuns: 400 },
    )
  })
})
