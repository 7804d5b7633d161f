import type { Diff } from "./diff.ts"

/** The size of a diff in words: those added and those removed. Words that only moved are neither. */
export function wordChange({ changes }: Pick<Diff, "changes">): { added: number; removed: number } {
  let [added, removed] = [0, 0]
  for (const change of changes) {
    added += change.added
    removed += change.removed
  }
  return { added, removed }
}
