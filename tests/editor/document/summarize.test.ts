import type { Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { diffDocuments, summarize } from "../../../editor/document/index.ts"
import { cite, doc, fact, h2, p, sheet } from "../../helpers/documents.ts"

const hours = (value: string) => fact({ id: "f", key: "visiting_hours", type: "hours", value })
const page = (...blocks: Node[]) => doc(p({ id: "lead" }, "A center in Miami."), h2({ id: "visits" }, "Visits"), ...blocks)
const words = (from: Node, to: Node, titles?: { fromTitle: string; toTitle: string }) => summarize(diffDocuments(from, to, titles), to)

describe("a proposed summary", () => {
  it("is empty where nothing changed", () => {
    expect(words(page(), page())).toBe("")
  })

  it("names the fact that changed, and counts sources", () => {
    const from = page(sheet({ id: "s" }, hours("Sa 08:00-10:00")), p({ id: "a" }, "Call first."))
    const to = page(sheet({ id: "s" }, hours("Su 08:00-10:00")), p({ id: "a" }, "Call first.", cite({ source: "krome-2023", title: "Krome" })))
    expect(words(from, to)).toBe("Family visiting hours changed; 1 source added")
  })

  it("counts the sources of facts, and tells a check from a change", () => {
    const letter = { source: "", title: "A letter", locator: "", quote: "" }
    const now = (attrs: object) => page(sheet({ id: "s" }, fact({ id: "f", key: "visiting_hours", type: "hours", value: "Sa 08:00-10:00", ...attrs })))
    const from = now({})
    expect(words(from, now({ value: "Su 08:00-10:00", sources: [letter] }))).toBe("Family visiting hours changed; 1 source added")
    expect(words(from, now({ sources: [letter, { ...letter, title: "A call" }] }))).toBe("2 sources added")
    expect(words(now({ sources: [letter] }), now({ sources: [{ ...letter, locator: "p. 2" }], checked: "2026-11-23" }))).toBe("Family visiting hours checked; 1 source changed")
    expect(words(now({ sources: [letter] }), from)).toBe("1 source removed")
  })

  it("names sections, and says whether they grew or shrank", () => {
    const from = page(p({ id: "a" }, "Bring a passport."))
    const to = page(p({ id: "a" }, "Bring a passport. Come early."))
    expect(words(from, to)).toBe("“Visits” extended")
    expect(words(to, from)).toBe("“Visits” shortened")
    expect(words(from, page(p({ id: "a" }, "Bring a letter.")))).toBe("“Visits” changed")
  })

  it("begins with the title", () => {
    expect(words(page(), page(), { fromTitle: "Krome", toTitle: "Krome Center" })).toBe("Title changed")
  })
})
