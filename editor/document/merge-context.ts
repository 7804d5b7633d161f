import type { Node } from "prosemirror-model"
import { isSameValue } from "./align-pieces.ts"
import type { Budget } from "./diff-words.ts"

/**
 * What the parts of one merge share. Where both sides changed the same thing to something else, `collided` is counted
 * and the side of `prefer` stands, so that the rest can still be merged.
 */
export interface Merging {
  prefer: "mine" | "theirs"
  collided: number
  budget: Budget
  /** Merges three versions of a node of one family, whatever it is; null if nothing of it is left. */
  node(base: Node, mine: Node, theirs: Node, merging: Merging): Node | null
}

/** The value that one side changed, or that both agree on. */
export function mergeValue<T>(base: T, mine: T, theirs: T, merging: Merging): T {
  if (isSameValue(mine, base)) return theirs
  if (isSameValue(theirs, base) || isSameValue(mine, theirs)) return mine
  merging.collided++
  return merging.prefer === "mine" ? mine : theirs
}
