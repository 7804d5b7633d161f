import type { Node } from "prosemirror-model"
import type { Change, Hunk, InlineOp } from "./diff-edits.ts"
import { type Inline, inlineOf, nodesBetween, type Span } from "./diff-inline-text.ts"
import { type Aligned, markChanges } from "./diff-marks.ts"
import { hunkOps, type Place } from "./diff-text.ts"
import { isSafeCut, LEAF, tokenize, tokenText } from "./diff-tokens.ts"
import { type Budget, diffTokens } from "./diff-words.ts"

export interface InlineDiff {
  ops: InlineOp[]
  changes: Change[]
}

/**
 * What happened to the words, marks, breaks and citations of one textblock, or of several that became one or came of
 * one; `regroup` is the change that stands for the boundaries. Joining the ops gives exactly the new content.
 */
export function diffInline(
  fromParts: readonly Node[],
  toParts: readonly Node[],
  place: Place,
  budget: Budget,
  regroup: Change | null = null,
): InlineDiff {
  const from = inlineOf(fromParts)
  const to = inlineOf(toParts)
  const pieces: (Aligned & { ops: InlineOp[] | null })[] = []
  let atFrom = 0
  let atTo = 0
  for (const hunk of [...textHunks(from, to, budget), { from: from.text.length, to: to.text.length, fromEnd: -1, toEnd: -1 }]) {
    for (const kept of keptPieces(from, to, atFrom, hunk.from, atTo)) pieces.push({ ...kept, ops: null })
    if (hunk.fromEnd < 0) break
    const ops = hunkOps(from, to, hunk, place, regroup)
    pieces.push({ ...hunk, kept: false, fromMarks: marksIn(from, hunk.from, hunk.fromEnd), toMarks: marksIn(to, hunk.to, hunk.toEnd), changes: [], ops })
    atFrom = hunk.fromEnd
    atTo = hunk.toEnd
  }
  if (from.marked || to.marked) markChanges(pieces, to, place)
  const ops = joinedOps(pieces.flatMap((piece) => (piece.ops ? withChanges(piece.ops, piece.changes) : keptOp(piece, to))))
  return { ops, changes: [...new Set(ops.flatMap((op) => (op.type === "keep" ? [] : op.changes)))] }
}

/** Where the texts differ, in the offsets of both; what lies between is the same to the last code unit. */
function textHunks(from: Inline, to: Inline, budget: Budget): Hunk[] {
  const start = commonStart(from, to)
  if (start === from.text.length && start === to.text.length) return []
  const tail = commonEnd(from, to, start)
  const a = tokenize(from.text, from.leafKey, start, from.text.length - tail)
  const b = tokenize(to.text, to.leafKey, start, to.text.length - tail)
  const hunks: Hunk[] = []
  let atFrom = 0
  let atTo = 0
  for (const hunk of [...diffTokens(a, b, budget), { from: a.keys.length, fromEnd: a.keys.length, to: b.keys.length, toEnd: b.keys.length }]) {
    for (; atFrom < hunk.from; atFrom++, atTo++) {
      if (tokenText(a, atFrom, atFrom + 1) !== tokenText(b, atTo, atTo + 1)) hunks.push({ from: atFrom, fromEnd: atFrom + 1, to: atTo, toEnd: atTo + 1 })
    }
    if (hunk.from < hunk.fromEnd || hunk.to < hunk.toEnd) hunks.push(hunk)
    atFrom = hunk.fromEnd
    atTo = hunk.toEnd
  }
  return hunks.map((hunk) => ({
    from: a.starts[hunk.from]!,
    fromEnd: a.starts[hunk.fromEnd]!,
    to: b.starts[hunk.to]!,
    toEnd: b.starts[hunk.toEnd]!,
  }))
}

function commonStart(from: Inline, to: Inline): number {
  const [a, b] = [from.text, to.text]
  const most = Math.min(a.length, b.length)
  let at = 0
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at) && (a[at] !== LEAF || from.leafKey(at) === to.leafKey(at))) at++
  if (at === a.length && at === b.length) return at
  while (at > 0 && !(isSafeCut(a, at) && isSafeCut(b, at))) at--
  return at
}

function commonEnd(from: Inline, to: Inline, start: number): number {
  const [a, b] = [from.text, to.text]
  const most = Math.min(a.length, b.length) - start
  const same = (tail: number) =>
    a.charCodeAt(a.length - tail) === b.charCodeAt(b.length - tail) &&
    (a[a.length - tail] !== LEAF || from.leafKey(a.length - tail) === to.leafKey(b.length - tail))
  let tail = 0
  while (tail < most && same(tail + 1)) tail++
  while (tail > 0 && !(tail < most && isSafeCut(a, a.length - tail) && isSafeCut(b, b.length - tail))) tail--
  return tail
}

/** The kept text from `start` cut wherever the marks of either side change. */
function* keptPieces(from: Inline, to: Inline, start: number, end: number, toStart: number): Generator<Aligned> {
  let at = start
  const shift = toStart - start
  let one = from.indexAt(at)
  let other = to.indexAt(at + shift)
  while (at < end) {
    const a = from.spans[one]!
    const b = to.spans[other]!
    const next = Math.min(end, a.end, b.end - shift)
    yield { from: at, fromEnd: next, to: at + shift, toEnd: next + shift, kept: true, fromMarks: [marksOf(a)], toMarks: [marksOf(b)], changes: [] }
    if (a.end === next) one++
    if (b.end - shift === next) other++
    at = next
  }
}

function marksIn(inline: Inline, start: number, end: number): Aligned["fromMarks"] {
  return inline.between(start, end).filter(({ node }) => node !== null).map(marksOf)
}

function marksOf(span: Span): Node["marks"] {
  return span.node?.marks ?? []
}

function keptOp(piece: Aligned, to: Inline): InlineOp {
  const size = piece.fromEnd - piece.from
  const [a, b] = [piece.fromMarks[0]!, piece.toMarks[0]!]
  if (piece.changes.length === 0 && (a === b || (a.length === b.length && a.every((mark, at) => mark.eq(b[at]!))))) {
    return { type: "keep", size }
  }
  return { type: "remark", size, nodes: nodesBetween(to, piece.to, piece.toEnd), changes: piece.changes }
}

function withChanges(ops: InlineOp[], changes: readonly Change[]): InlineOp[] {
  if (changes.length === 0) return ops
  const last = ops.findLastIndex((op) => op.type === "insert")
  return ops.map((op, at) => (at === last && op.type === "insert" ? { ...op, changes: [...op.changes, ...changes] } : op))
}

function joinedOps(ops: readonly InlineOp[]): InlineOp[] {
  const result: InlineOp[] = []
  for (const op of ops) {
    const last = result.at(-1)
    if (op.type === "keep" && last?.type === "keep") last.size += op.size
    else if (op.type !== "keep" || op.size > 0) result.push(op)
  }
  return result
}
