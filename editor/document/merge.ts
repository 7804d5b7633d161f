import { Fragment, type Node } from "prosemirror-model"
import { familyOf, isList, SAME, sameness } from "./align-pieces.ts"
import { newBudget } from "./diff-words.ts"
import { mergeShell } from "./merge-attributes.ts"
import type { Merging } from "./merge-context.ts"
import { mergeLists } from "./merge-lists.ts"
import { mergeChildren, mergeUnit } from "./merge-sequence.ts"
import { mergeTables } from "./merge-tables.ts"
import { mergeTexts } from "./merge-texts.ts"
import type { Unit } from "./merge-units.ts"

/**
 * A place where both sides changed the same thing to something else. Each version is a document of the blocks in
 * question, null where that side deleted them; what does not collide in them is merged in both `mine` and `theirs`.
 */
export interface Collision {
  /** The id of the block, of the first where paragraphs were split or joined. */
  block: string | null
  base: Node | null
  mine: Node | null
  theirs: Node | null
  /** Where their version begins among the blocks of the merged document. */
  at: number
}

/** A merged document; with collisions, one that has their version wherever there is one, and nothing else left out. */
export type Merge = { ok: true; doc: Node } | { ok: false; doc: Node; collisions: Collision[] }

/**
 * Merges two documents that came of one. Blocks are told by id, then by likeness; what one side changed is taken. Where
 * both changed one block, its words and marks, rows, cells, items and fields are merged as far as they are not the same
 * ones. The result has the same content whichever side is called mine; with a side that changed nothing it is the
 * other.
 */
export function mergeDocuments(base: Node, mine: Node, theirs: Node): Merge {
  if (sameness(base, theirs) === SAME) return { ok: true, doc: mine }
  if (sameness(base, mine) === SAME) return { ok: true, doc: theirs }
  const merging: Merging = { prefer: "theirs", collided: 0, budget: newBudget(), node: mergeNode }
  const collisions: Collision[] = []
  let at = 0
  const blocks = mergeChildren(base.children, mine.children, theirs.children, merging, (unit) => {
    const { nodes, collision } = mergeTop(unit, merging, base)
    if (collision) collisions.push({ ...collision, at })
    at += nodes.length
    return nodes
  })
  // Each side may have deleted what the other kept.
  const doc = onceEach(pageOf(base, blocks.length > 0 ? blocks : [base.type.schema.nodes.paragraph!.create()]))
  return collisions.length === 0 ? { ok: true, doc } : { ok: false, doc, collisions }
}

/** What a person decided about a collision: one of the versions, theirs followed by mine, or blocks written by hand. */
export type Choice = "mine" | "theirs" | "both" | Node

/** The merged document after one choice for each collision, in their order. */
export function settleCollisions({ doc, collisions }: Extract<Merge, { ok: false }>, choices: readonly Choice[]): Node {
  const blocks = [...doc.children]
  for (const [index, { at, mine, theirs }] of [...collisions.entries()].reverse()) {
    const choice = choices[index] ?? "theirs"
    const versions = {
      mine: childrenOf(mine),
      theirs: childrenOf(theirs),
      both: [...childrenOf(theirs), ...childrenOf(mine)],
    }
    blocks.splice(at, childrenOf(theirs).length, ...(typeof choice === "string" ? versions[choice] : choice.children))
  }
  return onceEach(pageOf(doc, blocks.length > 0 ? blocks : [doc.type.schema.nodes.paragraph!.create()]))
}

function mergeTop(
  unit: Unit,
  merging: Merging,
  page: Node,
): { nodes: readonly Node[]; collision?: Omit<Collision, "at"> } {
  const first: Merging = { ...merging, prefer: "theirs", collided: 0 }
  const nodes = mergeUnit(unit, first)
  if (first.collided === 0) return { nodes }
  const mine = mergeUnit(unit, { ...merging, prefer: "mine", collided: 0 })
  const version = (blocks: readonly Node[]) => (blocks.length === 0 ? null : pageOf(page, blocks))
  const block: string | null = (unit.bases[0] ?? nodes[0])?.attrs.id ?? null
  return { nodes, collision: { block, base: version(unit.bases), mine: version(mine), theirs: version(nodes) } }
}

/** Null where each side deleted another part of what cannot be empty. */
function mergeNode(base: Node, mine: Node, theirs: Node, merging: Merging): Node | null {
  if (isList(base)) return mergeLists(base, mine, theirs, merging)
  if (base.isTextblock) return mergeTexts([base], [mine], [theirs], merging)[0]!
  if (familyOf(base) === "table") return mergeTables(base, mine, theirs, merging)
  const { type, attrs } = mergeShell(base, mine, theirs, merging)
  const children = mergeChildren(base.children, mine.children, theirs.children, merging)
  return children.length === 0 && !base.isLeaf ? null : type.create(attrs, children)
}

function pageOf(page: Node, blocks: readonly Node[]): Node {
  return page.copy(Fragment.from(blocks))
}

function childrenOf(page: Node | null): readonly Node[] {
  return page?.children ?? []
}

/** The same with ids that both sides gave to different things only on the first of them. */
function onceEach(doc: Node): Node {
  const seen = new Set<string>()
  const visit = (node: Node): Node => {
    const id: string | null = node.attrs.id ?? null
    const isDoubled = id !== null && seen.has(id)
    if (id !== null) seen.add(id)
    const content = node.isTextblock || node.isLeaf ? node.content : Fragment.from(node.children.map(visit))
    return isDoubled ? node.type.create({ ...node.attrs, id: null }, content, node.marks) : node.copy(content)
  }
  return visit(doc)
}
