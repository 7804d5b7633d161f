import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { digitRuns, fold, indexedWords, wordsOf } from "../../../server/search/fold.ts"
import { excerptOf } from "../../../server/search/excerpt.ts"
import { plainExcerpt } from "../../../server/search/model.ts"
import { readQuery } from "../../../server/search/query.ts"
import { cpuTime } from "../../helpers/cpu-time.ts"

const words = wordsOf

describe("words", () => {
  it("are the same whatever their case, accents and form", () => {
    expect(words("VISITAS Visítas visi\u0301tas")).toEqual(["visitas", "visitas", "visitas"])
    expect(words("Łódź, Straße, Øre, ﬁn")).toEqual(["lodz", "strasse", "ore", "fin"])
    expect(words("Ελλάδα МОСКВА́")).toEqual(["ελλαδα", "москва"])
  })

  it("keep the marks that are letters in their own right", () => {
    expect(words("हिन्दी")).toEqual(["हिन्दी"])
  })

  it("are one for a number with separators", () => {
    expect(words("1,943 people and $685,400,000")).toEqual(["1943", "people", "and", "685400000"])
  })

  it("are single signs in scripts that put no blanks", () => {
    expect(words("拘留中心 Krome")).toEqual(["拘", "留", "中", "心", "krome"])
  })

  it("never hold anything that an engine could read as its own language", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        for (const word of indexedWords(text)) expect(word).toMatch(/^[\p{L}\p{N}\p{M}]+$/u)
      }),
    )
  })

  it("fold to themselves", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        for (const word of words(text)) expect(fold(word)).toBe(word)
      }),
    )
  })
})

describe("telephone numbers", () => {
  it("are the same digits however they are written", () => {
    const written = ["305.207.2001", "(305)207-2001", "+1 305 207 2001", "305-207-2001", "1 (305) 207–2001", "3052072001", "305/207-2001"]
    for (const number of written) expect(digitRuns(number).map(({ digits }) => digits)).toEqual(["3052072001"])
  })

  it("are found behind other numbers", () => {
    expect(digitRuns("Room 12 305-207-2001").map(({ digits }) => digits)).toContain("3052072001")
  })

  it("are indexed by their last seven digits too", () => {
    expect(indexedWords("(305) 207-2001")).toEqual(["305", "207", "2001", "3052072001", "2072001"])
  })
})

describe("a query", () => {
  it("understands phrases, minus and the beginning of the last word", () => {
    const { wanted, unwanted } = readQuery('bond "family visits" -video kro')
    expect(wanted).toEqual([
      [{ words: ["bond"], inOrder: true, prefix: false }],
      [{ words: ["family", "visits"], inOrder: true, prefix: false, quoted: true }],
      [{ words: ["kro"], inOrder: true, prefix: true }],
    ])
    expect(unwanted).toEqual([[{ words: ["video"], inOrder: true, prefix: false }]])
  })

  it("takes a number for a telephone number, and for its groups", () => {
    expect(readQuery("call (305) 207-2001").wanted[1]).toEqual([
      { words: ["3052072001"], inOrder: true, prefix: true },
      { words: ["305", "207", "2001"], inOrder: false, prefix: true },
    ])
  })

  it("sees no operators in words", () => {
    const { wanted, unwanted } = readQuery("title:krome AND NEAR(a b) OR NOT ^x* {y}")
    expect(unwanted).toEqual([])
    expect(wanted.flat().flatMap((way) => way.words)).toEqual(["title", "krome", "and", "near", "a", "b", "or", "not", "x", "y"])
  })

  it("leaves out the letters around an apostrophe", () => {
    expect(readQuery("Krome’s l'avocat").wanted.flat().flatMap((way) => way.words)).toEqual(["krome", "avocat"])
  })

  it("is cut where nobody types any more, and says so", () => {
    const { wanted, note } = readQuery("a ".repeat(50_000))
    expect(wanted.length).toBe(100)
    expect(note).toContain("200")
  })

  it("of unwanted words alone asks for more", () => {
    expect(readQuery("-video")).toMatchObject({ wanted: [], note: expect.stringContaining("Add a word") })
  })

  it("can be any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const { wanted, unwanted } = readQuery(text)
        for (const way of [...wanted, ...unwanted].flat()) expect(way.words.length).toBeGreaterThan(0)
      }),
    )
  })

  it("is read in a time that grows with its length", () => {
    for (const part of ['"', "-", "1 ", "(", "a-", "'", "1".repeat(12), "\u00a0"]) {
      const taken = cpuTime(() => {
        readQuery(part.repeat(100_000))
        indexedWords(part.repeat(20_000))
      })
      expect(taken, part).toBeLessThan(1_000)
    }
  })
})

describe("an excerpt", () => {
  const excerpt = (text: string, asked: string) =>
    excerptOf(text, readQuery(asked)).map(({ text, marked }) => (marked ? `[${text}]` : text)).join("")

  it("marks what was found, as it is written", () => {
    expect(excerpt("Visítas on Sunday", "visitas")).toBe("[Visítas] on Sunday")
    expect(excerpt("Call (305) 207-2001 now", "+1 305.207.2001")).toBe("Call [(305) 207-2001] now")
    expect(excerpt("Krome Detention", "det")).toBe("Krome [Detention]")
  })

  it("shows the place that has most of the words, in one line", () => {
    const text = `bond ${"filler ".repeat(100)}\n\nbond and\nvisits ${"filler ".repeat(100)}`
    const shown = excerpt(text, "bond visits today")
    expect(shown).toContain("[bond] and [visits]")
    expect(shown.startsWith("… ")).toBe(true)
    expect(shown.endsWith(" …")).toBe(true)
  })

  it("is the beginning where nothing can be marked", () => {
    expect(excerpt("A center in Miami.", "nothing")).toBe("A center in Miami.")
  })

  it("is made of the text and nothing else", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 600 }), fc.string({ unit: "grapheme", maxLength: 20 }), (text, asked) => {
        const shown = plainExcerpt(excerptOf(text, readQuery(asked))).replace(/^… ?/, "").replace(/ ?…$/, "").trim()
        expect(text.replace(/\s+/g, " ")).toContain(shown)
      }),
    )
  })
})
