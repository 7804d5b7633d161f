import type { Mark, Node } from "prosemirror-model"
import type { Hunk } from "./diff-edits.ts"
import { textHunks } from "./diff-inline.ts"
import type { Inline } from "./diff-inline-text.ts"
import type { Merging } from "./merge-context.ts"

type Nodes = readonly Node[]
type Marks = readonly Mark[]

/** A side as seen from the base: the stretches it kept, dropped or gave way in, and what it puts in at which offset. */
export interface Side {
  inline: Inline
  parts: Nodes
  stretches: readonly Stretch[]
  insertions: ReadonlyMap<number, Hunk>
  /** What both sides put in just so. */
  shared: ReadonlySet<Hunk>
}

/** From one offset of the base to another; kept text stands on the side at its offset plus `shift`. */
export interface Stretch {
  from: number
  to: number
  state: "kept" | "gone" | "gave way"
  shift: number
}

/** `standing` are those of the hunks that do not give way to the other side. */
export function newSide(
  base: Inline,
  inline: Inline,
  parts: Nodes,
  hunks: readonly Hunk[],
  standing: ReadonlySet<Hunk>,
  shared: ReadonlySet<Hunk>,
): Side {
  const stretches: Stretch[] = []
  const insertions = new Map<number, Hunk>()
  let [at, shift] = [0, 0]
  for (const hunk of hunks) {
    if (hunk.from > at) stretches.push({ from: at, to: hunk.from, state: "kept", shift })
    if (hunk.fromEnd > hunk.from)
      stretches.push({ from: hunk.from, to: hunk.fromEnd, state: standing.has(hunk) ? "gone" : "gave way", shift })
    if (hunk.toEnd > hunk.to && standing.has(hunk)) insertions.set(hunk.from, hunk)
    at = hunk.fromEnd
    shift = hunk.toEnd - hunk.fromEnd
  }
  if (base.text.length > at) stretches.push({ from: at, to: base.text.length, state: "kept", shift })
  return { inline, parts, stretches, insertions, shared }
}

/** Hunks with something kept between any two: what a diff tells apart because of its kind stands or falls together. */
export function wholeHunks(base: Inline, side: Inline, { budget }: Merging): Hunk[] {
  const whole: Hunk[] = []
  for (const hunk of textHunks(base, side, budget)) {
    const last = whole.at(-1)
    if (last && last.fromEnd === hunk.from && last.toEnd === hunk.to)
      Object.assign(last, { fromEnd: hunk.fromEnd, toEnd: hunk.toEnd })
    else whole.push({ ...hunk })
  }
  return whole
}

export function stretchAt({ stretches }: Side, offset: number): Stretch {
  let low = 0
  for (let high = stretches.length - 1; low < high;) {
    const middle = (low + high) >> 1
    if (stretches[middle]!.to <= offset) low = middle + 1
    else high = middle
  }
  return stretches[low]!
}

/** The marks a side gives to the text at an offset; null where it has no say. */
export function marksOn({ inline }: Side, { state, shift }: Stretch, offset: number): Marks | null {
  return state === "kept" ? (inline.spans[inline.indexAt(offset + shift)]!.node?.marks ?? []) : null
}

/** The block that starts behind the boundary at an offset. */
export function partOn({ inline, parts }: Side, { state, shift }: Stretch, offset: number): Node | null {
  return state === "kept" ? parts[partAt(inline, offset + shift)]! : null
}

/** How many boundaries stand up to an offset: the index of the block that begins there. */
export function partAt(inline: Inline, offset: number): number {
  return inline.spans.filter(({ start, node }) => !node && start <= offset).length
}
