import { Fragment, type Node } from "prosemirror-model"
import { type Alignment, alignPieces } from "./align-passes.ts"
import { blockPiece, flattenList, isList, itemPiece, type Piece, type Unit } from "./align-pieces.ts"

export type { Alignment } from "./align-passes.ts"

/** Pairs the blocks of two documents, or the children of two of their nodes: by id, by content, by likeness. */
export function alignBlocks(from: readonly Node[], to: readonly Node[]): Alignment {
  return alignPieces(from.map(blockPiece), to.map(blockPiece))
}

/**
 * The same document, in which blocks, list items, rows and facts without an id have that of their counterpart in
 * `base`: text that came back without ids, as from Markdown, keeps those it had. No id is given twice; what is new has
 * none.
 */
export function inheritIds(doc: Node, base: Node): Node {
  const taken = new Set<string>()
  doc.descendants((node) => {
    if (node.attrs.id) taken.add(node.attrs.id)
    return !node.isTextblock
  })
  return doc.copy(Fragment.from(inheritAll(doc.children, base.children, taken)))
}

function inheritAll(nodes: readonly Node[], bases: readonly Node[], taken: Set<string>): Node[] {
  const { fromOf } = alignBlocks(bases, nodes)
  return nodes.map((node, index) => inherit(node, bases[fromOf[index]!], taken))
}

function inherit(node: Node, base: Node | undefined, taken: Set<string>): Node {
  if (!base) return node
  if (isList(node) && isList(base)) return inheritList(node, base, taken)
  const content =
    node.isTextblock || node.isLeaf ? node.content : Fragment.from(inheritAll(node.children, base.children, taken))
  return withId(node, base, content, taken)
}

/** Items inherit wherever they are nested now; a nested list what the list of its first known item had. */
function inheritList(list: Node, base: Node, taken: Set<string>): Node {
  const [old, now] = [flattenList(base), flattenList(list)]
  const pieces = (units: readonly Unit[]): Piece[] => units.map(({ item }) => itemPiece(item))
  const { fromOf } = alignPieces(pieces(old), pieces(now))
  const counterparts = new Map<Node, Node>([[list, base]])
  const own = new Map<Node, readonly Node[]>()
  for (const [index, unit] of now.entries()) {
    const before = old[fromOf[index]!]
    own.set(unit.item, before ? inheritAll(unit.own, before.own, taken) : unit.own)
    if (!before) continue
    counterparts.set(unit.item, before.item)
    if (!counterparts.has(unit.list)) counterparts.set(unit.list, before.list)
  }
  const visit = (node: Node, counterpart: Node | undefined): Node => {
    const paragraphs = [...(own.get(node) ?? [])]
    const children = node.children.map((child) =>
      isList(child) || isList(node) ? visit(child, counterparts.get(child)) : paragraphs.shift()!,
    )
    return withId(node, counterpart, Fragment.from(children), taken)
  }
  return visit(list, base)
}

function withId(node: Node, base: Node | undefined, content: Fragment, taken: Set<string>): Node {
  const inherited: string | null = base?.attrs.id ?? null
  if (node.attrs.id || !inherited || taken.has(inherited) || !("id" in node.attrs)) return node.copy(content)
  taken.add(inherited)
  return node.type.create({ ...node.attrs, id: inherited }, content, node.marks)
}
