import fc from "fast-check"
import type { Node } from "prosemirror-model"
import { EditorState, TextSelection } from "prosemirror-state"
import { splitBlock } from "prosemirror-commands"
import { describe, expect, it } from "vitest"
import { lastingIds } from "../../editor/lasting-ids.ts"
import { setKind, kinds } from "../../editor/kinds.ts"
import { toggleList } from "../../editor/lists.ts"
import { moveBlock } from "../../editor/block-moves.ts"
import { pageSchema } from "../../editor/document/index.ts"
import { anyPage, doc, li, p, quote, ul } from "../helpers/documents.ts"

const { bullet_list, ordered_list } = pageSchema.nodes

const acts = [
  splitBlock,
  moveBlock(-1),
  moveBlock(1),
  toggleList(bullet_list),
  toggleList(ordered_list),
  ...kinds.map(setKind),
]

function start(page: Node): EditorState {
  return EditorState.create({ doc: page, plugins: [lastingIds()] })
}

function idsOf(page: Node): string[] {
  const ids: string[] = []
  page.descendants((node) => {
    if (node.attrs.id) ids.push(node.attrs.id)
    return !node.isTextblock
  })
  return ids
}

describe("ids", () => {
  it("are never doubled and never made up, whatever is done", () => {
    const act = fc.record({
      act: fc.nat(acts.length),
      anchor: fc.double({ min: 0, max: 1, noNaN: true }),
      head: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(anyPage(), fc.array(act, { maxLength: 8 }), (page, steps) => {
        const given = new Set(idsOf(page))
        let state = start(page)
        for (const { act, anchor, head } of steps) {
          const at = (share: number) => state.doc.resolve(Math.floor(share * state.doc.content.size))
          state = state.apply(state.tr.setSelection(TextSelection.between(at(anchor), at(head))))
          // A copy of a whole block beside itself is what a drag with a key held down makes.
          if (act === acts.length) state = state.apply(state.tr.insert(0, state.doc.child(0)))
          else acts[act]!(state, (tr) => void (state = state.apply(tr)))
          const ids = idsOf(state.doc)
          expect(new Set(ids).size).toBe(ids.length)
          expect(ids.filter((id) => !given.has(id))).toEqual([])
          state.doc.check()
        }
      }),
      { numRuns: 500 },
    )
  })

  it("stay with the original when a copy is put before it", () => {
    const state = start(doc(p({ id: "a" }, "words"), p({ id: "b" }, "more")))
    const next = state.apply(state.tr.insert(0, state.doc.child(0)))
    expect(next.doc.toJSON()).toEqual(doc(p("words"), p({ id: "a" }, "words"), p({ id: "b" }, "more")).toJSON())
  })

  it("go from a paragraph to what is put around it", () => {
    let state = start(doc(p({ id: "a" }, "words")))
    state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 2)))
    for (const [act, expected] of [
      [toggleList(bullet_list), ul({ id: "a" }, li(p("words")))],
      [setKind(kinds.find(({ name }) => name === "blockquote")!), quote({ id: "a" }, p("words"))],
    ] as const) {
      let next = state
      act(state, (tr) => void (next = state.apply(tr)))
      expect(next.doc.toJSON()).toEqual(doc(expected).toJSON())
    }
  })
})
