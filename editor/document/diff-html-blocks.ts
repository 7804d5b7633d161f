import { Fragment, type Node } from "prosemirror-model"
import { factHtml, factPresenceHtml, movedFactHtml } from "./diff-html-facts.ts"
import { listHtml, resultsOf } from "./diff-html-lists.ts"
import { type Part, part } from "./diff-html-folds.ts"
import {
  anchorOf,
  changeAnchor,
  type Drawing,
  keptHtml,
  marked,
  notesHtml,
  opsHtml,
  plainHtml,
  raw,
  shellHtml,
  visibleChanges,
} from "./diff-html-parts.ts"
import { tableHtml } from "./diff-html-tables.ts"
import { namedBlock } from "./diff-attributes.ts"
import { textblocks } from "./diff-reshape.ts"
import type { Change, NodeEdit, Shape, Shell, Step } from "./diff-edits.ts"
import { writeTree } from "./markup.ts"

/** Each step drawn on the side that the drawing shows; empty where that side has nothing of it. */
export function stepParts(children: readonly Node[], steps: readonly Step[], drawing: Drawing): Part[] {
  return steps.map((step) => part(drawing, () => stepHtml(children, step, drawing)))
}

export function stepHtml(children: readonly Node[], step: Step, drawing: Drawing): string {
  const { side } = drawing
  switch (step.type) {
    case "keep":
      return movedHtml(keptHtml(children[step.from]!), step.moved, children[step.from]!, drawing)
    case "insert":
      return side === "old" ? "" : presenceHtml("added", step.node, step.changes, drawing)
    case "delete":
      return side === "new" ? "" : presenceHtml("removed", children[step.from]!, step.changes, drawing)
    case "edit":
      return movedHtml(editHtml(children[step.from]!, step.edit, drawing), step.moved, children[step.from]!, drawing)
    case "left":
      return side === "new" ? "" : leftHtml(children[step.from]!, step.moved, drawing)
    case "reshape":
      return reshapeHtml(
        step.from.map((at) => children[at]!),
        step,
        drawing,
      )
    case "regroup": {
      const old = step.from.map((at) => children[at]!)
      return movedHtml(regroupHtml(old, step, drawing), step.moved, old[0]!, drawing)
    }
  }
}

/** A block that was edited. Its own changes are said above it, those inside are drawn where they are. */
export function editHtml(node: Node, edit: NodeEdit, drawing: Drawing): string {
  switch (edit.type) {
    case "relabel":
      return plainHtml([node])
    case "text":
      return textHtml(node, edit, drawing)
    case "children": {
      const shell = drawing.side === "old" ? node : edit.shell
      const inside = stepParts(node.children, edit.steps, drawing).map(({ html }) => html)
      return ownNotes(edit.changes, drawing) + shellHtml(shell, inside.join(""))
    }
    case "list":
      return ownNotes(edit.changes, drawing) + listHtml(node, edit, drawing, stepParts)
    case "table":
      return ownNotes(edit.changes, drawing) + tableHtml(node, edit, drawing)
  }
}

/** What is said of a block itself; once, beside the new one. */
export function ownNotes(changes: readonly Change[], drawing: Drawing): string {
  return drawing.side === "old" ? "" : notesHtml(drawing, changes)
}

function textHtml(node: Node, edit: Extract<NodeEdit, { type: "text" }>, drawing: Drawing): string {
  const shell: Shell = drawing.side === "old" ? node : edit.shell
  const inside = opsHtml(node.content, edit.ops, drawing)[0]!
  if (node.type.name === "fact") return factHtml(node, shell, edit.changes, inside, drawing)
  const isNewPicture = node.type.name === "figure" && node.attrs.src !== edit.shell.attrs.src
  const old = isNewPicture && drawing.side === "both" ? oldPicture(node, drawing) : ""
  return ownNotes(edit.changes, drawing) + old + shellHtml(shell, inside)
}

function oldPicture(figure: Node, drawing: Drawing): string {
  if (figure.attrs.src === null || drawing.hide.has("picture")) return ""
  return marked(drawing, "del", "removed", "picture before", [], plainHtml([figure.copy(Fragment.empty)]))
}

function regroupHtml(old: readonly Node[], step: Extract<Step, { type: "regroup" }>, drawing: Drawing): string {
  const content = Fragment.fromArray(old.flatMap((node) => node.content.content))
  const shells: readonly Shell[] = drawing.side === "old" ? old : step.shells
  // Said first: the blank that gave way to the boundary is part of the same change, and shows nothing by itself.
  const notes = ownNotes(step.changes, drawing)
  const parts = opsHtml(content, step.ops, drawing)
  return notes + shells.map((shell, at) => shellHtml(shell, parts[at] ?? "")).join("")
}

function reshapeHtml(old: readonly Node[], step: Extract<Step, { type: "reshape" }>, drawing: Drawing): string {
  if (drawing.side === "old") return plainHtml(old)
  const parts = stepParts(old.flatMap(textblocks), step.steps, drawing).map(({ html }) => html)
  const made = resultsOf(step.steps, parts)
  const build = (shape: Shape): string =>
    shape.children === null ? (made.shift() ?? "") : shellHtml(shape, shape.children.map(build).join(""))
  return ownNotes(step.changes, drawing) + step.shapes.map(build).join("") + made.join("")
}

function presenceHtml(act: "added" | "removed", node: Node, changes: readonly Change[], drawing: Drawing): string {
  if (node.type.name === "fact") return factPresenceHtml(act, node, changes, drawing)
  const isHidden = changes.length > 0 && visibleChanges(drawing, changes).length === 0
  if (isHidden) return act === "added" ? plainHtml([node]) : ""
  const tag = act === "added" ? "ins" : "del"
  return marked(drawing, "div", act, act, changes, writeTree([tag, raw(plainHtml([node]))]))
}

function movedHtml(html: string, moved: Change | null, node: Node, drawing: Drawing): string {
  if (!moved || drawing.side === "old" || visibleChanges(drawing, [moved]).length === 0) return html
  return node.type.name === "fact"
    ? movedFactHtml(html, moved, drawing)
    : marked(drawing, "div", "moved", "moved here", [moved], html)
}

/** Where a block was before it moved: a line that leads to where it is now. */
function leftHtml(node: Node, moved: Change, drawing: Drawing): string {
  if (visibleChanges(drawing, [moved]).length === 0) return ""
  drawing.drawn++
  const link = ["a", { href: `#${changeAnchor(moved, drawing)}` }, `moved, see change ${moved.number}`]
  if (node.type.name === "fact") return writeTree(["div", { class: "fact change-left" }, ["dt", "Fact"], ["dd", link]])
  return writeTree(["p", { class: "change-left" }, `${namedBlock(node)} `, link])
}

/** The changes that nothing drawn so far led to, so that each number of the list is on the page. */
export function restHtml(changes: readonly Change[], drawing: Drawing): string {
  const rest = visibleChanges(drawing, changes).filter((change) => !drawing.anchored.has(change))
  if (rest.length === 0) return ""
  const items = rest.map((change) => [
    "li",
    { ...anchorOf(drawing, [change]), class: `change ${change.class}` },
    change.description,
  ])
  return writeTree(["ul", { class: "change-rest" }, ...items])
}
