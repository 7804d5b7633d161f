import type { Node } from "prosemirror-model"
import { gapsOf } from "./align-gaps.ts"
import type { Alignment } from "./align-passes.ts"
import { containment, mapWords } from "./align-likeness.ts"
import { blockPiece, familyOf } from "./align-pieces.ts"
import { blockName, namedBlock } from "./diff-attributes.ts"
import { newChange } from "./diff-changes.ts"
import type { Change, Shape } from "./diff-edits.ts"
import type { Place } from "./diff-text.ts"

/** Blocks in a row that became blocks of another make with the same words: paragraphs a list, a list a quotation. */
export interface Reshape {
  from: readonly number[]
  to: readonly number[]
  /** The textblocks of both, to be compared one by one. */
  old: readonly Node[]
  now: readonly Node[]
  shapes: readonly Shape[]
  change: Change
}

/** What was neither kept, moved nor edited as a whole, but is still there in another make. */
export function findReshapes(
  from: readonly Node[],
  to: readonly Node[],
  { fromOf, toOf }: Alignment,
  place: Place,
): Reshape[] {
  const found: Reshape[] = []
  for (const gap of gapsOf(fromOf, toOf)) {
    const taken = new Set<number>()
    for (let at = gap.start; at < gap.end; at++) {
      const many = isContainer(to[at]!) ? matches(to[at]!, from, gap.first, gap.last, taken) : []
      if (many.length > 0) found.push(reshape(many, [at], from, to, place))
      for (const index of many) taken.add(index)
    }
    const used = new Set(found.flatMap((each) => each.to))
    for (let at = gap.first; at < gap.last; at++) {
      const many = isContainer(from[at]!) && !taken.has(at) ? matches(from[at]!, to, gap.start, gap.end, used) : []
      if (many.length > 0) found.push(reshape([at], many, from, to, place))
      for (const index of many) used.add(index)
    }
  }
  return found
}

const containers = new Set(["list", "quote"])
const shapeable = new Set(["text", "list", "quote"])

function isContainer(node: Node): boolean {
  return containers.has(familyOf(node))
}

// So much of the words of each has to stand in the other, and so much of those in it.
const CONTAINED = 0.6

/** The blocks in a row on the other side, of another family, whose words are those of `whole`. */
function matches(
  whole: Node,
  others: readonly Node[],
  start: number,
  end: number,
  taken: ReadonlySet<number>,
): number[] {
  const words = mapWords(blockPiece(whole))
  if (words.size === 0) return []
  const left = new Map(words)
  let all = 0
  let covered = 0
  for (const count of words.values()) all += count
  let many: number[] = []
  for (let at = start; at < end; at++) {
    const part = mapWords(blockPiece(others[at]!))
    const fits =
      !taken.has(at) && shapeable.has(familyOf(others[at]!)) && part.size > 0 && containment(part, left) >= CONTAINED
    if (!fits && many.length > 0) break
    if (!fits) continue
    many.push(at)
    for (const [word, count] of part) {
      const used = Math.min(count, left.get(word) ?? 0)
      covered += used
      left.set(word, (left.get(word) ?? 0) - used)
    }
  }
  if (covered < all * CONTAINED || many.every((at) => familyOf(others[at]!) === familyOf(whole))) many = []
  return many
}

function reshape(from: number[], to: number[], olds: readonly Node[], news: readonly Node[], place: Place): Reshape {
  const [before, after] = [from.map((at) => olds[at]!), to.map((at) => news[at]!)]
  const was = before.length === 1 ? namedBlock(before[0]!) : countedName(before)
  const is = after.length === 1 ? `a ${blockName(after[0]!)}` : countedName(after)
  const change = newChange("block-converted", {
    class: "structure",
    part: place.part,
    from: countedName(before),
    to: countedName(after),
    description: `${was} became ${is}${place.where}`,
  })
  return {
    from,
    to,
    old: before.flatMap(textblocks),
    now: after.flatMap(textblocks),
    shapes: after.map(shapeOf),
    change,
  }
}

/** "paragraph", "3 paragraphs", "2 blocks". */
function countedName(nodes: readonly Node[]): string {
  if (nodes.length === 1) return blockName(nodes[0]!)
  const isUniform = nodes.every(({ type }) => type === nodes[0]!.type)
  return `${nodes.length} ${isUniform ? blockName(nodes[0]!) : "block"}s`
}

/** The textblocks of a node in the order of reading. */
export function textblocks(node: Node): Node[] {
  return node.isTextblock ? [node] : node.children.flatMap(textblocks)
}

function shapeOf({ type, attrs, isTextblock, children }: Node): Shape {
  return { type, attrs, children: isTextblock ? null : children.map(shapeOf) }
}
