import type { Node } from "prosemirror-model"
import { flattenList } from "./align-pieces.ts"
import type { ItemStep, ListShape, NodeEdit, Step } from "./diff-edits.ts"
import {
  anchorOf, changeAnchor, type Drawing, folded, foldHtml, type Part, part, plainHtml, raw, visibleChanges,
} from "./diff-html-parts.ts" // prettier-ignore
import { type Tree, writeTree } from "./markup.ts"

export type ListEdit = Extract<NodeEdit, { type: "list" }>
export type DrawSteps = (children: readonly Node[], steps: readonly Step[], drawing: Drawing) => Part[]

/** A list as it is now, with what was removed from it at its old place, down through all nesting. */
export function listHtml(node: Node, edit: ListEdit, drawing: Drawing, draw: DrawSteps): string {
  const owns = flattenList(node).map(({ own }) => own)
  const next = { step: 0 }
  /** The removed items that stand at the next step, at least so deep. */
  const drain = (least: number): Part[] => {
    const parts: Part[] = []
    for (;;) {
      const step = edit.steps[next.step]
      if (!step || step.type === "item" || step.depth < least) return parts
      next.step++
      parts.push(part(drawing, () => goneHtml(step, owns[step.from]!, drawing)))
    }
  }
  const drawList = (shape: ListShape, depth: number): string => {
    const parts: Part[] = []
    for (const item of shape.items) {
      // What went before an item stands before it, even if it stood less deep.
      parts.push(...drain(0))
      parts.push(part(drawing, () => drawItem(item, depth)))
      parts.push(...drain(depth))
    }
    return writeList(shape, folded(parts, (html, count) => writeTree(["li", { class: "unchanged" }, raw(foldHtml(writeList(shape, html), count, "items"))])))
  }
  const drawItem = (item: ListShape["items"][number], depth: number): string => {
    const step = edit.steps[next.step++] as Extract<ItemStep, { type: "item" }>
    const own = step.from === null ? newHtml(step.own) : draw(owns[step.from]!, step.own, drawing).map(({ html }) => html)
    const results = resultsOf(step.own, own)
    let html = ""
    for (const slot of item.slots) html += slot === "own" ? (results.shift() ?? "") : drawList(slot, depth + 1)
    html += results.join("")
    const gone = drain(depth + 1)
    if (gone.length > 0) html += writeTree(["ul", raw(gone.map(({ html }) => html).join(""))])
    return itemHtml(step, html, drawing)
  }
  return drawList(edit.shape, 0)
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
  const attrs = { class: ["change", isNew ? "added" : "moved", shown[0]!.class].join(" "), ...anchorOf(drawing, shown), "data-label": label }
  return writeTree(["li", attrs, isNew ? ["ins", raw(html)] : raw(html)])
}

/** An item that is gone, or the place where it was before it moved. */
export function goneHtml(step: Exclude<ItemStep, { type: "item" }>, own: readonly Node[], drawing: Drawing): string {
  const shown = visibleChanges(drawing, step.changes)
  const [change] = shown
  if (!change) return ""
  drawing.drawn++
  if (step.type === "left") {
    const link: Tree = ["a", { href: `#${changeAnchor(change)}` }, `moved, see change ${change.number}`]
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
