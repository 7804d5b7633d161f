import type { Mark, Node, NodeType } from "prosemirror-model"

/** What alignment knows of a block, a list item, a row or a fact. Only pieces of one family are ever paired. */
export interface Piece {
  id: string | null
  family: string
  type: string
  /** What its content is made of: the block itself, or the paragraphs of a list item without its nested lists. */
  nodes: readonly Node[]
  key?: string
  text?: string
  words?: Map<string, number>
}

const families: Record<string, string> = {
  paragraph: "text", heading: "text", address: "text", bullet_list: "list", ordered_list: "list", blockquote: "quote", notice: "quote",
} // prettier-ignore

export function blockPiece(node: Node): Piece {
  return { id: node.attrs.id ?? null, family: familyOf(node), type: node.type.name, nodes: [node] }
}

/** A list item is known by what it says itself, so that it stays the same when items are nested under it. */
export function itemPiece(item: Node): Piece {
  const nodes = item.children.filter((child) => !isList(child))
  return { id: item.attrs.id ?? null, family: "list_item", type: "list_item", nodes }
}

/** A list item wherever it is nested: `parent` is the index of the item it stands under, -1 at the top. */
export interface Unit {
  item: Node
  list: Node
  depth: number
  parent: number
  own: readonly Node[]
}

/** Every item of a list in the order of reading, nested ones after the item they stand under. */
export function flattenList(list: Node): Unit[] {
  const units: Unit[] = []
  const add = (list: Node, depth: number, parent: number) => {
    for (const item of list.children) {
      const index = units.push({ item, list, depth, parent, own: item.children.filter((child) => !isList(child)) }) - 1
      for (const child of item.children) if (isList(child)) add(child, depth + 1, index)
    }
  }
  add(list, 0, -1)
  return units
}

export function familyOf(node: Node): string {
  return families[node.type.name] ?? node.type.name
}

export function isList(node: Node): boolean {
  return node.type.name === "bullet_list" || node.type.name === "ordered_list"
}

/** How far two nodes, or pieces, are the same: not at all, but for ids, or in everything. */
export const DIFFERENT = 0
export const SAME_CONTENT = 1
export const SAME = 2
export type Sameness = typeof DIFFERENT | typeof SAME_CONTENT | typeof SAME

export function samePieces(one: Piece, other: Piece): Sameness {
  if (one.nodes.length !== other.nodes.length) return DIFFERENT
  let found: Sameness = SAME
  for (let at = 0; at < one.nodes.length && found !== DIFFERENT; at++) {
    found = Math.min(found, sameness(one.nodes[at]!, other.nodes[at]!)) as Sameness
  }
  return found
}

/** Whether two nodes say the same with the same marks and attributes, ids aside. */
export function isSameNode(one: Node, other: Node): boolean {
  return sameness(one, other) !== DIFFERENT
}

export function sameness(one: Node, other: Node): Sameness {
  if (one === other) return SAME
  if (one.type !== other.type || one.text !== other.text) return DIFFERENT
  if (one.isText) return isSameMarks(one, other) ? SAME : DIFFERENT
  const [content, counterpart] = [one.content.content, other.content.content]
  if (content.length !== counterpart.length) return DIFFERENT
  let found: Sameness = one.attrs.id === other.attrs.id ? SAME : SAME_CONTENT
  if (!isSameMarks(one, other) || !isSameAttrs(one, other)) return DIFFERENT
  for (let at = 0; at < content.length; at++) {
    const inside = sameness(content[at]!, counterpart[at]!)
    if (inside === DIFFERENT) return DIFFERENT
    if (inside < found) found = inside
  }
  return found
}

export function isSameAttrs(one: Node, other: Node): boolean {
  if (one.attrs === other.attrs) return true
  for (const name of attrNames(one.type)) if (!isSameValue(one.attrs[name], other.attrs[name])) return false
  return true
}

const namesByType = new WeakMap<NodeType, string[]>()

/** The attributes of a type of node but for ids, which are not the reader's. */
function attrNames(type: NodeType): string[] {
  let names = namesByType.get(type)
  if (!names) namesByType.set(type, (names = Object.keys(type.spec.attrs ?? {}).filter((name) => name !== "id")))
  return names
}

/** Attributes are text, numbers, null and the lists of citations of facts. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === "object" && JSON.stringify(one) === JSON.stringify(other))
}

/** Equal for pieces of the same content, ids aside. */
export function keyOf(piece: Piece): string {
  return (piece.key ??= piece.nodes.map(contentKey).join("\u0001"))
}

/** What a piece says, in plain words; empty for what shows nothing. */
export function textOf(piece: Piece): string {
  return (piece.text ??= (
    piece.nodes.length === 1 ? plainText(piece.nodes[0]!) : piece.nodes.map(plainText).join("\n")
  ).trim())
}

function contentKey(node: Node): string {
  const marks = node.marks.length === 0 ? "" : JSON.stringify(node.marks)
  if (node.isText) return marks + node.text
  let key = marks + node.type.name
  for (const name of attrNames(node.type)) {
    const value: unknown = node.attrs[name]
    if (value !== "" && value !== null)
      key += "\u0002" + name + (typeof value === "object" ? JSON.stringify(value) : String(value))
  }
  for (const child of node.content.content) key += "\u0003" + contentKey(child)
  return key + "\u0004"
}

function isSameMarks(one: Node, other: Node): boolean {
  const [a, b] = [one.marks, other.marks]
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at++) if (!isSameMark(a[at]!, b[at]!)) return false
  return true
}

// The attributes of marks are texts, so there is nothing deep to compare.
function isSameMark(one: Mark, other: Mark): boolean {
  if (one === other) return true
  if (one.type !== other.type) return false
  for (const name in one.attrs) if (one.attrs[name] !== other.attrs[name]) return false
  return true
}

function plainText(node: Node): string {
  if (node.isText) return node.text!
  if (node.childCount === 1 && node.type.name === "paragraph") return plainText(node.child(0))
  const said = saidByAttrs(node)
  if (node.isLeaf) return said
  const parts = node.content.content.map(plainText)
  const text = node.inlineContent ? parts.join("") : parts.join("\n")
  return said && text ? `${said}\n${text}` : said || text
}

function saidByAttrs({ type, attrs }: Node): string {
  if (type.name === "hard_break") return "\n"
  if (type.name === "fact") return [attrs.key, attrs.label, attrs.qualifier, attrs.value].filter(Boolean).join(" ")
  if (type.name === "figure") return [attrs.src, attrs.alt].filter(Boolean).join(" ")
  return ""
}
