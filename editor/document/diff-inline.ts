import type { Node, Schema } from "prosemirror-model"
import { commonEnd, commonStart } from "./common-ends.ts"
import type { Change, Hunk, InlineOp } from "./diff-edits.ts"
import { Inline, nodesBetween, PlainText, plainTextOf, type Span, type Worded } from "./diff-inline-text.ts"
import { type Aligned, markChanges } from "./diff-marks.ts"
import { hunkOps, type Place, wordChange } from "./diff-text.ts"
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
  if (regroup === null && fromParts.length === 1 && toParts.length === 1) {
    const [from, to] = [plainTextOf(fromParts[0]!.content), plainTextOf(toParts[0]!.content)]
    if (from !== null && to !== null) return diffPlain(from, to, toParts[0]!.type.schema, place, budget)
  }
  const from = new Inline(fromParts)
  const to = new Inline(toParts)
  const hunks = textHunks(from, to, budget)
  const drawHunk = (hunk: Hunk) => hunkOps(from, to, hunk, place, regroup)
  const ops = from.marked || to.marked ? markedOps(from, to, hunks, drawHunk, place) : plainOps(from, hunks, drawHunk)
  const changes = new Set<Change>()
  for (const op of ops) if (op.type !== "keep") for (const change of op.changes) changes.add(change)
  return { ops, changes: [...changes] }
}

/** One text without marks, breaks and citations on either side, as most blocks are: its hunks are all there is to say. */
function diffPlain(from: string, to: string, schema: Schema, place: Place, budget: Budget): InlineDiff {
  const ops: InlineOp[] = []
  const all: Change[] = []
  let at = 0
  for (const hunk of textHunks(new PlainText(from), new PlainText(to), budget)) {
    if (hunk.from > at) ops.push({ type: "keep", size: hunk.from - at })
    const [gone, added] = [from.slice(hunk.from, hunk.fromEnd), to.slice(hunk.to, hunk.toEnd)]
    const change = wordChange(gone, added, place, null)
    const changes = change ? [change] : []
    if (change) all.push(change)
    if (gone) ops.push({ type: "delete", size: gone.length, changes })
    if (added) ops.push({ type: "insert", nodes: [schema.text(added)], changes })
    at = hunk.fromEnd
  }
  if (from.length > at) ops.push({ type: "keep", size: from.length - at })
  return { ops, changes: all }
}

/** Without marks on either side there is nothing to compare but the hunks. */
function plainOps(from: Inline, hunks: readonly Hunk[], hunkOps: (hunk: Hunk) => InlineOp[]): InlineOp[] {
  const ops: InlineOp[] = []
  let at = 0
  for (const hunk of hunks) {
    if (hunk.from > at) ops.push({ type: "keep", size: hunk.from - at })
    for (const op of hunkOps(hunk)) ops.push(op)
    at = hunk.fromEnd
  }
  if (from.text.length > at) ops.push({ type: "keep", size: from.text.length - at })
  return ops
}

function markedOps(
  from: Inline,
  to: Inline,
  hunks: readonly Hunk[],
  hunkOps: (hunk: Hunk) => InlineOp[],
  place: Place,
): InlineOp[] {
  const pieces: Aligned[] = []
  const opsOf = new Map<Aligned, InlineOp[]>()
  let [atFrom, atTo] = [0, 0]
  for (const hunk of hunks) {
    addKept(pieces, from, to, atFrom, hunk.from, atTo)
    const fromMarks = marksIn(from, hunk.from, hunk.fromEnd)
    const piece: Aligned = { ...hunk, kept: false, fromMarks, toMarks: marksIn(to, hunk.to, hunk.toEnd), changes: [] }
    opsOf.set(piece, hunkOps(hunk))
    pieces.push(piece)
    atFrom = hunk.fromEnd
    atTo = hunk.toEnd
  }
  addKept(pieces, from, to, atFrom, from.text.length, atTo)
  markChanges(pieces, to, place)
  return joinedOps(
    pieces.flatMap((piece) => (piece.kept ? keptOp(piece, to) : withChanges(opsOf.get(piece)!, piece.changes))),
  )
}

// With the blank before it, which is on either side the same.
const oneWord = /^( ?)[A-Za-z][A-Za-z0-9]*$/

/** Where the texts differ, in the offsets of both; what lies between is the same to the last code unit. */
export function textHunks(from: Worded, to: Worded, budget: Budget): Hunk[] {
  const start = startInCommon(from, to)
  if (start === from.text.length && start === to.text.length) return []
  const tail = endInCommon(from, to, start)
  const [fromEnd, toEnd] = [from.text.length - tail, to.text.length - tail]
  const [gone, added] = [oneWord.exec(from.text.slice(start, fromEnd)), oneWord.exec(to.text.slice(start, toEnd))]
  // One word for another, by far the commonest edit: nothing to search.
  if (gone && added && gone[1] === added[1]) return [{ from: start + gone[1]!.length, fromEnd, to: start + gone[1]!.length, toEnd }]
  const a = tokenize(from.text, (at) => from.leafKey(at), start, fromEnd)
  const b = tokenize(to.text, (at) => to.leafKey(at), start, toEnd)
  const hunks: Hunk[] = []
  let atFrom = 0
  let atTo = 0
  for (const hunk of [
    ...diffTokens(a, b, budget),
    { from: a.keys.length, fromEnd: a.keys.length, to: b.keys.length, toEnd: b.keys.length },
  ]) {
    for (; atFrom < hunk.from; atFrom++, atTo++) {
      if (tokenText(a, atFrom, atFrom + 1) !== tokenText(b, atTo, atTo + 1))
        hunks.push({ from: atFrom, fromEnd: atFrom + 1, to: atTo, toEnd: atTo + 1 })
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

/** How much is the same at the start of both, up to a place where no token is cut. */
function startInCommon(from: Worded, to: Worded): number {
  const [a, b] = [from.text, to.text]
  let at = commonStart(a, b)
  for (let leaf = a.indexOf(LEAF); leaf !== -1 && leaf < at; leaf = a.indexOf(LEAF, leaf + 1))
    if (from.leafKey(leaf) !== to.leafKey(leaf)) at = leaf
  if (at === a.length && at === b.length) return at
  while (at > 0 && !(isSafeCut(a, at) && isSafeCut(b, at))) at--
  return at
}

/** The same at their end, without what `start` covers. */
function endInCommon(from: Worded, to: Worded, start: number): number {
  const [a, b] = [from.text, to.text]
  const shift = b.length - a.length
  const most = Math.min(a.length, b.length) - start
  let tail = commonEnd(a, b, most)
  for (let leaf = a.lastIndexOf(LEAF); leaf >= a.length - tail; leaf = a.lastIndexOf(LEAF, leaf - 1)) {
    if (from.leafKey(leaf) !== to.leafKey(leaf + shift)) tail = a.length - leaf - 1
    if (leaf === 0) break
  }
  // The letter before the cut has to be common as well.
  while (tail > 0 && (tail === most || !isSafeCut(a, a.length - tail))) tail--
  return tail
}

/** Adds the kept text from `start` cut wherever the marks of either side change. */
function addKept(pieces: Aligned[], from: Inline, to: Inline, start: number, end: number, toStart: number): void {
  const shift = toStart - start
  let [one, other] = [from.indexAt(start), to.indexAt(toStart)]
  for (let at = start; at < end;) {
    const a = from.spans[one]!
    const b = to.spans[other]!
    const next = Math.min(end, a.end, b.end - shift)
    const [fromMarks, toMarks] = [[marksOf(a)], [marksOf(b)]]
    pieces.push({
      from: at,
      fromEnd: next,
      to: at + shift,
      toEnd: next + shift,
      kept: true,
      fromMarks,
      toMarks,
      changes: [],
    })
    if (a.end === next) one++
    if (b.end - shift === next) other++
    at = next
  }
}

function marksIn(inline: Inline, start: number, end: number): Aligned["fromMarks"] {
  return inline
    .between(start, end)
    .filter(({ node }) => node !== null)
    .map(marksOf)
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
  return ops.map((op, at) =>
    at === last && op.type === "insert" ? { ...op, changes: [...op.changes, ...changes] } : op,
  )
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
