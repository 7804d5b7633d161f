import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ensureIds, parsePage, restorePart } from "../../../editor/document/index.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"
import { doc, fact, p, sheet } from "../../helpers/documents.ts"

const phone = (id: string, value: string) => fact({ id, key: "phone", label: "", type: "phone", value, text: value })
const block = (id: string, text: string) => p({ id }, text)

describe("restoring a part of a page", () => {
  it.each([
    ["changes a block back", doc(block("a", "new"), block("b", "other")), doc(block("a", "old"), block("b", "x")), "a", doc(block("a", "old"), block("b", "other"))],
    ["puts a block back after what it stood after", doc(block("a", "1"), block("c", "3")), doc(block("a", "1"), block("b", "2"), block("c", "3")), "b", doc(block("a", "1"), block("b", "2"), block("c", "3"))],
    ["puts a block back at the top", doc(block("c", "3")), doc(block("b", "2"), block("c", "3")), "b", doc(block("b", "2"), block("c", "3"))],
    ["takes a block out that was not there", doc(block("a", "1"), block("b", "2")), doc(block("a", "1")), "b", doc(block("a", "1"))],
    ["leaves a page with nothing in it a page", doc(block("b", "2")), doc(block("a", "1")), "b", doc(p(""))],
    [
      "changes one fact back and leaves the others",
      doc(sheet({ id: "s" }, phone("f", "2"), phone("g", "9"))),
      doc(sheet({ id: "s" }, phone("f", "1"), phone("g", "8"))),
      "f",
      doc(sheet({ id: "s" }, phone("f", "1"), phone("g", "9"))),
    ],
    ["puts a fact back into its sheet", doc(sheet({ id: "s" }, phone("f", "1"))), doc(sheet({ id: "s" }, phone("f", "1"), phone("g", "2"))), "g", doc(sheet({ id: "s" }, phone("f", "1"), phone("g", "2")))],
    ["brings a fact's sheet back with it alone", doc(block("a", "1")), doc(block("a", "1"), sheet({ id: "s" }, phone("f", "1"), phone("g", "2"))), "g", doc(block("a", "1"), sheet({ id: "s" }, phone("g", "2")))],
    ["takes a sheet out with the last of its facts", doc(block("a", "1"), sheet({ id: "s" }, phone("f", "1"))), doc(block("a", "1")), "f", doc(block("a", "1"))],
  ])("%s", (_name, head, old, id, expected) => {
    expect(restorePart(head, old, id)!.toString()).toBe(expected.toString())
    expect(restorePart(head, old, id)!.eq(expected)).toBe(true)
  })

  it("knows nothing of what neither page has", () => {
    expect(restorePart(doc(block("a", "1")), doc(block("a", "1")), "z")).toBeNull()
  })

  it("makes a page that can be kept, of any part of any page", () => {
    fc.assert(
      fc.property(anyEditedPage, fc.nat(), ({ from, to }, at) => {
        const ids: string[] = []
        for (const page of [from, to]) {
          page.descendants((node, _at, parent) => {
            if (node.attrs.id && (parent === page || node.type.name === "fact")) ids.push(node.attrs.id as string)
          })
        }
        if (ids.length === 0) return
        const restored = restorePart(to, from, ids[at % ids.length]!)
        let next = 0
        if (restored) parsePage(ensureIds(restored, () => `id${next++}`).toJSON())
      }),
      { numRuns: 300 },
    )
  })
})
