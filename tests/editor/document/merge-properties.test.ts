import fc from "fast-check"
import type { Node } from "prosemirror-model"
import { describe, expect, it } from "vitest"
import { isSameNode } from "../../../editor/document/align-pieces.ts"
import { tokenize } from "../../../editor/document/diff-tokens.ts"
import { type Merge, mergeDocuments } from "../../../editor/document/index.ts"
import { anyEditWith, edited } from "../../helpers/any-edit.ts"
import { anyPage } from "../../helpers/documents.ts"

/** Other triples in each run; a red one prints its seed, and `MERGE_SEED` looks at the same again. */
const SEED = process.env.MERGE_SEED === undefined ? {} : { seed: Number(process.env.MERGE_SEED) }

const words = (side: string) =>
  fc.constantFrom("desk", "8am", ".", " ", ...[1, 2, 3, 4, 5, 6].map((count) => `${side}${count}`))
const edits = (side: string) => fc.array(anyEditWith(words(side)), { minLength: 1, maxLength: 4 })

/** A page and what two people made of it, each without knowing of the other. */
const anyTriple = fc
  .tuple(anyPage({ blocks: 4 }), edits("mine"), edits("theirs"))
  .map(([base, ours, others]) => ({ base, mine: edited(base, ours, "mine"), theirs: edited(base, others, "theirs") }))

// Ten thousand triples take a while on a busy machine.
describe("a merge of any three documents", { timeout: 240_000 }, () => {
  it("with a side that changed nothing is the other side", () => {
    fc.assert(
      fc.property(anyTriple, ({ base, mine }) => {
        const copy = base.type.schema.nodeFromJSON(base.toJSON())
        expect(mergeDocuments(base, mine, copy)).toEqual({ ok: true, doc: mine })
        expect(mergeDocuments(base, copy, mine)).toEqual({ ok: true, doc: mine })
      }),
      { numRuns: 1_000, ...SEED },
    )
  })

  it("with two sides that made the same edits is what they made", () => {
    fc.assert(
      fc.property(anyTriple, ({ base, mine }) => {
        const merge = mergeDocuments(base, mine, mine.type.schema.nodeFromJSON(mine.toJSON()))
        expect(merge.ok).toBe(true)
        expect(merge.doc.toJSON()).toEqual(mine.toJSON())
      }),
      { numRuns: 1_000, ...SEED },
    )
  })

  it("is the same whichever side is called mine", () => {
    fc.assert(
      fc.property(anyTriple, ({ base, mine, theirs }) => {
        const [one, other] = [mergeDocuments(base, mine, theirs), mergeDocuments(base, theirs, mine)]
        expect(one.ok).toBe(other.ok)
        if (one.ok && other.ok) expect(isSameNode(one.doc, other.doc)).toBe(true)
        if (!one.ok && !other.ok) {
          const versions = ({ collisions }: typeof one, side: "mine" | "theirs") =>
            collisions.map((each) => String(each[side])).sort()
          expect(versions(one, "mine")).toEqual(versions(other, "theirs"))
          expect(versions(one, "theirs")).toEqual(versions(other, "mine"))
        }
      }),
      { numRuns: 5_000, ...SEED },
    )
  })

  it("loses no word that either side kept or added, and is a valid document", () => {
    fc.assert(
      fc.property(anyTriple, ({ base, mine, theirs }) => {
        const merge = mergeDocuments(base, mine, theirs)
        merge.doc.check()
        expectNoLoss(base, mine, theirs, merge)
      }),
      { numRuns: 5_000, ...SEED },
    )
  })
})

function expectNoLoss(base: Node, mine: Node, theirs: Node, merge: Merge): void {
  const [old, ours, others] = [wordsOf(base), wordsOf(mine), wordsOf(theirs)]
  const found = wordsOf(merge.doc)
  // What collides stands in the document as theirs, and is offered as mine.
  if (!merge.ok)
    for (const { mine } of merge.collisions)
      if (mine) for (const [word, count] of wordsOf(mine)) add(found, word, count)
  for (const word of new Set([...ours.keys(), ...others.keys()])) {
    const [b, m, t] = [old, ours, others].map((words) => words.get(word) ?? 0) as [number, number, number]
    // Of a word that one side removed in one place and both added in another, counting cannot tell what should be left.
    if (b === 0 || (b === 1 && m === 1 && t === 1))
      expect(found.get(word) ?? 0, word).toBeGreaterThanOrEqual(Math.max(m, t))
  }
}

function wordsOf(doc: Node): Map<string, number> {
  const words = new Map<string, number>()
  doc.descendants((node) => {
    const texts = [
      node.isTextblock ? node.textBetween(0, node.content.size, " ", " ") : "",
      node.attrs.value,
      node.attrs.label,
      node.attrs.qualifier,
      node.attrs.alt,
    ]
    for (const text of texts) {
      if (!text) continue
      const { kinds, starts } = tokenize(text)
      for (const [at, kind] of kinds.entries()) {
        const word = text.slice(starts[at], starts[at + 1])
        if (kind !== "word") continue
        // Where words are written without blanks, a sign beside one changes where it ends, and so what it is; so does an apostrophe anywhere.
        for (const part of word.match(unsigned) ?? []) if (spaced.test(part)) add(words, part, 1)
      }
    }
  })
  return words
}

const unsigned = /[\p{L}\p{M}\p{N}]+/gu
const spaced = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{N}\p{P}\p{M}]+$/u

function add(words: Map<string, number>, word: string, count: number): void {
  words.set(word, (words.get(word) ?? 0) + count)
}
