import type { Node } from "prosemirror-model"
import { changeListHtml, type Diff, diffDocuments, diffHtml, type DiffHtmlOptions, type DiffView } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readBoth } from "../pages/actions.ts"
import type { Page, PageAt } from "../pages/model.ts"
import { Kept } from "./kept.ts"

/** Positions in the texts of the diffs that are kept. */
const DIFFS = 4_000_000
/** Characters of the drawings that are kept. */
const DRAWINGS = 8_000_000

const diffs = new Kept<{ from: Node; to: Node; diff: Diff }>(DIFFS)
const drawings = new Kept<Drawn>(DRAWINGS)

export interface Comparison {
  from: PageAt
  to: PageAt
  diff: Diff
  /** Whether applying the listed changes to `from` was seen to give exactly `to`; it is said on the page when it does not. */
  complete: boolean
}

/** The changes between two revisions of a page, kept by what both say. Throws `not-found`. */
export async function compare(ctx: Context, page: Page, from: number, to: number): Promise<Comparison> {
  for (const number of [from, to]) {
    if (!Number.isInteger(number) || number < 1) throw new AppError("not-found", "There is no such revision.")
  }
  const [before, after] = await readBoth(ctx.db.read, page, [from, to])
  const diff = diffOf(before, after)
  return { from: before, to: after, diff, complete: diff.complete }
}

/** A comparison as HTML: the numbered list of its changes and the texts they are drawn in. */
export interface Drawn {
  list: string
  text: string
}

/** Draws a comparison, or finds the drawing that was made of the same two texts. */
export function draw({ from, to, diff }: Comparison, view: DiffView, options: DiffHtmlOptions = {}): Drawn {
  const { hide = [], prefix = "", brief = false } = options
  const key = [nameOf(from, to), view, prefix, brief, ...hide].join("\n")
  const known = drawings.get(key)
  // Of another diff: hidden words leave the hash of a revision as it was.
  if (known && drawnFrom.get(known) === diff) return known
  const drawn = { list: changeListHtml(diff, options), text: diffHtml(diff, view, options) }
  drawnFrom.set(drawn, diff)
  return drawings.put(key, drawn, drawn.list.length + drawn.text.length)
}

const drawnFrom = new WeakMap<Drawn, Diff>()

function diffOf(before: PageAt, after: PageAt): Diff {
  const key = nameOf(before, after)
  const known = diffs.get(key)
  if (known?.from.eq(before.doc) && known.to.eq(after.doc)) return known.diff
  const titles = { fromTitle: before.revision.title, toTitle: after.revision.title }
  const diff = diffDocuments(before.doc, after.doc, titles)
  diffs.put(key, { from: before.doc, to: after.doc, diff }, before.doc.content.size + after.doc.content.size)
  return diff
}

// The hash covers the text; a title may be hidden where the text is not.
function nameOf({ revision: one }: PageAt, { revision: other }: PageAt): string {
  return [one.hash, one.title, other.hash, other.title].join("\n")
}
