import type { Mark } from "prosemirror-model"
import type { Merging } from "./merge-context.ts"

type Marks = readonly Mark[]

/** The marks of a piece of text: each as the side that changed it has it. */
export function mergeMarks(base: Marks, mine: Marks, theirs: Marks, merging: Merging): Marks {
  if (theirs === base || mine === theirs) return mine
  if (mine === base) return theirs
  const types = new Set([...base, ...mine, ...theirs].map((mark) => mark.type))
  let merged: Marks = []
  for (const type of types) {
    const [old, ours, others] = [base, mine, theirs].map((set) => type.isInSet(set)) as [Mark?, Mark?, Mark?]
    const mark = choose(old, ours, others, merging)
    if (mark) merged = mark.addToSet(merged)
  }
  return merged
}

/** What the other side did to the marks around or under new text, done to that text as well where it was left alone. */
export function followMarks(marks: Marks, before: Marks, after: Marks): Marks {
  let result = marks
  for (const mark of before) if (!mark.isInSet(after) && mark.isInSet(result)) result = mark.removeFromSet(result)
  for (const mark of after) if (!mark.isInSet(before) && !mark.type.isInSet(result)) result = mark.addToSet(result)
  return result
}

function choose(
  old: Mark | undefined,
  mine: Mark | undefined,
  theirs: Mark | undefined,
  merging: Merging,
): Mark | undefined {
  if (isSame(mine, old)) return theirs
  if (isSame(theirs, old) || isSame(mine, theirs)) return mine
  merging.collided++
  return merging.prefer === "mine" ? mine : theirs
}

function isSame(one: Mark | undefined, other: Mark | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.eq(other))
}
