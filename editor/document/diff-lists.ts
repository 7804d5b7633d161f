import type { Node } from "prosemirror-model"
import { type Alignment, alignPieces } from "./align-passes.ts"
import { flattenList, itemPiece, SAME, type Sameness, type Unit } from "./align-pieces.ts"
import { attributeChanges, blockText } from "./diff-attributes.ts"
import { type Comparison, diffChildren, pairStep } from "./diff-blocks.ts"
import { countWords, newChange, quoted } from "./diff-changes.ts"
import type { Change, ItemStep, NodeEdit, Step } from "./diff-edits.ts"
import { shapeChanges, shapeOf, staysUnder } from "./diff-list-shape.ts"
import type { Place } from "./diff-text.ts"

/** What became of a list, item by item through all nesting. */
export function diffList(from: Node, to: Node, place: Place, comparison: Comparison): NodeEdit {
  const [old, now] = [flattenList(from), flattenList(to)]
  const alignment = alignPieces(
    old.map(({ item }) => itemPiece(item)),
    now.map(({ item }) => itemPiece(item)),
  )
  const { added, removed, moved, nested } = itemChanges(old, now, alignment)
  const behind = leftBehind(old, alignment, moved)
  const ownOf = new Map<number, readonly Step[]>()
  const steps: ItemStep[] = []
  const places: number[] = []
  const showLeft = (index: number) => {
    for (const at of behind.get(index) ?? []) steps.push(leftStep(at, old[at]!.depth, moved.get(at), removed.get(at)))
  }
  showLeft(-1)
  for (const [index, { item, depth, own }] of now.entries()) {
    const at = alignment.fromOf[index]!
    places.push(steps.length)
    if (at === -1) {
      const inserted = own.map((node): Step => ({ type: "insert", node, changes: [] }))
      steps.push({ type: "item", from: null, depth, own: inserted, changes: [added.get(index)!] })
    } else {
      const kept = ownSteps(old[at]!.own, own, alignment.same[index], item.attrs.id, comparison)
      ownOf.set(index, kept)
      steps.push({ type: "item", from: at, depth, own: kept, changes: known(moved.get(at), nested.get(at)) })
    }
    showLeft(index)
  }
  const changes = [...attributeChanges(from, to, place), ...shapeChanges(old, now, alignment, ownOf)]
  return { type: "list", shape: shapeOf(to, places), steps, changes }
}

const keepOne: Step[] = [{ type: "keep", from: 0, moved: null }]

/** Most items have one paragraph, and most of those did not change. */
function ownSteps(
  old: readonly Node[],
  now: readonly Node[],
  found: Sameness | undefined,
  part: string | null,
  comparison: Comparison,
): Step[] {
  if (found === SAME) return old.length === 1 ? keepOne : old.map((_, from) => ({ type: "keep", from, moved: null }))
  const place = { where: " in a list item", part }
  if (old.length !== 1 || now.length !== 1) return diffChildren(old, now, place, comparison)
  return [pairStep(old[0]!, now[0]!, 0, null, place, comparison)]
}

/** By index in the old list, `added` in the new one. What goes or comes with the item above it shares its change. */
interface ItemChanges {
  added: Map<number, Change>
  removed: Map<number, Change>
  moved: Map<number, Change>
  nested: Map<number, Change>
}

function itemChanges(
  old: readonly Unit[],
  now: readonly Unit[],
  { fromOf, toOf, moved: isMoved }: Alignment,
): ItemChanges {
  const moved = new Map<number, Change>()
  const nested = new Map<number, Change>()
  for (const [index, unit] of now.entries()) {
    const at = fromOf[index]!
    if (at === -1) continue
    const stays = staysUnder(old[at]!, unit, toOf)
    const above = stays ? moved.get(old[at]!.parent) : undefined
    if (isMoved[index]) moved.set(at, above ?? placeChange("item-moved", unit, "moved"))
    else if (!stays) nested.set(at, nesting(old[at]!, unit, now))
  }
  return {
    added: presences("added", now, fromOf),
    removed: presences("removed", old, toOf),
    moved,
    nested,
  }
}

function nesting(before: Unit, unit: Unit, now: readonly Unit[]): Change {
  if (unit.depth > before.depth) return placeChange("item-indented", unit, "indented")
  if (unit.depth < before.depth) return placeChange("item-outdented", unit, "outdented")
  const above = now[unit.parent]
  return placeChange("item-moved", unit, above ? `now stands under ${quoted(ownText(above))}` : "moved")
}

function placeChange(kind: "item-moved" | "item-indented" | "item-outdented", unit: Unit, what: string): Change {
  const text = ownText(unit)
  return newChange(kind, {
    class: "structure",
    part: unit.item.attrs.id,
    from: text,
    to: text,
    description: `${nameOf(unit)} ${what}`,
  })
}

function presences(
  act: "added" | "removed",
  units: readonly Unit[],
  counterpart: readonly number[],
): Map<number, Change> {
  const found = new Map<number, Change>()
  const side = act === "added" ? "to" : "from"
  for (const [index, unit] of units.entries()) {
    if (counterpart[index] !== -1) continue
    const text = ownText(unit)
    const words = countWords(text)
    const above = found.get(unit.parent)
    if (above) {
      above[side] += `\n${text}`
      above[act] += words
    }
    const description = `${nameOf(unit)} ${act}`
    const given = {
      class: text ? ("text" as const) : ("structure" as const),
      part: unit.item.attrs.id,
      [side]: text,
      [act]: words,
      description,
    }
    found.set(index, above ?? newChange(`item-${act}`, given))
  }
  return found
}

function leftStep(from: number, depth: number, move: Change | undefined, removed: Change | undefined): ItemStep {
  return move ? { type: "left", from, depth, changes: [move] } : { type: "delete", from, depth, changes: [removed!] }
}

function known(...changes: readonly (Change | undefined)[]): Change[] {
  return changes.filter((change) => change !== undefined)
}

function ownText(unit: Unit): string {
  return unit.own.map(blockText).join("\n").trim()
}

function nameOf(unit: Unit): string {
  const text = ownText(unit)
  return text ? `List item ${quoted(text)}` : "Empty list item"
}

/** For each new index, and -1 for the start, the old items to be shown after it because they are gone or moved away. */
function leftBehind(
  old: readonly Unit[],
  { toOf }: Alignment,
  moved: ReadonlyMap<number, Change>,
): Map<number, number[]> {
  const behind = new Map<number, number[]>()
  let last = -1
  for (const at of old.keys()) {
    if (toOf[at]! >= 0 && !moved.has(at)) last = toOf[at]!
    else behind.set(last, [...(behind.get(last) ?? []), at])
  }
  return behind
}
