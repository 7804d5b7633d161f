import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { changed, changeFrom } from "../../editor/text-change.ts"

describe("what makes one text of another", () => {
  it("is the letters between what both begin and end with", () => {
    expect(changeFrom("Call the desk.", "Call the front desk.")).toEqual({ start: 9, end: 5, middle: "front " })
    expect(changeFrom("aaa", "aaaa")).toEqual({ start: 3, end: 0, middle: "a" })
    expect(changeFrom("on Saturdays", "on days")).toEqual({ start: 3, end: 4, middle: "" })
  })

  it("makes it, whatever the two are", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\u{1f4de}", "\ud83d"), maxLength: 12 })
    fc.assert(fc.property(text, text, (one, other) => changed(one, changeFrom(one, other)) === other), { numRuns: 2_000 })
  })
})
