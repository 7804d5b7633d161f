import fc from "fast-check"
import { Fragment, type Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { isSameNode } from "../../../editor/document/align-pieces.ts"
import { applyDiff, diffDocuments } from "../../../editor/document/diff.ts"
import { joinBlocks, splitBlocks } from "../../../editor/document/index.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"
import { anyPage } from "../../helpers/documents.ts"

const runs = { numRuns: 1_000 }

describe("a diff is complete", () => {
  it("gives exactly the new document when it is applied to the old one, however little they have in common", () => {
    fc.assert(fc.property(anyPage(), anyPage(), (from, to) => expectExact(from, to)), { numRuns: 300 })
  })

  it("gives exactly the new document after a few edits", () => {
    fc.assert(fc.property(anyEditedPage, ({ from, to }) => expectExact(from, to)), runs)
  })

  it("gives exactly the new document when neither has ids", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => expectExact(withoutIds(from), withoutIds(to))),
      runs,
    )
  })

  it("has no change for documents that are equal", () => {
    fc.assert(
      fc.property(anyPage(), (page) => {
        const stored = joinBlocks(splitBlocks(page).map(({ body }) => body))
        expect(diffDocuments(page, stored).changes).toEqual([])
        expect(diffDocuments(page, withoutIds(page)).changes).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it("lists a change whenever a reader could tell the documents apart", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        expect(diffDocuments(from, to).changes.length > 0).toBe(!isSameNode(from, to))
      }),
      runs,
    )
  })
})

function expectExact(from: Node, to: Node): void {
  const diff = diffDocuments(from, to)
  expect(applyDiff(from, diff).toJSON()).toEqual(to.toJSON())
  expect(diff.complete).toBe(true)
  expect(diff.changes.map(({ number }) => number)).toEqual(diff.changes.map((_, index) => index + 1))
  for (const { description } of diff.changes) expect(description).not.toMatch(/undefined|\[object|null/)
}

function withoutIds(node: Node): Node {
  if (node.isText) return node
  const attrs = "id" in node.attrs ? { ...node.attrs, id: null } : node.attrs
  return node.type.create(attrs, Fragment.from(node.children.map(withoutIds)), node.marks)
}
