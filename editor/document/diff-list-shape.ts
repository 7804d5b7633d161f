import type { Node } from "prosemirror-model"
import type { Alignment } from "./align-passes.ts"
import { isList, type Unit } from "./align-pieces.ts"
import { attributeChanges, blockText } from "./diff-attributes.ts"
import { newChange, quoted } from "./diff-changes.ts"
import type { Change, ListShape, Step } from "./diff-edits.ts"

/** The list without its text; `places` has the step that makes each of its items, in the order of `flattenList`. */
export function shapeOf(list: Node, places: readonly number[], next = { unit: 0 }): ListShape {
  const items = list.children.map((item) => {
    const step = places[next.unit++]!
    const slots = item.children.map((child) => (isList(child) ? shapeOf(child, places, next) : ("own" as const)))
    return { shell: { type: item.type, attrs: item.attrs }, step, slots }
  })
  return { type: list.type, attrs: list.attrs, items }
}

/** Whether an item stands under the same item as before, or at the top as before. */
export function staysUnder(before: Unit, now: Unit, toOf: readonly number[]): boolean {
  return before.parent === -1 ? now.parent === -1 : now.parent !== -1 && toOf[before.parent] === now.parent
}

/**
 * What became of nested lists themselves, whose items are compared as if there was only one list: their kind, two that
 * became one or one that became two, and a list that changed places with a paragraph of its item. `ownOf` has the steps
 * of the paragraphs of each new item that was there before.
 */
export function shapeChanges(
  old: readonly Unit[],
  now: readonly Unit[],
  { fromOf, toOf }: Alignment,
  ownOf: ReadonlyMap<number, readonly Step[]>,
): Change[] {
  const changes: Change[] = []
  const cameFrom = new Map<Node, Set<Node>>()
  const wentTo = new Map<Node, Set<Node>>()
  for (const [index, unit] of now.entries()) {
    const before = old[fromOf[index]!]
    if (!before || unit.parent === -1 || !staysUnder(before, unit, toOf)) continue
    add(cameFrom, unit.list, before.list)
    add(wentTo, before.list, unit.list)
  }
  for (const [list, sources] of cameFrom) {
    const [source] = sources
    changes.push(...attributeChanges(source!, list, { where: " in a list item", part: null }))
    if (sources.size > 1) changes.push(structural("Nested lists became one list", list))
  }
  for (const [list, targets] of wentTo) {
    if (targets.size > 1) changes.push(structural(`Nested list became ${targets.size} lists`, list))
  }
  for (const [index, steps] of ownOf) {
    const unit = now[index]!
    if (!isRearranged(old[fromOf[index]!]!.item, unit.item, steps, wentTo)) continue
    const name = quoted(blockText(unit.item.child(0)))
    changes.push(structural(`Paragraphs and lists of list item ${name} in another order`, unit.item))
  }
  return changes
}

function add(map: Map<Node, Set<Node>>, key: Node, value: Node): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

function structural(description: string, { attrs }: Node): Change {
  return newChange("attribute-changed", { class: "structure", part: attrs.id, description })
}

/** Whether a list that stayed in its item has another number of the paragraphs that stayed before it. */
function isRearranged(
  from: Node,
  to: Node,
  steps: readonly Step[],
  wentTo: ReadonlyMap<Node, ReadonlySet<Node>>,
): boolean {
  if (from.childCount === 1 || to.childCount === 1) return false
  const stayed = new Set<number>()
  const stayedTo = new Set<number>()
  let at = 0
  for (const step of steps) {
    if (step.type === "insert") at++
    if (step.type === "reshape") at += step.shapes.length
    if (step.type !== "keep" && step.type !== "edit" && step.type !== "regroup") continue
    stayed.add(step.type === "regroup" ? step.from[0]! : step.from)
    stayedTo.add(at)
    at += step.type === "regroup" ? step.shells.length : 1
  }
  const before = paragraphsBefore(from, stayed)
  const after = paragraphsBefore(to, stayedTo)
  return [...before].some(([list, count]) =>
    [...(wentTo.get(list) ?? [])].some((target) => (after.get(target) ?? count) !== count),
  )
}

/** For each list in an item how many of the counted paragraphs stand before it. */
function paragraphsBefore(item: Node, counted: ReadonlySet<number>): Map<Node, number> {
  const found = new Map<Node, number>()
  let paragraphs = 0
  let count = 0
  for (const child of item.children) {
    if (isList(child)) found.set(child, count)
    else if (counted.has(paragraphs++)) count++
  }
  return found
}
