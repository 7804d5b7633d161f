import type { Attrs, Node, NodeType } from "prosemirror-model"

/** What a change is about, so that a view can leave out a class and say how many it left out. */
export const changeClasses = [
  "title", "text", "fact", "structure", "link", "picture", "citation", "language", "formatting", "punctuation",
  "whitespace", "encoding",
] as const // prettier-ignore
export type ChangeClass = (typeof changeClasses)[number]

export type ChangeKind =
  | "title-changed"
  | "text-added" | "text-removed" | "text-replaced"
  | "punctuation-changed" | "whitespace-changed" | "encoding-changed"
  | "link-added" | "link-removed" | "link-changed"
  | "formatting-added" | "formatting-removed"
  | "language-added" | "language-removed" | "language-changed"
  | "citation-added" | "citation-removed" | "citation-changed"
  | "block-added" | "block-removed" | "block-moved" | "block-split" | "blocks-joined" | "block-converted"
  | "heading-level-changed" | "attribute-changed"
  | "picture-replaced" | "alternative-text-changed"
  | "item-added" | "item-removed" | "item-moved" | "item-indented" | "item-outdented" | "list-kind-changed"
  | "row-added" | "row-removed" | "row-moved" | "header-changed"
  | "column-added" | "column-removed" | "column-moved" | "cell-added" | "cell-removed"
  | "fact-added" | "fact-removed" | "fact-moved" | "fact-changed" // prettier-ignore

/** One change as a careful reader would count it. */
export interface Change {
  /** Its place in the list, from 1. */
  number: number
  kind: ChangeKind
  class: ChangeClass
  /** The id of the top-level block it is in: the new one, or the old one where that is gone; null for the title. */
  block: string | null
  /** The id of the list item, table row or fact it is in. */
  part: string | null
  /** What was there and what is there now, as plain text; null where there is nothing. */
  from: string | null
  to: string | null
  description: string
  /** Words added and removed by it. */
  added: number
  removed: number
}

/** A stretch of `from` that became a stretch of `to`; either may be empty. Everything between two hunks is kept. */
export interface Hunk {
  from: number
  fromEnd: number
  to: number
  toEnd: number
}

/** The node that results, but for its content. */
export interface Shell {
  type: NodeType
  attrs: Attrs
}

/**
 * What happens to the inline content of one textblock, or of several in a row, from the start to the end. Sizes are
 * ProseMirror's. `remark` is the same text with other marks; `split` starts a new block here; `join` ends one without.
 */
export type InlineOp =
  | { type: "keep"; size: number }
  | { type: "delete"; size: number; changes: readonly Change[] }
  | { type: "insert"; nodes: readonly Node[]; changes: readonly Change[] }
  | { type: "remark"; size: number; nodes: readonly Node[]; changes: readonly Change[] }
  | { type: "split"; changes: readonly Change[] }
  | { type: "join"; changes: readonly Change[] }

/** What happens to a block that is there before and after. `changes` are those of its own attributes. */
export type NodeEdit =
  | { type: "text"; shell: Shell; ops: readonly InlineOp[]; changes: readonly Change[] }
  | { type: "children"; shell: Shell; steps: readonly Step[]; changes: readonly Change[] }
  | { type: "list"; shape: ListShape; steps: readonly ItemStep[]; changes: readonly Change[] }
  | {
      type: "table"
      shell: Shell
      rows: readonly RowStep[]
      columns: readonly ColumnStep[]
      changes: readonly Change[]
    }
  | { type: "relabel"; node: Node }

/**
 * What happens to the children of a node, in the order a reader meets them: those of the result in their order, what
 * was removed after what it followed. `from` counts the old children, each of which is used exactly once; `left` only marks
 * the place a moved one was taken from. `reshape` takes blocks apart into their textblocks and builds others of them.
 */
export type Step =
  | { type: "keep"; from: number; moved: Change | null }
  | { type: "edit"; from: number; edit: NodeEdit; moved: Change | null }
  | { type: "insert"; node: Node; changes: readonly Change[] }
  | { type: "delete"; from: number; changes: readonly Change[] }
  | {
      type: "regroup"
      from: readonly number[]
      shells: readonly Shell[]
      ops: readonly InlineOp[]
      changes: readonly Change[]
      moved: Change | null
    }
  | {
      type: "reshape"
      from: readonly number[]
      shapes: readonly Shape[]
      steps: readonly Step[]
      changes: readonly Change[]
      moved: null
    }
  | { type: "left"; from: number; moved: Change }

/** A node that results, down to its textblocks, which are those that the steps of a `reshape` make, in their order. */
export interface Shape extends Shell {
  children: readonly Shape[] | null
}

/** A list that results, down to its nested ones; an item names its step, and has a slot for each child of its own. */
export interface ListShape extends Shell {
  items: readonly { shell: Shell; step: number; slots: readonly ("own" | ListShape)[] }[]
}

/** The same for list items, counted through all nesting; `own` are the steps of the item's paragraphs. */
export type ItemStep =
  | { type: "item"; from: number | null; depth: number; own: readonly Step[]; changes: readonly Change[] }
  | { type: "delete"; from: number; depth: number; changes: readonly Change[] }
  | { type: "left"; from: number; depth: number; changes: readonly Change[] }

export type RowStep =
  | { type: "row"; from: number; shell: Shell; cells: readonly CellStep[]; changes: readonly Change[] }
  | { type: "insert"; node: Node; changes: readonly Change[] }
  | { type: "delete"; from: number; changes: readonly Change[] }
  | { type: "left"; from: number; changes: readonly Change[] }

/** `from` is the old place of the cell in its row; a deleted cell stands where it stood. */
export type CellStep =
  | { type: "cell"; from: number; shell: Shell; ops: readonly InlineOp[]; changes: readonly Change[] }
  | { type: "insert"; node: Node; changes: readonly Change[] }
  | { type: "delete"; from: number; changes: readonly Change[] }

/** The columns a reader sees, removed ones included; numbers count from 0. */
export interface ColumnStep {
  from: number | null
  to: number | null
  change: Change | null
}
