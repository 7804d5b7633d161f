import type { Node } from "prosemirror-model"
import type { Alignment } from "./align-passes.ts"
import { containment, mapWords } from "./align-likeness.ts"
import { blockPiece, isSameNode, type Piece } from "./align-pieces.ts"
import { attributeChanges, blockName, blockText, capital } from "./diff-attributes.ts"
import { countWords, newChange, quoted } from "./diff-changes.ts"
import type { Change } from "./diff-edits.ts"
import { diffInline, type InlineDiff } from "./diff-inline.ts"
import type { Place } from "./diff-text.ts"
import { type Budget } from "./diff-words.ts"

/** One textblock that became several in a row, or several that became one. Indexes are of the two lists of children. */
export interface Regroup {
  from: readonly number[]
  to: readonly number[]
  inline: InlineDiff
  /** The split or join itself, and what else the blocks became. */
  changes: readonly Change[]
}

/** The paragraphs that were split or joined: where that says less was removed and added than anything else would. */
export function findRegroups(
  from: readonly Node[],
  to: readonly Node[],
  { fromOf, toOf }: Alignment,
  place: Place,
  budget: Budget,
): Regroup[] {
  const open = { from: toOf.some((index) => index === -1), to: fromOf.some((index) => index === -1) }
  if (!open.from && !open.to) return []
  const pieces = { from: from.map(blockPiece), to: to.map(blockPiece) }
  const groups: Regroup[] = []
  const taken = new Set<number>()
  if (open.to) {
    for (const { one, many, partner } of candidates(pieces.from, pieces.to, toOf, fromOf)) {
      if (many.some((index) => taken.has(index))) continue
      const group = split(one, many, partner, from, to, place, budget)
      if (group) groups.push(group)
      if (group) for (const index of many) taken.add(index)
    }
  }
  if (open.from) {
    const takenFrom = new Set(groups.flatMap((group) => group.from))
    for (const { one, many, partner } of candidates(pieces.to, pieces.from, fromOf, toOf)) {
      if (taken.has(one) || many.some((index) => takenFrom.has(index))) continue
      const group = join(one, many, partner, from, to, place, budget)
      if (group) groups.push(group)
      if (group) for (const index of many) takenFrom.add(index)
    }
  }
  return groups
}

interface Candidate {
  one: number
  many: number[]
  partner: number
}

// Half the words of each part have to come from the whole.
const CONTAINED = 0.5

/** Where the words of one block on this side stand in several neighbours on the other: only there a look pays. */
function* candidates(
  ones: readonly Piece[],
  others: readonly Piece[],
  otherOf: readonly number[],
  oneOf: readonly number[],
): Generator<Candidate> {
  for (const [one, piece] of ones.entries()) {
    if (piece.family !== "text") continue
    const partner = otherOf[one]!
    const start = partner >= 0 ? partner : one === 0 ? 0 : (otherOf[one - 1] ?? -2) + 1
    const isFree = (index: number) => oneOf[index] === -1 && others[index]!.family === "text"
    if (partner >= 0 ? !isFree(start - 1) && !isFree(start + 1) : start < 0 || !isFree(start)) continue
    if (partner >= 0 && isSameNode(piece.nodes[0]!, others[partner]!.nodes[0]!)) continue
    const left = new Map(mapWords(piece))
    const takes = (index: number) => {
      const words = mapWords(others[index]!)
      if (containment(words, left) < CONTAINED) return false
      for (const [word, count] of words) left.set(word, (left.get(word) ?? 0) - count)
      return true
    }
    const many: number[] = []
    if (partner >= 0) {
      for (const [word, count] of mapWords(others[partner]!)) left.set(word, (left.get(word) ?? 0) - count)
      for (let index = start - 1; isFree(index) && takes(index); index--) many.unshift(index)
      many.push(partner)
    }
    for (let index = partner >= 0 ? start + 1 : start; isFree(index) && takes(index); index++) many.push(index)
    if (many.length > 1) yield { one, many, partner }
  }
}

function split(
  one: number,
  many: readonly number[],
  partner: number,
  from: readonly Node[],
  to: readonly Node[],
  place: Place,
  budget: Budget,
): Regroup | null {
  const whole = from[one]!
  const parts = many.map((index) => to[index]!)
  const how = parts.length === 2 ? `in two before ${quoted(blockText(parts[1]!))}` : `into ${parts.length}`
  const change = newChange("block-split", {
    class: "structure",
    part: place.part,
    from: blockText(whole),
    to: parts.map(blockText).join("\n"),
    description: `${capital(blockName(whole))} split ${how}${place.where}`,
  })
  const inline = diffInline([whole], parts, place, budget, change)
  const apart = costApart(whole, parts, partner >= 0 ? to[partner]! : null, (part) =>
    diffInline([whole], [part], place, budget),
  )
  if (cost(inline.changes) > apart * WORTH) return null
  return {
    from: [one],
    to: many,
    inline,
    changes: [change, ...parts.flatMap((part) => attributeChanges(whole, part, place))],
  }
}

function join(
  one: number,
  many: readonly number[],
  partner: number,
  from: readonly Node[],
  to: readonly Node[],
  place: Place,
  budget: Budget,
): Regroup | null {
  const whole = to[one]!
  const parts = many.map((index) => from[index]!)
  const main = partner >= 0 ? from[partner]! : parts[0]!
  const rest = quoted(blockText(parts[1]!))
  const change = newChange("blocks-joined", {
    class: "structure",
    part: place.part,
    from: parts.map(blockText).join("\n"),
    to: blockText(whole),
    description:
      parts.length === 2
        ? `${capital(blockName(parts[1]!))} ${rest} joined to the one before${place.where}`
        : `${parts.length} ${blockName(main)}s joined${place.where}`,
  })
  const inline = diffInline(parts, [whole], place, budget, change)
  const apart = costApart(whole, parts, partner >= 0 ? main : null, (part) =>
    diffInline([part], [whole], place, budget),
  )
  if (cost(inline.changes) > apart * WORTH) return null
  return { from: many, to: [one], inline, changes: [change, ...attributeChanges(main, whole, place)] }
}

// A split or join has to explain clearly more than it costs.
const WORTH = 0.7

/** How many words would have to be shown as removed and added if the blocks were compared one by one. */
function costApart(
  whole: Node,
  parts: readonly Node[],
  partner: Node | null,
  compare: (part: Node) => InlineDiff,
): number {
  let sum = partner ? cost(compare(partner).changes) : words(whole)
  for (const part of parts) if (part !== partner) sum += words(part)
  return sum
}

function cost(changes: readonly Change[]): number {
  return changes.reduce((sum, { added, removed }) => sum + added + removed, 0)
}

function words(node: Node): number {
  return countWords(node.textContent)
}
