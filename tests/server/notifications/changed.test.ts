import fc from "fast-check"
import type { Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { facts, headings, sectionOf, toText } from "../../../editor/document/index.ts"
import { changedTargets } from "../../../server/notifications/changed.ts"
import { anyPage } from "../../helpers/any-document.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"

const of = (kind: "section:p" | "fact", targets: string[]) => targets.filter((target) => target.startsWith(`${kind}:`)).map((target) => target.slice(kind.length + 1))
const values = (doc: Node, key: string) => facts(doc).filter((fact) => fact.key === key).map(({ value, state }) => `${state} ${value}`)

describe("what a revision changed, for those who watch", () => {
  it("is the page alone, and its state, where it says the same as before", () => {
    fc.assert(
      fc.property(anyPage(), (doc) => {
        const targets = changedTargets("p", doc, doc)
        expect(targets[0]).toBe("page:p")
        expect([...of("section:p", targets), ...of("fact", targets)]).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it("names each section whose words changed, and none that is as it was", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        const listed = of("section:p", changedTargets("p", from, to))
        for (const { id } of [...headings(from), ...headings(to)]) {
          const [before, after] = [sectionOf(from, id), sectionOf(to, id)]
          const isSame = JSON.stringify(before?.toJSON()) === JSON.stringify(after?.toJSON())
          if (isSame) expect(listed).not.toContain(id)
          else if (!before || !after || toText(before) !== toText(after)) expect(listed).toContain(id)
        }
      }),
      { numRuns: 60 },
    )
  })

  it("names each kind of fact that got another value", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        const listed = of("fact", changedTargets("p", from, to))
        for (const { key } of [...facts(from), ...facts(to)]) {
          // A fact of no kind is of none that could be watched.
          if (key !== "" && values(from, key).join("\n") !== values(to, key).join("\n")) expect(listed).toContain(key)
        }
      }),
      { numRuns: 60 },
    )
  })
})
