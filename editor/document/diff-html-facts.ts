import type { Node } from "prosemirror-model"
import type { FactAttrs } from "./attributes.ts"
import type { Change, Shell } from "./diff-edits.ts"
import { anchorOf, type Drawing, notesHtml, plainHtml, raw, visibleChanges } from "./diff-html-parts.ts"
import { factClass, factSpec } from "./fact-spec.ts"
import { valueText } from "./facts.ts"
import { type Tree, writeTree } from "./markup.ts"

// A list of facts may hold nothing but its rows, so what is said of a fact stands inside its cells.

/** A fact that was edited: its changes in a sentence, the value before and now, the rest as it is on this side. */
export function factHtml(node: Node, shell: Shell, changes: readonly Change[], note: string, drawing: Drawing): string {
  const [old, now] = [node.attrs as FactAttrs, shell.attrs as FactAttrs]
  const [name, value] = cells(now)
  const said = drawing.side === "old" ? "" : notesHtml(drawing, changes)
  const isNewValue = drawing.side === "both" && said !== "" && valueText(old) !== valueText(now)
  const before: Tree[] = isNewValue
    ? [["del", { class: "change removed fact", "data-label": "before" }, valueText(old)]]
    : []
  return writeTree(
    [
      "div",
      { class: factClass(now) },
      ["dt", ...name],
      ["dd", raw(said), ...before.flatMap((tree) => [tree, " "]), ...value],
    ],
    {
      content: () => note,
    },
  )
}

export function factPresenceHtml(
  act: "added" | "removed",
  node: Node,
  changes: readonly Change[],
  drawing: Drawing,
): string {
  const shown = visibleChanges(drawing, changes)
  if (shown.length === 0) return act === "added" ? plainHtml([node]) : ""
  drawing.drawn++
  const [name, value] = cells(node.attrs as FactAttrs)
  const tag = act === "added" ? "ins" : "del"
  const attrs = { class: `fact change ${act}`, ...anchorOf(drawing, shown) }
  return writeTree(["div", attrs, ["dt", [tag, { "data-label": act }, ...name]], ["dd", [tag, ...value]]], {
    content: () => plainHtml(node.children),
  })
}

/** A fact at its new place; the sentence stands in a row of its own above it. */
export function movedFactHtml(html: string, moved: Change, drawing: Drawing): string {
  drawing.drawn++
  const attrs = { class: "fact change moved structure", ...anchorOf(drawing, [moved]) }
  return writeTree(["div", attrs, ["dt", "Moved here"], ["dd", moved.description]]) + html
}

/** The contents of the two cells of a fact; those of the second hold the place of the note. */
function cells(fact: FactAttrs): [unknown[], unknown[]] {
  const [name, value] = factSpec(fact, { cite: undefined }) as unknown as [Tree, Tree]
  return [name.slice(1), value.slice(1)]
}
