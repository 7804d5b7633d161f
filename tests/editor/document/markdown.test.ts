import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fromMarkdown, toMarkdown } from "../../../editor/document/markdown.ts"
import { anyPage } from "../../helpers/documents.ts"

describe("Markdown of any page", () => {
  test("reads back as the same page", () => {
    fc.assert(
      fc.property(anyPage({ ids: false }), (page) => {
        const markdown = toMarkdown(page)
        const { doc, title, warnings } = fromMarkdown(markdown)
        expect({ doc: doc.toJSON(), title, warnings }, markdown).toEqual({ doc: page.toJSON(), title: null, warnings: [] })
      }),
      { numRuns: 500 },
    )
  })
})
