import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"
import type { Attrs, Node } from "prosemirror-model"
import { Fragment } from "prosemirror-model"
import { pageSchema } from "./schema.ts"

/** One top-level block as it is stored: its canonical text, and the SHA-256 of that text in base64url. */
export interface StoredBlock {
  hash: string
  body: string
}

// Long enough to be told apart, short enough to be read out; leaves room for "-12345".
const SLUG_LENGTH = 48

/** The node types whose ids are always given: what a history, a diff or a check can point at. */
const lasting = new Set(["list_item", "table_row", "fact"])

/** The blocks of a page in order. The same content always has the same bytes: default attributes are left out. */
export function splitBlocks(doc: Node): StoredBlock[] {
  return doc.children.map(storedBlock)
}

/** The page that `splitBlocks` took apart. Trusts its input: only blocks of pages that passed `parsePage` are kept. */
export function joinBlocks(bodies: readonly string[]): Node {
  return pageSchema.node(
    "doc",
    null,
    bodies.map((body) => pageSchema.nodeFromJSON(JSON.parse(body))),
  )
}

/** The hash of a page: of its blocks in their order, ids included. */
export function documentHash(doc: Node): string {
  return hash(
    splitBlocks(doc)
      .map((block) => block.hash)
      .join("\n"),
  )
}

/** Whether two pages are the same, ids included. */
export function isSameDocument(one: Node, other: Node): boolean {
  if (one.childCount !== other.childCount) return false
  return one.children.every((block, index) => block === other.child(index) || storedBlock(block).hash === storedBlock(other.child(index)).hash)
}

/** A node as JSON without the attributes that have their default value, in one fixed order of keys. */
export function compactJson(node: Node): Record<string, unknown> {
  const attrs = givenAttrs(node)
  return {
    type: node.type.name,
    ...(attrs && { attrs }),
    ...(node.childCount > 0 && { content: node.children.map(compactJson) }),
    ...(node.marks.length > 0 && { marks: node.marks.map((mark) => mark.toJSON()) }),
    ...(node.isText && { text: node.text }),
  }
}

/**
 * The same page with an id on every top-level block, list item, table row and fact. Ids already there stay, except
 * that of nodes sharing one only the first keeps it. A heading's new id is made of its words, so that its anchor can be
 * read and survives a change of the words.
 */
export function ensureIds(doc: Node, newId: () => string): Node {
  const taken = new Map<string, number>()
  doc.descendants((node) => {
    if (node.attrs.id) taken.set(node.attrs.id, 1)
    return !node.isTextblock
  })
  const kept = new Set<string>()
  const idOf = (node: Node, required: boolean): string | null => {
    const id: string | null = node.attrs.id
    if (id && !kept.has(id)) {
      kept.add(id)
      return id
    }
    return required ? unused(wordsOf(node) || newId(), taken) : null
  }
  return withIds(doc, idOf)
}

const stored = new WeakMap<Node, StoredBlock>()

// Nodes never change, and an edited page shares its untouched blocks with the page it came from.
function storedBlock(node: Node): StoredBlock {
  let block = stored.get(node)
  if (!block) {
    const body = JSON.stringify(compactJson(node))
    stored.set(node, (block = { hash: hash(body), body }))
  }
  return block
}

function givenAttrs(node: Node): Attrs | null {
  const given: Record<string, unknown> = {}
  const spec = node.type.spec.attrs
  for (const name in spec) {
    const value = node.attrs[name]
    if (!isDefault(value, spec[name]!.default)) given[name] = value
  }
  return Object.keys(given).length > 0 ? given : null
}

function isDefault(value: unknown, usual: unknown): boolean {
  return value === usual || (Array.isArray(value) && Array.isArray(usual) && value.length === 0 && usual.length === 0)
}

/** The same tree with the ids that `idOf` gives its nodes; `required` tells where one always stands in the end. */
export function withIds(parent: Node, idOf: (node: Node, required: boolean) => string | null): Node {
  if (parent.isTextblock || parent.isLeaf) return parent
  const children = parent.children.map((node) => {
    if (!("id" in node.attrs)) return node
    const id = idOf(node, parent.type.name === "doc" || lasting.has(node.type.name))
    const within = withIds(node, idOf)
    return id === node.attrs.id && within === node
      ? node
      : node.type.create({ ...node.attrs, id }, within.content, node.marks)
  })
  return children.every((child, index) => child === parent.child(index)) ? parent : parent.copy(Fragment.from(children))
}

/** "Cómo visitar, y cuándo" is "como-visitar-y-cuando"; empty for other nodes and for words without Latin letters. */
function wordsOf(node: Node): string {
  if (node.type.name !== "heading") return ""
  const plain = node.textContent.slice(0, 500).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const words = plain.match(/[a-z0-9]+/g) ?? []
  return words.join("-").slice(0, SLUG_LENGTH).replace(/-$/, "")
}

// Counts per wish, or a page of 5,000 equal headings would try 12 million ids.
function unused(wish: string, taken: Map<string, number>): string {
  let id = wish
  for (let count = taken.get(wish) ?? 0; taken.has(id);) {
    id = `${wish}-${++count}`
    taken.set(wish, count)
  }
  taken.set(id, 1)
  return id
}

function hash(text: string): string {
  return base64url(sha256(utf8ToBytes(text)))
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

function base64url(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    text +=
      alphabet[group >> 18]! + alphabet[(group >> 12) & 63]! + alphabet[(group >> 6) & 63]! + alphabet[group & 63]!
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3))
}
