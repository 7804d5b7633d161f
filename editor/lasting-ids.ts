import type { Node } from "prosemirror-model"
import { type EditorState, Plugin, type Transaction } from "prosemirror-state"
import { AddMarkStep, Mapping, RemoveMarkStep, ReplaceStep } from "prosemirror-transform"

/**
 * Keeps ids unique while people write. Where a split or a copy leaves two nodes with one id, the older keeps it; the
 * other has none until the server names it at the save. A paragraph wrapped in a list or a quotation hands its id to
 * the new block, so that a diff sees one block change and not one go and another come.
 */
export function lastingIds(): Plugin {
  return new Plugin({
    appendTransaction: (transactions, before, after) => {
      // Writing in a line leaves every id where it is; on a long page, looking at all of them would be felt at each key.
      if (transactions.every(isWithinLines)) return null
      const mapping = new Mapping(transactions.flatMap((transaction) => transaction.mapping.maps))
      const tr = after.tr
      liftNestedIds(tr)
      dropDoubledIds(tr, before, mapping)
      return tr.docChanged ? tr : null
    },
  })
}

/** Whether a transaction only writes and deletes within lines of text, if anything. */
function isWithinLines({ docs, steps }: Transaction): boolean {
  return steps.every((step, index) => {
    if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return true
    if (!(step instanceof ReplaceStep) || step.slice.openStart + step.slice.openEnd > 0) return false
    const $from = docs[index]!.resolve(step.from)
    return $from.parent.isTextblock && $from.sameParent(docs[index]!.resolve(step.to))
  })
}

interface Holder {
  id: string
  pos: number
  node: Node
  depth: number
}

// Ids last on top-level blocks and on these (DESIGN.md §2.1).
const lasting = new Set(["list_item", "table_row", "fact"])

function holders(doc: Node): Holder[] {
  const found: Holder[] = []
  doc.descendants((node, pos, parent) => {
    if (node.attrs.id) found.push({ id: node.attrs.id, pos, node, depth: parent === doc ? 0 : 1 })
    return !node.isTextblock
  })
  return found
}

function liftNestedIds(tr: Transaction) {
  for (const { id, pos, node, depth } of holders(tr.doc)) {
    if (depth === 0 || lasting.has(node.type.name)) continue
    tr.setNodeAttribute(pos, "id", null)
    const top = tr.doc.resolve(pos).before(1)
    if (tr.doc.nodeAt(top)?.attrs.id === null) tr.setNodeAttribute(top, "id", id)
  }
}

function dropDoubledIds(tr: Transaction, before: EditorState, mapping: Mapping) {
  const byId = new Map<string, Holder[]>()
  for (const holder of holders(tr.doc)) byId.set(holder.id, [...(byId.get(holder.id) ?? []), holder])
  for (const [id, sharing] of byId) {
    if (sharing.length === 1) continue
    const keeper = olderOf(sharing, id, before, mapping)
    for (const holder of sharing) if (holder !== keeper) tr.setNodeAttribute(holder.pos, "id", null)
  }
}

// Return at the very start of a paragraph leaves an empty one above it: the one with the words is the older.
function olderOf(sharing: Holder[], id: string, before: EditorState, mapping: Mapping): Holder | undefined {
  const old = holders(before.doc).find((holder) => holder.id === id)
  const place = old && mapping.map(old.pos, 1)
  const older = sharing.find((holder) => holder.pos === place) ?? sharing[0]
  if (older?.node.textContent !== "") return older
  return sharing.find((holder) => holder.node.textContent !== "") ?? older
}
