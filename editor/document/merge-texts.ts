import { Fragment, type Mark, type Node } from "prosemirror-model"
import type { Hunk, Shell } from "./diff-edits.ts"
import { Inline, type Span } from "./diff-inline-text.ts"
import { mergeShell } from "./merge-attributes.ts"
import { type HunkText, standingHunks } from "./merge-collisions.ts"
import type { Merging } from "./merge-context.ts"
import { followMarks, mergeMarks } from "./merge-marks.ts"
import { marksOn, newSide, partAt, partOn, type Side, stretchAt, wholeHunks } from "./merge-side.ts"

type Nodes = readonly Node[]
type Marks = readonly Mark[]

/**
 * Merges textblocks word by word and mark by mark. Usually one in each version; several where a side split or joined
 * them, and then as many come out as the boundaries of both sides make.
 */
export function mergeTexts(bases: Nodes, mines: Nodes, theirses: Nodes, merging: Merging): Node[] {
  const base = new Inline(bases)
  const [ours, others] = [new Inline(mines), new Inline(theirses)]
  const hunks = { mine: wholeHunks(base, ours, merging), theirs: wholeHunks(base, others, merging) }
  const standing = standingHunks(
    hunks.mine,
    hunks.theirs,
    hunkText(base, { mine: ours, theirs: others }),
    merging.prefer,
  )
  merging.collided += standing.collided
  const mine = newSide(base, ours, mines, hunks.mine, standing.mine, standing.shared)
  const theirs = newSide(base, others, theirses, hunks.theirs, standing.theirs, new Set())
  const shell = mergeShell(bases[0]!, mines[0]!, theirses[0]!, merging)
  return assemble(shell, piecesOf(base, bases, mine, theirs, merging))
}

function hunkText(base: Inline, sides: { mine: Inline; theirs: Inline }): HunkText {
  return {
    added: (side, { to, toEnd }) => {
      const content = (span: Span) =>
        span.node?.isText ? [sides[side].text.slice(span.start, span.end), span.node.marks] : span.node
      return JSON.stringify(sides[side].between(to, toEnd).map(content))
    },
    isSpacing: (side, { from, fromEnd, to, toEnd }) =>
      to < toEnd && isSpacing(base, from, fromEnd) && isSpacing(sides[side], to, toEnd),
  }
}

function isSpacing(inline: Inline, start: number, end: number): boolean {
  return inline
    .between(start, end)
    .every((span) => !span.node || (span.node.isText && inline.text.slice(span.start, span.end).trim() === ""))
}

/** What comes out: inline nodes, and the start of each further block. */
type Piece = { node: Node } | { shell: Shell }

function piecesOf(base: Inline, bases: Nodes, mine: Side, theirs: Side, merging: Merging): Piece[] {
  const pieces: Piece[] = []
  let gap = new Gap()
  let last: By = null
  const push = (piece: Piece, by: By = null) => {
    if (gap.joins(pieces.at(-1), piece, [last, by])) pieces.push({ node: bases[0]!.type.schema.text(" ") })
    gap = new Gap()
    last = by
    pieces.push(piece)
  }
  const cuts = cutsOf(base, mine, theirs)
  for (const [index, at] of cuts.entries()) {
    // A boundary that one side put in stands before what the other put in the place of what follows it.
    const order =
      mine.insertions.get(at)?.fromEnd === at ? (["mine", "theirs"] as const) : (["theirs", "mine"] as const)
    for (const by of order) {
      const [side, other] = by === "mine" ? [mine, theirs] : [theirs, mine]
      for (const piece of inserted(base, side, other, at)) push(piece, by)
    }
    const end = cuts[index + 1]
    if (end === undefined) break
    const [ours, others] = [stretchAt(mine, at), stretchAt(theirs, at)]
    if (ours.state === "gone" || others.state === "gone") {
      gap.add(ours.state === "gone", others.state === "gone", base.text.slice(at, end))
      continue
    }
    push(keptPiece(base, bases, mine, theirs, at, end, merging))
  }
  return pieces
}

/** What neither side deleted between two cuts: a piece of one inline node, or the boundary of two blocks. */
function keptPiece(
  base: Inline,
  bases: Nodes,
  mine: Side,
  theirs: Side,
  at: number,
  end: number,
  merging: Merging,
): Piece {
  const [ours, others] = [stretchAt(mine, at), stretchAt(theirs, at)]
  const { node, start } = base.spans[base.indexAt(at)]!
  if (!node) {
    const old = bases[partAt(base, at)]!
    return { shell: mergeShell(old, partOn(mine, ours, at) ?? old, partOn(theirs, others, at) ?? old, merging) }
  }
  const [one, other] = [marksOn(mine, ours, at) ?? node.marks, marksOn(theirs, others, at) ?? node.marks]
  const cut = node.isText ? node.cut(at - start, end - start) : node
  return { node: cut.mark(mergeMarks(node.marks, one, other, merging)) }
}

const wordEnd = /[\p{L}\p{M}\p{N}]$/u
const wordStart = /^[\p{L}\p{M}\p{N}]/u
const noWord = /[^\p{L}\p{M}\p{N}]/u

/** The side that put a piece in; null for what both kept. */
type By = "mine" | "theirs" | null

/** What was deleted since the last piece. Each side left something between two words; both together may leave nothing. */
class Gap {
  private mine = true
  private theirs = true
  private text = ""

  add(mine: boolean, theirs: boolean, text: string): void {
    this.mine &&= mine
    this.theirs &&= theirs
    this.text += text
  }

  /** Whether two words would run into one that neither side has; `by` are the sides that put each of them in, if one did. */
  joins(before: Piece | undefined, after: Piece, by: readonly [By, By]): boolean {
    const stoodSo = (["mine", "theirs"] as const).some((side) => this[side] && by.every((one) => one === null || one === side))
    if (stoodSo || !noWord.test(this.text)) return false
    if (!before || !("node" in before) || !("node" in after)) return false
    return wordEnd.test(before.node.text ?? "") && wordStart.test(after.node.text ?? "")
  }
}

/** Every offset of the base at which anything begins or ends on any side. */
function cutsOf(base: Inline, mine: Side, theirs: Side): number[] {
  const cuts = new Set([0, base.text.length])
  for (const { start, end } of base.spans) cuts.add(start).add(end)
  for (const { inline, stretches, insertions } of [mine, theirs]) {
    for (const { from, to, state, shift } of stretches) {
      cuts.add(from).add(to)
      if (state === "kept") for (const { start } of inline.between(from + shift, to + shift)) cuts.add(start - shift)
    }
    for (const at of insertions.keys()) cuts.add(at)
  }
  return [...cuts].sort((one, other) => one - other)
}

/** What a side puts in at an offset, with what the other side did to the marks of the text it replaces or stands in. */
function inserted(base: Inline, side: Side, other: Side, offset: number): Piece[] {
  const hunk = side.insertions.get(offset)
  if (!hunk) return []
  // What both put in just so has the marks that both gave it.
  const follow = side.shared.has(hunk) ? null : marksAround(base, other, hunk)
  return side.inline.between(hunk.to, hunk.toEnd).map(({ start, end, node }): Piece => {
    if (!node) {
      const { type, attrs } = side.parts[partAt(side.inline, start)]!
      return { shell: { type, attrs } }
    }
    const span = side.inline.spans[side.inline.indexAt(start)]!
    const cut = node.isText ? node.cut(start - span.start, end - span.start) : node
    return { node: follow ? cut.mark(followMarks(cut.marks, ...follow)) : cut }
  })
}

/** The marks before and after on the other side, if it did the same at both ends of a hunk. */
function marksAround(base: Inline, other: Side, { from, fromEnd }: Hunk): [Marks, Marks] | null {
  const isReplaced = fromEnd > from
  const ends = (isReplaced ? [from, fromEnd - 1] : [from - 1, from]).map((offset): [Marks, Marks] | null => {
    const node = base.spans[base.indexAt(offset)]?.node
    if (!node || offset < 0 || offset >= base.text.length) return null
    const marks = marksOn(other, stretchAt(other, offset), offset)
    return marks && [node.marks, marks]
  })
  const [first, last] = ends
  if (!first || !last) return null
  const same = (one: Marks, two: Marks) => one.length === two.length && one.every((mark, at) => mark.eq(two[at]!))
  return same(first[0], last[0]) && same(first[1], last[1]) ? first : null
}

function assemble(first: Shell, pieces: readonly Piece[]): Node[] {
  const blocks: { shell: Shell; nodes: Node[] }[] = [{ shell: first, nodes: [] }]
  for (const piece of pieces) {
    if ("shell" in piece) blocks.push({ shell: piece.shell, nodes: [] })
    else blocks.at(-1)!.nodes.push(piece.node)
  }
  return blocks.map(({ shell, nodes }) => shell.type.create(shell.attrs, Fragment.fromArray(nodes)))
}
