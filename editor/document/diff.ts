import type { Node } from "prosemirror-model"
import { alignBlocks, type Alignment } from "./align.ts"
import { likeness } from "./align-likeness.ts"
import { blockPiece, DIFFERENT, familyOf, isList, SAME, sameness, samePieces, textOf } from "./align-pieces.ts"
import type { FactAttrs } from "./attributes.ts"
import { applySteps } from "./diff-apply.ts"
import { attributeChanges, namedBlock } from "./diff-attributes.ts"
import { type Comparison, diffChildren } from "./diff-blocks.ts"
import { newChange, quoted } from "./diff-changes.ts"
import type { Change, NodeEdit, Step } from "./diff-edits.ts"
import { factName } from "./diff-facts.ts"
import { diffInline } from "./diff-inline.ts"
import { diffList } from "./diff-lists.ts"
import { editChanges, listChanges } from "./diff-listing.ts"
import { diffTable } from "./diff-tables.ts"
import type { Place } from "./diff-text.ts"
import { newBudget } from "./diff-words.ts"

export { MisappliedDiff } from "./diff-apply.ts"
export { type Change, type ChangeClass, changeClasses, type ChangeKind } from "./diff-edits.ts"

/**
 * What changed between two documents. `steps` say it block by block, so that applying them to `from` gives the new
 * document; `changes` are those the steps hold, in the order of reading.
 */
export interface Diff {
  from: Node
  steps: readonly Step[]
  changes: readonly Change[]
  /** Whether applying the steps gives exactly the new document. If not, a reader has to be told. */
  complete: boolean
  /** Whether whole stretches are shown as replaced instead of word by word; `reason` is a sentence for readers. */
  coarse: boolean
  reason: string | null
}

/** The titles of the two pages, which are not part of their documents. */
export interface Titles {
  fromTitle: string
  toTitle: string
}

/** Compares two documents. The same two always give the same diff, in bounded time whatever they hold. */
export function diffDocuments(from: Node, to: Node, titles?: Titles): Diff {
  const comparison: Comparison = {
    budget: newBudget(),
    pair: (old, now, place) => diffPair(old, now, place, comparison),
  }
  const alignment = alignBlocks(from.children, to.children)
  const isOther = isOtherPage(from, to, alignment)
  const steps = diffChildren(from.children, to.children, top, comparison, isOther ? unpaired(from, to) : alignment)
  const changes = [...titleChanges(titles), ...listChanges(steps, from)]
  for (const [index, change] of changes.entries()) change.number = index + 1
  const spent = comparison.budget.spent
  return {
    from,
    steps,
    changes,
    complete: isExact(from, to, steps),
    coarse: isOther || spent > 0,
    reason: isOther ? OTHER_PAGE : spent > 0 ? tooDifferent(spent) : null,
  }
}

/** The new document: what the steps of a diff make of the old one. Throws `MisappliedDiff` if it is of another. */
export function applyDiff(from: Node, diff: Pick<Diff, "steps">): Node {
  return from.type.create(from.attrs, applySteps(from.children, diff.steps))
}

/** Blocks that are kept were compared when they were found to be; the others are made and compared. */
function isExact(from: Node, to: Node, steps: readonly Step[]): boolean {
  const results = applySteps(from.children, steps)
  if (results.length !== to.childCount) return false
  const kept = new Set<Node>()
  for (const step of steps) if (step.type === "keep") kept.add(from.child(step.from))
  return results.every((node, at) => kept.has(node) || sameness(node, to.child(at)) === SAME)
}

const top: Place = { where: "", part: null }

const OTHER_PAGE =
  "The new text has nothing in common with the old one: all of the old is shown as removed, all of the new as added."

function tooDifferent(stretches: number): string {
  const what = stretches === 1 ? "One stretch of text differs" : `${stretches} stretches of text differ`
  return `${what} too much to be compared word by word: shown as removed and added as a whole.`
}

function titleChanges(titles: Titles | undefined): Change[] {
  if (!titles || titles.fromTitle === titles.toTitle) return []
  const { fromTitle: from, toTitle: to } = titles
  return [
    newChange("title-changed", {
      class: "title",
      from,
      to,
      description: `Title changed from ${quoted(from)} to ${quoted(to)}`,
    }),
  ]
}

// Less than this in common is what any two texts of a language share.
const NOTHING_IN_COMMON = 0.1

/** Whether ids and places are all that the two pages share. */
function isOtherPage(from: Node, to: Node, { fromOf }: Alignment): boolean {
  if (from.childCount < 2 || to.childCount < 2) return false
  for (const [index, at] of fromOf.entries()) {
    if (at === -1) continue
    const [old, now] = [blockPiece(from.child(at)), blockPiece(to.child(index))]
    if (samePieces(old, now) !== DIFFERENT || likeness(old, now) >= NOTHING_IN_COMMON) return false
  }
  const saysSomething = (page: Node) => page.children.some((block) => textOf(blockPiece(block)) !== "")
  return saysSomething(from) && saysSomething(to)
}

function unpaired(from: Node, to: Node): Alignment {
  return {
    fromOf: to.children.map(() => -1),
    toOf: from.children.map(() => -1),
    same: [],
    moved: to.children.map(() => false),
  }
}

function diffPair(from: Node, to: Node, place: Place, comparison: Comparison): NodeEdit {
  const edit = editOf(from, to, place, comparison)
  // No difference may go unsaid, not even one that nobody has thought of yet.
  if (edit.type === "text" || edit.type === "relabel" || editChanges(edit).length > 0) return edit
  const change = newChange("attribute-changed", {
    class: "structure",
    part: place.part,
    description: `${namedBlock(to)} is arranged differently`,
  })
  return { ...edit, changes: [change] }
}

function editOf(from: Node, to: Node, around: Place, comparison: Comparison): NodeEdit {
  const place = to.type.name === "fact" ? { ...around, part: to.attrs.id } : around
  if (isList(from) && isList(to)) return diffList(from, to, place, comparison)
  const shell = { type: to.type, attrs: to.attrs }
  const changes = attributeChanges(from, to, place)
  if (from.isTextblock) {
    return { type: "text", shell, ops: diffInline([from], [to], inside(to, place), comparison.budget).ops, changes }
  }
  if (familyOf(from) === "table") return diffTable(from, to, place, comparison)
  return { type: "children", shell, steps: diffChildren(from.children, to.children, place, comparison), changes }
}

/** Where the words of a textblock are that no one would look for in plain paragraphs. */
function inside(node: Node, place: Place): Place {
  if (node.type.name === "fact") return { ...place, where: ` in the note of ${factName(node.attrs as FactAttrs)}` }
  return node.type.name === "figure" ? { ...place, where: " in the caption of a picture" } : place
}
