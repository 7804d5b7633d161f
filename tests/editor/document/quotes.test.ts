import fc from "fast-check"
import type { Node } from "prosemirror-model"
import { describe, expect, test } from "vitest"
import { ensureIds, findQuote, passages, quoteAnywhere, quoteFrom, withIds } from "../../../editor/document/index.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"
import { anyPage, cite, doc, fact, h2, li, p, sheet, strong, table, td, tr, ul } from "../../helpers/documents.ts"

let count = 0
const page = (...blocks: Parameters<typeof doc>) => ensureIds(doc(...blocks), () => `i${++count}`)
const idOf = (from: Node, words: string) => passages(from).find(({ text }) => text.includes(words))!.id
const found = (now: Node, quote: ReturnType<typeof quoteFrom>) => {
  const place = findQuote(now, quote!)
  return place && [place.passage.text.slice(place.from, place.to), place.isChanged]
}

describe("passages", () => {
  test("are the smallest parts with an id: paragraphs, items without the lists in them, rows, facts", () => {
    const of = page(
      h2("Visits"),
      p("Bring ", strong("papers"), cite({ source: "", title: "A letter" }), "."),
      ul(li(p("one"), ul(li(p("inner")))), li(p("two"))),
      table(tr(td("a"), td("b"))),
      sheet(fact({ key: "phone", type: "phone", value: "+13052072001" })),
    )
    const texts = passages(of).map(({ text, isFact }) => (isFact ? "fact" : text))
    expect(texts).toEqual(["Visits", "Bring papers.", "one", "inner", "two", "a b", "fact"])
    expect(new Set(passages(of).map(({ top }) => top))).toEqual(new Set(of.children.map(({ attrs }) => attrs.id)))
  })
})

describe("a quotation", () => {
  const before = page(p("The desk answers from eight to four."), p("Visits begin at eight in the morning, on Sundays as well."))
  const quote = quoteFrom(before, idOf(before, "Visits"), "begin at  eight\nin the morning")

  test("has the words of the page and what stands around them", () => {
    expect(quote).toMatchObject({ exact: "begin at eight in the morning", prefix: "Visits ", suffix: ", on Sundays as well." })
  })

  test("is none where the page does not say so", () => {
    expect(quoteFrom(before, idOf(before, "Visits"), "begin at nine")).toBeNull()
    expect(quoteFrom(before, "nowhere", "begin")).toBeNull()
    expect(quoteAnywhere(before, " \n ")).toBeNull()
  })

  test("means the place whose surroundings are alike, where words stand more than once", () => {
    const twice = page(p("Ask at the gate, or at the desk. Leave the bag at the gate, not at the desk."))
    const second = quoteFrom(twice, twice.child(0).attrs.id, "the gate", { prefix: "Leave the bag at ", suffix: ", not" })!
    expect(findQuote(twice, second)).toMatchObject({ from: 50 })
  })

  test("is followed through changes around it and to another passage, and is gone with its words", () => {
    const id = quote!.block
    const shorter = page(p({ id }, "On all days they begin at eight in the morning."))
    expect(found(shorter, quote)).toEqual(["begin at eight in the morning", false])
    const moved = page(h2("Hours"), ul(li(p("They begin at eight in the morning."))))
    expect(found(moved, quote)).toEqual(["begin at eight in the morning", false])
    expect(found(page(p({ id }, "Visits begin at nine.")), quote)).toBeNull()
  })

  test("of a few common words is not found in just any other passage", () => {
    const short = quoteFrom(before, idOf(before, "desk"), "eight")!
    expect(findQuote(page(p("Nothing of that, but eight people.")), short)).toBeNull()
  })

  test("of a fact stays with the fact, and knows that it says something else", () => {
    const phone = (value: string) => page(sheet(fact({ id: "phone", key: "phone", type: "phone", value })))
    const old = quoteFrom(phone("+13052072001"), "phone")!
    expect(found(phone("+13052072001"), old)?.[1]).toBe(false)
    expect(findQuote(phone("+13052072002"), old)).toMatchObject({ passage: { id: "phone" }, isChanged: true })
    expect(findQuote(page(p("No facts.")), old)).toBeNull()
  })
})

describe("whatever the page", () => {
  // Some words of some passage.
  const pick = (from: Node, seeds: number[]) => {
    const all = passages(from)
    const [which = 0, start = 0, length = 0] = seeds
    const passage = all[which % all.length]
    if (!passage) return null
    const at = start % passage.text.length
    const words = passage.text.slice(at, at + 1 + (length % 60)).trim()
    return words === "" ? null : { passage, quote: quoteFrom(from, passage.id, words)! }
  }
  const seeds = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 3, maxLength: 3 })

  test("what was quoted is found where it was", () => {
    fc.assert(
      fc.property(anyPage(), seeds, (from, numbers) => {
        const picked = pick(from, numbers)
        if (!picked) return
        const place = findQuote(from, picked.quote)!
        expect([place.passage.id, place.passage.text.slice(place.from, place.to), place.isChanged]).toEqual([picked.passage.id, picked.quote.exact, false])
      }),
      { numRuns: 60 },
    )
  })

  test("after any edits it is where the words stand, in its own passage while that says so, or a changed fact, or gone", () => {
    fc.assert(
      fc.property(anyEditedPage, seeds, ({ from, to }, numbers) => {
        const picked = pick(from, numbers)
        if (!picked) return
        const place = findQuote(to, picked.quote)
        const home = passages(to).find(({ id }) => id === picked.passage.id)
        if (home?.text === picked.passage.text) expect(place).toMatchObject({ passage: { id: home.id }, isChanged: false })
        if (place && !place.isChanged) expect(place.passage.text.slice(place.from, place.to)).toBe(picked.quote.exact)
        if (place?.isChanged) expect(place.passage).toMatchObject({ id: picked.passage.id, isFact: true })
      }),
      { numRuns: 60 },
    )
  })

  test("whole passages are found again when all ids are new", () => {
    fc.assert(
      fc.property(anyPage(), fc.nat({ max: 1_000 }), (from, which) => {
        const all = passages(from)
        const passage = all[which % all.length]
        const quote = passage && quoteFrom(from, passage.id, passage.text)
        if (!quote) return
        const anew = ensureIds(withIds(from, () => null), () => `anew${++count}`)
        const place = passages(anew).some(({ id }) => id === quote.block) ? null : findQuote(anew, quote)
        if (place) expect(place.passage.text).toContain(passage.text)
        else expect(passages(anew).some(({ id }) => id === quote.block)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})
