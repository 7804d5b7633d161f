import type { Hunk } from "./diff-edits.ts"

/** The hunks of one side that stand, and those that give way to the other side. All are of the same base. */
export interface Standing {
  mine: ReadonlySet<Hunk>
  theirs: ReadonlySet<Hunk>
  /** Those of mine that the other side made just so. */
  shared: ReadonlySet<Hunk>
  collided: number
}

/** What is to be known of the hunks of both sides. */
export interface HunkText {
  /** What a hunk puts in, with its marks; equal for equal content. */
  added(side: "mine" | "theirs", hunk: Hunk): string
  /** Whether a hunk puts nothing but blanks and boundaries of paragraphs in the place of such. */
  isSpacing(side: "mine" | "theirs", hunk: Hunk): boolean
}

/** Where both sides changed the same words to something else, only the hunks of `prefer` stand; what both did, once. */
export function standingHunks(
  mine: readonly Hunk[],
  theirs: readonly Hunk[],
  text: HunkText,
  prefer: "mine" | "theirs",
): Standing {
  const standing = { mine: new Set(mine), theirs: new Set(theirs) }
  const shared = new Set<Hunk>()
  let collided = 0
  let start = 0
  for (const hunk of mine) {
    while (start < theirs.length && theirs[start]!.fromEnd < hunk.from) start++
    for (let at = start; at < theirs.length && theirs[at]!.from <= hunk.fromEnd; at++) {
      const other = theirs[at]!
      const relation = relate(hunk, other, text)
      if (relation === "same") {
        standing.theirs.delete(other)
        shared.add(hunk)
      }
      if (relation !== "collide") continue
      collided++
      if (prefer === "mine") standing.theirs.delete(other)
      else standing.mine.delete(hunk)
    }
  }
  return { ...standing, shared, collided }
}

function relate(mine: Hunk, theirs: Hunk, text: HunkText): "apart" | "same" | "collide" {
  const isDeletion = (hunk: Hunk) => hunk.to === hunk.toEnd
  const isInsertion = (hunk: Hunk) => hunk.from === hunk.fromEnd
  if (
    mine.from === theirs.from &&
    mine.fromEnd === theirs.fromEnd &&
    text.added("mine", mine) === text.added("theirs", theirs)
  )
    return "same"
  // What each deletes the other left alone, or deletes as well.
  if (isDeletion(mine) && isDeletion(theirs)) return "apart"
  if (mine.from < theirs.fromEnd && theirs.from < mine.fromEnd) return "collide"
  const touches = isInsertion(mine) || isInsertion(theirs)
  if (!touches || text.isSpacing("mine", mine) || text.isSpacing("theirs", theirs))
    return isAtOnePoint(mine, theirs) ? "collide" : "apart"
  return "collide"
}

function isAtOnePoint(mine: Hunk, theirs: Hunk): boolean {
  return mine.from === mine.fromEnd && theirs.from === theirs.fromEnd && mine.from === theirs.from
}
