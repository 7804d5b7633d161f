import type { Node } from "prosemirror-model"
import { pageSchema } from "../../editor/document/index.ts"

/** What people open a facility's page for, by kind of fact, in the order of need (DESIGN.md §4). */
const WANTED = ["status", "phone", "visiting_hours", "street_address", "mail_address", "send_money", "bond_posting"]

/** A note longer than this is read where the fact stands. */
const NOTE_LENGTH = 240

/**
 * The facts people came for, gathered from wherever they stand on the page into one sheet: the best claim for each kind, its
 * citations left to its own place. A warning keeps its words. The ids are those of the page: written without them. Null when the
 * page has none of them.
 */
export function mostWanted(doc: Node): Node | null {
  const best = new Map<string, Node>()
  doc.descendants((node) => {
    if (node.type.name !== "fact") return true
    const { key } = node.attrs
    if (WANTED.includes(key) && score(node) > score(best.get(key))) best.set(key, node)
    return false
  })
  const rows = WANTED.flatMap((key) => best.get(key) ?? [])
  if (rows.length === 0) return null
  const { doc: page, fact_sheet: sheet } = pageSchema.nodes
  return page.create(null, sheet.create(null, rows.map(shortened)))
}

function shortened(fact: Node): Node {
  const note = fact.attrs.rank === "deprecated" ? fact.textContent.trim() : ""
  const content = note && note.length <= NOTE_LENGTH ? pageSchema.text(note) : null
  return fact.type.create({ ...fact.attrs, sources: [] }, content)
}

function score(fact: Node | undefined): number {
  if (!fact) return 0
  return { preferred: 3, normal: 2, deprecated: 1 }[fact.attrs.rank as "preferred" | "normal" | "deprecated"]
}
