import type { Node } from "prosemirror-model"
import { flattenList } from "./align-pieces.ts"
import type { ItemStep, ListShape, NodeEdit, Step } from "./diff-edits.ts"
import { folded, foldHtml, type Part, part } from "./diff-html-folds.ts"
import { anchorOf, changeAnchor, type Drawing, plainHtml, raw, visibleChanges } from "./diff-html-parts.ts"
import { type Tree, writeTree } from "./markup.ts"

export type ListEdit = Extract<NodeEdit, { type: "list" }>
export type DrawSteps = (children: readonly Node[], steps: readonly Step[], drawing: Drawing) => Part[]

/** A list as it is now, with what was removed from it at its old place, down through all nesting. */
export function listHtml(node: Node, edit: ListEdit, drawing: Drawing, draw: DrawSteps): string {
  const owns = flattenList(node).map(({ own }) => own)
  return shapeHtml(edit.shape, 0, { steps: edit.steps, next: 0, owns, drawing, draw })
}

/** How far the steps of a list are drawn; `owns` are the paragraphs of its old items. */
interface Course {
  steps: readonly ItemStep[]
  next: number
  owns: readonly (readonly Node[])[]
  drawing: Drawing
  draw: DrawSteps
}

function shapeHtml(shape: ListShape, depth: number, course: Course): string {
  const parts: Part[] = []
  for (const item of shape.items) {
    // What went before an item stands before it, even if it stood less deep.
    parts.push(...goneParts(0, course))
    parts.push(part(course.drawing, () => keptHtml(item, depth, course)))
    parts.push(...goneParts(depth, course))
  }
  const fold = (html: string, count: number) =>
    writeTree(["li", { class: "unchanged" }, raw(foldHtml(writeList(shape, html), count, "items", course.drawing))])
  return writeList(shape, folded(parts, fold))
}

/** The removed items that stand at the next step, at least so deep. */
function goneParts(least: number, course: Course): Part[] {
  const parts: Part[] = []
  for (;;) {
    const step = course.steps[course.next]
    if (!step || step.type === "item" || step.depth < least) return parts
    course.next++
    parts.push(part(course.drawing, () => goneHtml(step, course.owns[step.from]!, course.drawing)))
  }
}

function keptHtml({ slots }: ListShape["items"][number], depth: number, course: Course): string {
  const step = course.steps[course.next++] as Extract<ItemStep, { type: "item" }>
  const draw = (at: number) => course.draw(course.owns[at]!, step.own, course.drawing).map(({ html }) => html)
  const results = resultsOf(step.own, step.from === null ? newHtml(step.own) : draw(step.from))
  let html = ""
  for (const slot of slots) html += slot === "own" ? (results.shift() ?? "") : shapeHtml(slot, depth + 1, course)
  html += results.join("")
  const gone = goneParts(depth + 1, course)
  if (gone.length > 0) html += writeTree(["ul", raw(gone.map(({ html }) => html).join(""))])
  return itemHtml(step, html, course.drawing)
}

/** The paragraphs of an item that is new as a whole, which says so itself. */
export function newHtml(own: readonly Step[]): string[] {
  return own.map((step) => (step.type === "insert" ? plainHtml([step.node]) : ""))
}

/** One list item with its changes said before it. */
export function itemHtml(step: ItemStep, html: string, drawing: Drawing): string {
  const shown = visibleChanges(drawing, step.changes)
  if (shown.length === 0) return writeTree(["li", raw(html)])
  drawing.drawn++
  const isNew = step.type === "item" && step.from === null
  const label = isNew ? "added" : shown.map(({ kind }) => kind.replace("item-", "")).join(", ")
  const attrs = {
    class: ["change", isNew ? "added" : "moved", shown[0]!.class].join(" "),
    ...anchorOf(drawing, shown),
    "data-label": label,
  }
  return writeTree(["li", attrs, isNew ? ["ins", raw(html)] : raw(html)])
}

/** An item that is gone, or the place where it was before it moved. */
export function goneHtml(step: Exclude<ItemStep, { type: "item" }>, own: readonly Node[], drawing: Drawing): string {
  const shown = visibleChanges(drawing, step.changes)
  const [change] = shown
  if (!change) return ""
  drawing.drawn++
  if (step.type === "left") {
    const link: Tree = ["a", { href: `#${changeAnchor(change, drawing)}` }, `moved, see change ${change.number}`]
    return writeTree(["li", { class: "change-left" }, link])
  }
  const attrs = { class: `change removed ${change.class}`, ...anchorOf(drawing, shown), "data-label": "removed" }
  return writeTree(["li", attrs, ["del", raw(plainHtml(own))]])
}

function writeList({ type, attrs }: ListShape, html: string): string {
  return type.name === "ordered_list"
    ? writeTree(["ol", attrs.start === 1 ? {} : { start: attrs.start }, raw(html)])
    : writeTree(["ul", raw(html)])
}

/** One piece of HTML for each paragraph that results; what was removed stands with what it followed. */
export function resultsOf(steps: readonly Step[], html: readonly string[]): string[] {
  const results: string[] = []
  let before = ""
  for (const [at, step] of steps.entries()) {
    const isResult = step.type !== "delete" && step.type !== "left"
    if (isResult) {
      results.push(before + html[at]!)
      before = ""
      // What was split is drawn as one piece.
      if (step.type === "regroup") results.push(...step.shells.slice(1).map(() => ""))
    } else if (results.length > 0) {
      results[results.length - 1] += html[at]!
    } else {
      before += html[at]!
    }
  }
  return before ? [before, ...results] : results
}
