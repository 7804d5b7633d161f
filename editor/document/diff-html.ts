import type { Diff } from "./diff.ts"
import type { Change, ChangeClass } from "./diff-edits.ts"
import { restHtml, stepParts } from "./diff-html-blocks.ts"
import { folded, foldHtml } from "./diff-html-folds.ts"
import { changeAnchor, type Drawing, marked, raw, visibleChanges } from "./diff-html-parts.ts"
import { sideHtml } from "./diff-html-side.ts"
import { sourceHtml } from "./diff-html-source.ts"
import { escapeText, writeAttr, writeTree } from "./markup.ts"

export const diffViews = ["inline", "side", "source"] as const
export type DiffView = (typeof diffViews)[number]

export interface DiffHtmlOptions {
  /** Classes of changes that are not drawn; how many that leaves out is said. */
  hide?: readonly ChangeClass[]
  /** What the ids of changes begin with: a name of the diff, where several are drawn on one page. */
  prefix?: string
  /** Leaves out what did not change, but says how much it is. */
  brief?: boolean
}

/**
 * A diff drawn: in one text, side by side, or as lines of Markdown. Each change that is shown has an element of the id
 * "c" and its number; stretches without a change are folded. Says so when the diff is coarse or not complete.
 */
export function diffHtml(diff: Diff, view: DiffView, options: DiffHtmlOptions = {}): string {
  const drawing = newDrawing(options)
  const title = titleHtml(
    diff.changes.filter(({ kind }) => kind === "title-changed"),
    drawing,
  )
  const body = bodyHtml(diff, view, drawing)
  return warningsHtml(diff) + title + body + restHtml(diff.changes, drawing) + hiddenHtml(diff.changes, drawing)
}

/** The numbered list of changes, each leading to its place in the drawing of the same options. */
export function changeListHtml(diff: Pick<Diff, "changes">, options: DiffHtmlOptions = {}): string {
  const drawing = newDrawing(options)
  let items = ""
  for (const change of visibleChanges(drawing, diff.changes)) {
    const link = `<a ${writeAttr("href", `#${changeAnchor(change, drawing)}`)}>${escapeText(change.description)}</a>`
    items += `<li value="${change.number}" class="${change.class}">${link}</li>`
  }
  const list = items === "" ? "" : `<ol class="change-list">${items}</ol>`
  return list + hiddenHtml(diff.changes, drawing)
}

/** How many changes there are of each class that occurs: what a filter offers. */
export function changeCounts(diff: Pick<Diff, "changes">): Partial<Record<ChangeClass, number>> {
  const counts: Partial<Record<ChangeClass, number>> = {}
  for (const change of diff.changes) counts[change.class] = (counts[change.class] ?? 0) + 1
  return counts
}

function newDrawing({ hide = [], prefix = "", brief = false }: DiffHtmlOptions): Drawing {
  return { side: "both", prefix, brief, hide: new Set(hide), anchored: new Set(), drawn: 0 }
}

function bodyHtml({ from, steps }: Diff, view: DiffView, drawing: Drawing): string {
  if (view === "source") return sourceHtml(from, steps, drawing)
  if (view === "side") return sideHtml(from.children, steps, drawing)
  const parts = stepParts(from.children, steps, drawing)
  const html = folded(parts, (html, count) => foldHtml(html, count, "blocks", drawing))
  return writeTree(["div", { class: "diff diff-inline" }, raw(html)])
}

function titleHtml(changes: readonly Change[], drawing: Drawing): string {
  const [change] = visibleChanges(drawing, changes)
  if (!change) return ""
  const old = marked(drawing, "del", "removed", "removed", [change], escapeText(change.from ?? ""))
  const now = marked(drawing, "ins", "added", "added", [change], escapeText(change.to ?? ""))
  return writeTree(["p", { class: "diff-title", "data-label": "title" }, raw(`${old} ${now}`)])
}

function warningsHtml({ complete, reason }: Diff): string {
  const warnings = [
    ...(complete ? [] : ["This comparison is not complete: read both versions in full."]),
    ...(reason === null ? [] : [reason]),
  ]
  return warnings.map((text) => writeTree(["p", { class: "diff-warning", role: "note" }, text])).join("")
}

/** "Not shown: 12 punctuation, 1 whitespace." */
function hiddenHtml(changes: readonly Change[], { hide }: Drawing): string {
  if (hide.size === 0) return ""
  const counts = changeCounts({ changes })
  const hidden = [...hide].filter((name) => counts[name]).map((name) => `${counts[name]} ${name}`)
  return hidden.length === 0 ? "" : writeTree(["p", { class: "diff-hidden" }, `Not shown: ${hidden.join(", ")}.`])
}
