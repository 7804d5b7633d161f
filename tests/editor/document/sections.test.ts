import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parsePage, sectionOf, withSection } from "../../../editor/document/index.ts"
import { anyPage, doc, h2, h3, li, p, ul } from "../../helpers/documents.ts"

const page = doc(
  p({ id: "intro" }, "Krome."),
  h2({ id: "visits" }, "Visits"),
  p({ id: "days" }, "Saturdays."),
  h3({ id: "papers" }, "Papers"),
  p({ id: "passport" }, "A passport."),
  h2({ id: "mail" }, "Mail"),
  ul({ id: "list" }, li({ id: "item" }, p("Books"))),
)
const ids = (id: string) => sectionOf(page, id)?.children.map((block) => block.attrs.id)

describe("a section", () => {
  it("runs to the next heading of the same or a higher level", () => {
    expect(ids("visits")).toEqual(["visits", "days", "papers", "passport"])
    expect(ids("papers")).toEqual(["papers", "passport"])
    expect(ids("mail")).toEqual(["mail", "list"])
  })

  it("is told from a page that has none of that name, and from blocks that are no headings", () => {
    for (const id of ["intro", "nowhere"]) {
      expect(sectionOf(page, id)).toBeNull()
      expect(withSection(page, id, page)).toBeNull()
    }
  })

  it("is put back among the very same blocks", () => {
    const next = withSection(page, "papers", doc(h3({ id: "papers" }, "Documents"), p("Any.")))!
    expect(next.children.map((block) => block.textContent)).toEqual(["Krome.", "Visits", "Saturdays.", "Documents", "Any.", "Mail", "Books"])
    for (const at of [0, 1, 2]) expect(next.child(at)).toBe(page.child(at))
    for (const at of [5, 6]) expect(next.child(at)).toBe(page.child(at))
  })

  it("takes no id from the rest of the page", () => {
    const next = withSection(page, "papers", doc(p({ id: "intro" }, "Again"), ul({ id: "own" }, li({ id: "item" }, p("Books")))))!
    expect(next.children.map((block) => block.attrs.id)).toEqual(["intro", "visits", "days", null, "own", "mail", "list"])
    expect(() => parsePage(next.toJSON())).not.toThrow()
  })

  it("goes when nothing is left of it, and leaves a page that can be kept", () => {
    expect(withSection(page, "visits", doc(p()))!.children.map((block) => block.attrs.id)).toEqual(["intro", "mail", "list"])
    const alone = doc(h2({ id: "a" }, "A"))
    expect(withSection(alone, "a", doc(p()))!.childCount).toBe(1)
  })

  it("put back as it was is the page as it was", () => {
    fc.assert(
      fc.property(anyPage(), (any) => {
        for (const { type, attrs } of any.children) {
          if (type.name !== "heading" || attrs.id === null) continue
          expect(withSection(any, attrs.id, sectionOf(any, attrs.id)!)!.eq(any)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})
