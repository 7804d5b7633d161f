import { Fragment, type Node } from "prosemirror-model"
import { needOf, pageSchema } from "../../editor/document/index.ts"

/** What people open a facility's page for, in the order of need (DESIGN.md §4). */
const ORDER = ["status", "call", "visit", "write", "money", "bond"] as const

/**
 * The facts people came for, gathered from wherever they stand on the page into one sheet without notes; the first good claim
 * for each need. Null when the page has none of them.
 */
export function mostWanted(doc: Node): Node | null {
  const best = new Map<string, Node>()
  doc.descendants((node) => {
    if (node.type.name !== "fact") return true
    const need = needOf(node.attrs.key)
    if (need && score(node) > score(best.get(need))) best.set(need, node)
    return false
  })
  const rows = ORDER.flatMap((need) => best.get(need) ?? [])
  if (rows.length === 0) return null
  const shown = rows.map((fact) => fact.type.create({ ...fact.attrs, id: null }, Fragment.empty))
  return pageSchema.nodes.doc.create(null, pageSchema.nodes.fact_sheet.create(null, shown))
}

function score(fact: Node | undefined): number {
  if (!fact) return 0
  return { preferred: 3, normal: 2, deprecated: 1 }[fact.attrs.rank as "preferred" | "normal" | "deprecated"]
}
