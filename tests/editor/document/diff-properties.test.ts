import fc from "fast-check"
import { Fragment, type Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { flattenList, isSameAttrs, isSameNode } from "../../../editor/document/align-pieces.ts"
import { applyDiff, diffDocuments } from "../../../editor/document/diff.ts"
import type { Change, InlineOp, NodeEdit, Step } from "../../../editor/document/diff-edits.ts"
import { textblocks } from "../../../editor/document/diff-reshape.ts"
import { joinBlocks, splitBlocks } from "../../../editor/document/index.ts"
import { anyEditedPage } from "../../helpers/any-edit.ts"
import { anyPage } from "../../helpers/documents.ts"

const runs = { numRuns: 1_000 }

describe("a diff is complete", { timeout: 120_000 }, () => {
  it("gives exactly the new document when it is applied to the old one, however little they have in common", () => {
    fc.assert(
      fc.property(anyPage(), anyPage(), (from, to) => expectExact(from, to)),
      { numRuns: 300 },
    )
  })

  it("gives exactly the new document after a few edits", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => expectExact(from, to)),
      runs,
    )
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

  it("names a change for each word, mark, attribute, row and item that it alters", () => {
    fc.assert(
      fc.property(anyEditedPage, ({ from, to }) => {
        const diff = diffDocuments(from, to)
        const listed = new Set(diff.changes)
        for (const [what, changes] of alterations(from.children, diff.steps)) {
          expect(changes.length, what).toBeGreaterThan(0)
          for (const change of changes) expect(listed.has(change), what).toBe(true)
        }
      }),
      runs,
    )
  })
})

type Altered = [what: string, changes: readonly Change[]]

function alterations(children: readonly Node[], steps: readonly Step[]): Altered[] {
  return steps.flatMap((step): Altered[] => {
    const move: Altered[] = "moved" in step && step.moved ? [["move", [step.moved]]] : []
    if (step.type === "insert" || step.type === "delete") return [[step.type, step.changes]]
    if (step.type === "edit") return [...move, ...editAlterations(children[step.from]!, step.edit)]
    if (step.type === "regroup") return [...move, ["regroup", step.changes], ...opAlterations(step.ops)]
    if (step.type === "reshape")
      return [
        ["reshape", step.changes],
        ...alterations(
          step.from.flatMap((at) => textblocks(children[at]!)),
          step.steps,
        ),
      ]
    return move
  })
}

function editAlterations(node: Node, edit: NodeEdit): Altered[] {
  if (edit.type === "relabel") return []
  const shell = edit.type === "list" ? edit.shape : edit.shell
  const isSame = shell.type === node.type && isSameAttrs(node, { attrs: shell.attrs, type: shell.type } as Node)
  const own: Altered[] = isSame ? [] : [["attributes", edit.changes]]
  if (edit.type === "text") return [...own, ...opAlterations(edit.ops)]
  if (edit.type === "children") return [...own, ...alterations(node.children, edit.steps)]
  if (edit.type === "list") {
    const units = flattenList(node)
    return [
      ...own,
      ...edit.steps.flatMap((step): Altered[] => {
        if (step.type !== "item") return [[step.type, step.changes]]
        return step.from === null ? [["item", step.changes]] : alterations(units[step.from]!.own, step.own)
      }),
    ]
  }
  return [
    ...own,
    ...edit.rows.flatMap((row): Altered[] => {
      if (row.type !== "row") return [[row.type, row.changes]]
      return row.cells.flatMap((cell): Altered[] => {
        if (cell.type !== "cell") return [[cell.type, cell.changes]]
        const isTurned = cell.shell.type !== node.child(row.from).child(cell.from).type
        return [...(isTurned ? [["header", cell.changes] as Altered] : []), ...opAlterations(cell.ops)]
      })
    }),
  ]
}

function opAlterations(ops: readonly InlineOp[]): Altered[] {
  return ops.flatMap((op): Altered[] => (op.type === "keep" ? [] : [[op.type, op.changes]]))
}

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
