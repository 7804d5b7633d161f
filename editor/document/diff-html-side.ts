import type { Node } from "prosemirror-model"
import { flattenList } from "./align-pieces.ts"
import type { ListShape, NodeEdit, Step } from "./diff-edits.ts"
import { ownNotes, stepHtml, stepParts } from "./diff-html-blocks.ts"
import { goneHtml, itemHtml, type ListEdit, newHtml } from "./diff-html-lists.ts"
import { folded, foldHtml, type Part, part } from "./diff-html-folds.ts"
import { type Drawing, raw, shellHtml, type Side } from "./diff-html-parts.ts"
import { writeTree } from "./markup.ts"

/** The two versions side by side: a row for each block, and for each item, fact or part of one that was edited. */
export function sideHtml(children: readonly Node[], steps: readonly Step[], drawing: Drawing): string {
  const parts = steps
    .flatMap((step) => stepRows(children, step, drawing))
    .map(({ old, now, quiet }) => ({ html: rowHtml(old, now), quiet }))
  const fold = (html: string, count: number) =>
    writeTree([
      "tr",
      { class: "unchanged" },
      [
        "td",
        { colspan: 2 },
        raw(foldHtml(writeTree(["table", ["tbody", raw(html)]]), count, count === 1 ? "row" : "rows", drawing)),
      ],
    ])
  const head = ["thead", ["tr", ["th", { scope: "col" }, "Before"], ["th", { scope: "col" }, "Now"]]] as const
  // Two columns may be wider than a phone: the frame scrolls by itself, also by keyboard.
  const frame = { class: "diff diff-side", role: "group", tabindex: "0", "aria-label": "Before and now, side by side" }
  return writeTree(["div", frame, ["table", head, ["tbody", raw(folded(parts, fold))]]])
}

interface Row {
  old: string
  now: string
  quiet: boolean
}

function rowHtml(old: string, now: string): string {
  return writeTree(["tr", ["td", { class: "before" }, raw(old)], ["td", { class: "now" }, raw(now)]])
}

function stepRows(children: readonly Node[], step: Step, drawing: Drawing): Row[] {
  if (step.type === "edit" && !step.moved) {
    const rows = editRows(children[step.from]!, step.edit, drawing)
    if (rows) return rows
  }
  return [row(drawing, () => stepHtml(children, step, drawing))]
}

/** Draws both sides; the new one first, where the anchors of changes are looked for. */
function row(drawing: Drawing, draw: () => string): Row {
  const now = on("new", drawing, draw)
  const old = on("old", drawing, draw)
  return { old: old.html, now: now.html, quiet: old.quiet && now.quiet }
}

function on(side: Side, drawing: Drawing, draw: () => string): Part {
  drawing.side = side
  return part(drawing, draw)
}

/** The rows of a block that has parts of its own to be set beside each other. */
function editRows(node: Node, edit: NodeEdit, drawing: Drawing): Row[] | null {
  if (edit.type === "list") return [...noteRows(edit, drawing), ...itemRows(node, edit, drawing)]
  if (edit.type !== "children") return null
  const inner = edit.steps.flatMap((step) => stepRows(node.children, step, drawing))
  const within = inner.map(({ old, now, quiet }) => ({
    old: old && shellHtml(node, old),
    now: now && shellHtml(edit.shell, now),
    quiet,
  }))
  return [...noteRows(edit, drawing), ...within]
}

function noteRows(edit: Exclude<NodeEdit, { type: "relabel" }>, drawing: Drawing): Row[] {
  return edit.changes.length === 0 ? [] : [row(drawing, () => ownNotes(edit.changes, drawing))]
}

function itemRows(list: Node, edit: ListEdit, drawing: Drawing): Row[] {
  const units = flattenList(list)
  const tags = tagsOf(edit.shape)
  return edit.steps.map((step, index) => {
    const draw = (): string => {
      const unit = step.from === null ? null : units[step.from]!
      const isOld = drawing.side === "old"
      if (isOld ? !unit : step.type !== "item") return ""
      const [tag, depth] = isOld
        ? [unit!.list.type.name === "ordered_list" ? "ol" : "ul", unit!.depth]
        : [tags.get(index)!, step.depth]
      const own = (): string[] => {
        if (step.type !== "item") return []
        return unit ? stepParts(unit.own, step.own, drawing).map(({ html }) => html) : newHtml(step.own)
      }
      const html = own().join("")
      const item =
        step.type !== "item"
          ? goneHtml(step, unit!.own, drawing)
          : isOld
            ? writeTree(["li", raw(html)])
            : itemHtml(step, html, drawing)
      return writeTree([tag, { class: `depth-${depth}` }, raw(item)])
    }
    return row(drawing, draw)
  })
}

/** For each step that makes an item the kind of list it is in. */
function tagsOf(shape: ListShape, tags = new Map<number, string>()): Map<number, string> {
  for (const { step, slots } of shape.items) {
    tags.set(step, shape.type.name === "ordered_list" ? "ol" : "ul")
    for (const slot of slots) if (slot !== "own") tagsOf(slot, tags)
  }
  return tags
}
