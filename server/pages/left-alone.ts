import type { Node } from "prosemirror-model"
import type { Event } from "../events.ts"
import type { Transaction } from "../storage/database.ts"
import { findLivePage, readRevision } from "./reading.ts"
import { hiddenOf } from "./redactions/actions.ts"
import { nothingHidden } from "./redactions/model.ts"

/**
 * Whether a save left every block that holds nodes or marks of these names as it was, and in the same order: what was derived from them
 * then holds. False wherever that is not plain: for first revisions, for other acts than saves, and where something is hidden.
 */
export async function leftAlone(tx: Transaction, { type, page: id, subject }: Event, names: readonly string[]): Promise<boolean> {
  const number = Number(subject)
  if ((type !== "page.saved" && type !== "page.restored") || id === undefined || number < 2) return false
  const page = await findLivePage(tx, id)
  if (page?.revision !== number || (await hiddenOf(tx, id)) !== nothingHidden) return false
  const before = holders((await readRevision(tx, page, number - 1)).doc, names)
  const after = holders((await readRevision(tx, page)).doc, names)
  return after.length === before.length && after.every((block, at) => block === before[at] || block.eq(before[at]!))
}

const known = new WeakMap<Node, ReadonlySet<string>>()

function holders(doc: Node, names: readonly string[]): Node[] {
  return doc.children.filter((block) => {
    const inside = namesIn(block)
    return names.some((name) => inside.has(name))
  })
}

// Nodes never change, and a saved page shares its untouched blocks with the one before.
function namesIn(block: Node): ReadonlySet<string> {
  let names = known.get(block)
  if (!names) known.set(block, (names = collect(block, new Set())))
  return names
}

function collect(node: Node, names: Set<string>): Set<string> {
  names.add(node.type.name)
  for (const mark of node.marks) names.add(mark.type.name)
  node.forEach((child) => void collect(child, names))
  return names
}
