import { changeListHtml, type Diff, diffHtml } from "../../editor/document/index.ts"

/** Drawn diffs kept in memory: a moderator sees the same ones again after each decision. */
const KEPT = 200
const kept = new Map<string, { html: string; complete: boolean }>()

export function isKept(name: string, item: string): boolean {
  return kept.has(`${name} ${item}`)
}

/** A brief diff that is made once; `name` says what of, and changes when that does. */
export async function keptDiff(name: string, item: string, make: () => Promise<{ diff: Diff; complete: boolean }>): Promise<{ html: string; complete: boolean }> {
  const known = kept.get(`${name} ${item}`)
  if (known) return known
  const { diff, complete } = await make()
  const drawn = { html: briefDiff(diff, item), complete }
  kept.set(`${name} ${item}`, drawn)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
  return drawn
}

/**
 * A diff as one of many on a page: the list of changes and their drawing, stretches without a change only counted, and every
 * anchor named after `item`, so that no two diffs have the same.
 */
export function briefDiff(diff: Diff, item: string): string {
  const options = { prefix: `${item}-`, brief: true }
  return changeListHtml(diff, options) + diffHtml(diff, "inline", options)
}
