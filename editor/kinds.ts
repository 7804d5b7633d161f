import type { Attrs, Node, NodeType } from "prosemirror-model"
import { AllSelection, type Command, type EditorState, Selection, type Transaction } from "prosemirror-state"
import { findWrapping, liftTarget } from "prosemirror-transform"
import { pageSchema } from "./document/schema.ts"

/** The kinds of block a person can choose for the text they are in. */
export interface Kind {
  name: string
  label: string
  /** The node: a textblock that stands by itself, or a wrapper around paragraphs. */
  type: NodeType
  attrs: Attrs
  keys?: string
}

const { paragraph, heading, blockquote, address, notice } = pageSchema.nodes
const plain = new Set<NodeType>([paragraph, heading, address])

export const kinds: readonly Kind[] = [
  { name: "paragraph", label: "Text", type: paragraph, attrs: {}, keys: "Mod-Alt-0" },
  { name: "heading-2", label: "Heading", type: heading, attrs: { level: 2 }, keys: "Mod-Alt-2" },
  { name: "heading-3", label: "Smaller heading", type: heading, attrs: { level: 3 }, keys: "Mod-Alt-3" },
  { name: "heading-4", label: "Smallest heading", type: heading, attrs: { level: 4 }, keys: "Mod-Alt-4" },
  { name: "blockquote", label: "Quotation", type: blockquote, attrs: {}, keys: "Mod-Alt-5" },
  { name: "address", label: "Address", type: address, attrs: {}, keys: "Mod-Alt-6" },
  { name: "info", label: "Notice", type: notice, attrs: { kind: "info" } },
  { name: "warning", label: "Warning", type: notice, attrs: { kind: "warning" } },
  { name: "danger", label: "Danger", type: notice, attrs: { kind: "danger" } },
]

/** The kind of the block the cursor is in; null in tables, fact sheets and figures, which have no kind to change. */
export function currentKind({ selection, doc }: EditorState): Kind | null {
  const { $from } = selection instanceof AllSelection ? Selection.atStart(doc) : selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type.spec.isolating) return null
    const kind = kinds.find((kind) => kind.type !== paragraph && matches(node, kind))
    if (kind) return kind
  }
  return $from.parent.type === paragraph ? kinds[0]! : null
}

/** Turns the selected blocks into `kind`, keeping their ids. What stands inside lists or other wrappers comes out first. */
export function setKind(kind: Kind): Command {
  return (state, dispatch) => {
    if (currentKind(state) === null) return false
    if (!dispatch) return true
    const tr = state.tr
    const rewrapped = !kind.type.isTextblock && rewrap(tr, kind)
    if (!rewrapped) {
      liftOut(tr)
      setTextblocks(tr, kind.type.isTextblock ? kind : kinds[0]!)
      if (!kind.type.isTextblock) wrap(tr, kind)
    }
    dispatch(tr.scrollIntoView())
    return true
  }
}

/**
 * Sets the type of every selected paragraph, heading and address. Unlike the library's command it keeps ids, and leaves
 * figures alone, which would lose their picture.
 */
export function setTextblocks(tr: Transaction, { type, attrs }: Pick<Kind, "type" | "attrs">) {
  const { from, to } = tr.selection
  const start = tr.steps.length
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (plain.has(node.type)) {
      const at = tr.mapping.slice(start).map(pos + 1)
      tr.setBlockType(at, at, type, { ...attrs, id: node.attrs.id })
    }
    return !node.isTextblock
  })
}

function matches(node: Node, { type, attrs }: Kind): boolean {
  return node.type === type && Object.entries(attrs).every(([name, value]) => node.attrs[name] === value)
}

/** Changes the quotation or notice around the selection into another; false when there is none. */
function rewrap(tr: Transaction, { type, attrs }: Kind): boolean {
  const { $from, $to } = tr.selection
  const outer = $from.depth > 0 ? $from.node(1) : null
  if (!outer || (outer.type !== blockquote && outer.type !== notice) || $from.sharedDepth($to.pos) === 0) return false
  tr.setNodeMarkup($from.before(1), type, { ...attrs, id: outer.attrs.id })
  return true
}

/** Lifts the selected blocks out of every list, quotation and notice around them. */
function liftOut(tr: Transaction) {
  // Each turn takes the blocks one level further out; documents are never deeper than this.
  for (let turn = 0; turn < 50; turn++) {
    const range = tr.selection.$from.blockRange(tr.selection.$to)
    const target = range && range.depth > 0 ? liftTarget(range) : null
    if (!range || target === null) return
    tr.lift(range, target)
  }
}

function wrap(tr: Transaction, { type, attrs }: Kind) {
  const range = tr.selection.$from.blockRange(tr.selection.$to)
  const wrapping = range && findWrapping(range, type, attrs)
  if (range && wrapping) tr.wrap(range, wrapping)
}
