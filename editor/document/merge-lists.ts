import type { Node, NodeType } from "prosemirror-model"
import { type Alignment, alignPieces } from "./align-passes.ts"
import { blockPiece, flattenList, isList, itemPiece, keyOf, type Piece, samePieces, type Unit as Item } from "./align-pieces.ts"
import type { Shell } from "./diff-edits.ts"
import { mergeShell } from "./merge-attributes.ts"
import type { Merging } from "./merge-context.ts"
import { mergeOrder, type Place } from "./merge-order.ts"
import { mergeChildren } from "./merge-sequence.ts"
import { insertions, type Places } from "./merge-units.ts"

/** Merges a list item by item through all nesting: an item keeps its words wherever the other side put it. */
export function mergeLists(base: Node, mine: Node, theirs: Node, merging: Merging): Node | null {
  const versions: Versions = { old: flattenList(base), ours: flattenList(mine), others: flattenList(theirs) }
  const kept: Tree = { own: new Map(), children: new Map(), merging }
  for (const entry of mergeOrder(entriesOf(versions))) {
    const own = ownOf(entry, merging)
    if (own) kept.own.set(entry, own)
  }
  // Each side deleted what the other kept: a list cannot be empty.
  if (kept.own.size === 0) return null
  const byItem = new Map<Item, Entry>()
  for (const entry of kept.own.keys()) for (const name of sides) if (entry[name]) byItem.set(entry[name], entry)
  const order = new Map([...kept.own.keys()].map((entry, at) => [entry, at]))
  const parents = new Map([...order.keys()].map((entry) => [entry, parentOf(entry, versions, byItem, order)]))
  for (const entry of kept.own.keys()) {
    const parent = isRing(entry, parents) ? null : parents.get(entry)!
    if (parent === null) parents.set(entry, null)
    const siblings = kept.children.get(parent)
    if (siblings) siblings.push(entry)
    else kept.children.set(parent, [entry])
  }
  return listOf(mergeShell(base, mine, theirs, merging), kept.children.get(null)!, kept)
}

/** An item in the three versions. */
interface Entry extends Place {
  old?: Item
  ours?: Item
  others?: Item
}

const sides = ["old", "ours", "others"] as const
type Versions = Record<(typeof sides)[number], readonly Item[]>

/** The items that are left, each with its own paragraphs, and in their order under the item they stand under. */
interface Tree {
  own: Map<Entry, readonly Node[]>
  children: Map<Entry | null, Entry[]>
  merging: Merging
}

function entriesOf({ old, ours, others }: Versions): Entry[] {
  const pieces = { old: old.map(pieceOf), ours: ours.map(pieceOf), others: others.map(pieceOf) }
  const [mine, theirs] = [alignPieces(pieces.old, pieces.ours), alignPieces(pieces.old, pieces.others)]
  const known = old.map((item, at): Entry => {
    const [one, other] = [mine.toOf[at]!, theirs.toOf[at]!]
    const moved = { movedMine: mine.moved[one] ?? false, movedTheirs: theirs.moved[other] ?? false }
    return {
      base: at,
      mine: one,
      theirs: other,
      ...moved,
      key: keyOf(pieces.old[at]!),
      old: item,
      ours: ours[one],
      others: others[other],
    }
  })
  const places = insertions(underParents(ours, mine), underParents(others, theirs), mine, theirs)
  const added = underSameParents(places, ours, others, { ours: mine, others: theirs }).map((places): Entry => {
    const [one, other] = [places.mine[0] ?? -1, places.theirs[0] ?? -1]
    const items = [ours[one], others[other]].filter((item) => item !== undefined)
    // With all that stands under it: two new items of the same words must not change places with the sides.
    const key = [keyOf(pieceOf(items[0]!)), ...items.map(({ item }) => keyOf(blockPiece(item))).sort()].join("\u0001")
    return { base: -1, mine: one, theirs: other, movedMine: false, movedTheirs: false, key, ours: ours[one], others: others[other] }
  })
  return [...known, ...added]
}

/** What both sides put in alike is one item only under an item that is one: of two copies of a nested list each keeps its own. */
function underSameParents(places: readonly Places[], ours: readonly Item[], others: readonly Item[], { ours: mine, others: theirs }: Record<"ours" | "others", Alignment>): Places[] {
  const partner = new Map<number, number>()
  const isSameParent = (one: number, other: number) => {
    const [above, beside] = [ours[one]!.parent, others[other]!.parent]
    if (above === -1 || beside === -1) return above === beside
    const [old, also] = [mine.fromOf[above]!, theirs.fromOf[beside]!]
    return old === -1 || also === -1 ? partner.get(above) === beside : old === also
  }
  // In the order of reading: what an item stands under is decided about before it.
  return places.flatMap((each) => {
    const [one, other] = [each.mine[0], each.theirs[0]]
    if (one === undefined || other === undefined) return [each]
    if (!isSameParent(one, other)) return [{ ...each, theirs: [] }, { ...each, mine: [] }]
    partner.set(one, other)
    return [each]
  })
}

/** The items as pieces that are equal only under the same old item. */
function underParents(items: readonly Item[], { fromOf }: Alignment): Piece[] {
  return items.map((item) => {
    const piece = pieceOf(item)
    return { ...piece, key: `${item.parent === -1 ? "top" : fromOf[item.parent]} ${keyOf(piece)}` }
  })
}

function pieceOf({ item }: Item): Piece {
  return itemPiece(item)
}

/** The paragraphs of an item; null where it is deleted. */
function ownOf({ old, ours, others }: Entry, merging: Merging): readonly Node[] | null {
  if (!old) return (ours ?? others)!.own
  if (ours && others) return mergeChildren(old.own, ours.own, others.own, merging)
  const kept = ours ?? others
  if (!kept || samePieces(pieceOf(old), pieceOf(kept))) return null
  merging.collided++
  return kept === (merging.prefer === "mine" ? ours : others) ? kept.own : null
}

/** The item that one stands under, as the side has it that changed that; if it is gone, the one above it. */
function parentOf(entry: Entry, versions: Versions, byItem: ReadonlyMap<Item, Entry>, order: ReadonlyMap<Entry, number>): Entry | null {
  const under = sides.map((side) => (entry[side] ? standingUnder(entry[side], versions[side], byItem) : undefined))
  const [old, ours, others] = under
  if (ours === undefined || others === undefined) return ours ?? others ?? old ?? null
  if (ours === old) return others
  if (others === old || ours === others) return ours
  // Each side put it under another: either will do, as long as it is always the same one.
  if (!ours || !others) return ours ?? others
  if (ours.key !== others.key) return ours.key < others.key ? ours : others
  return order.get(ours)! < order.get(others)! ? ours : others
}

function standingUnder(item: Item, items: readonly Item[], byItem: ReadonlyMap<Item, Entry>): Entry | null {
  for (let at = item.parent; at >= 0; at = items[at]!.parent) {
    const entry = byItem.get(items[at]!)
    if (entry) return entry
  }
  return null
}

/** Whether each of two sides nested one item under the other. */
function isRing(entry: Entry, parents: ReadonlyMap<Entry, Entry | null>): boolean {
  let at = parents.get(entry) ?? null
  for (let steps = 0; at !== null && steps < parents.size; steps++) {
    if (at === entry) return true
    at = parents.get(at) ?? null
  }
  return false
}

function listOf(shell: Shell, entries: readonly Entry[], tree: Tree): Node {
  return shell.type.create(
    shell.attrs,
    entries.map((entry) => itemOf(entry, tree)),
  )
}

function itemOf(entry: Entry, tree: Tree): Node {
  const { old, ours, others } = entry
  const model = (others ?? ours ?? old)!.item
  const { type, attrs } = old && ours && others ? mergeShell(old.item, ours.item, others.item, tree.merging) : model
  const own = [...tree.own.get(entry)!]
  const lists = nestedLists(tree.children.get(entry) ?? [], tree)
  const content: Node[] = []
  for (const slot of slotsOf(entry)) content.push(...(slot === "l" ? lists : own).splice(0, 1))
  return type.create(attrs, [...paragraphsFirst(content, own, type.schema.nodes.paragraph!), ...lists])
}

/** The order of an item's paragraphs (p) and lists (l), as the side has it that changed that. */
function slotsOf(entry: Entry): string {
  const [old, ours, others] = sides.map((side) =>
    entry[side]?.item.children.map((child) => (isList(child) ? "l" : "p")).join(""),
  )
  if (ours === undefined || others === undefined) return (ours ?? others)!
  if (ours === old) return others
  return others === old || ours < others ? ours : others
}

/** The lists under an item: neighbours are in one list unless the side that changed that has them in two. */
function nestedLists(entries: readonly Entry[], tree: Tree): Node[] {
  const groups: Entry[][] = []
  for (const entry of entries) {
    const group = groups.at(-1)
    if (group && areInOneList(group.at(-1)!, entry)) group.push(entry)
    else groups.push([entry])
  }
  return groups.map((group) => listOf(nestedShell(group, tree), group, tree))
}

function areInOneList(one: Entry, other: Entry): boolean {
  const [old, ours, others] = sides.map((side) =>
    one[side] && other[side] ? one[side].list === other[side].list : undefined,
  )
  if (ours === undefined || others === undefined) return ours ?? others ?? old ?? true
  if (old === undefined) return ours && others
  return ours === old ? others : ours
}

function nestedShell(group: readonly Entry[], { merging }: Tree): Shell {
  for (const { old, ours, others } of group)
    if (old && ours && others) return mergeShell(old.list, ours.list, others.list, merging)
  const lists = group.flatMap(({ ours, others }) => [ours?.list, others?.list]).filter((list) => list !== undefined)
  // Only new items: the kind of either side will do, as long as it is always the same one.
  const kindOf = ({ type, attrs }: Shell) => JSON.stringify([type.name, { ...attrs, id: null }])
  return lists.sort((one, other) => (kindOf(one) < kindOf(other) ? -1 : 1))[0]!
}

/** An item begins with a paragraph; paragraphs that found no place stand before the first list. */
function paragraphsFirst(content: readonly Node[], left: readonly Node[], paragraph: NodeType): Node[] {
  const at = content.findIndex(isList)
  const ordered = at === -1 ? [...content, ...left] : [...content.slice(0, at), ...left, ...content.slice(at)]
  return ordered[0] && !isList(ordered[0]) ? ordered : [paragraph.create(), ...ordered]
}
