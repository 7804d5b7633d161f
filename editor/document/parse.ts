import { type Attrs, Fragment, Mark, type MarkType, type Node, type NodeType, type Schema } from "prosemirror-model"
import { attributeRule, checkTogether, Refusal } from "./attribute-rules.ts"
import { commentSchema, pageSchema } from "./schema.ts"
import { readLine } from "./text-rules.ts"

/** How large a document may be: in levels of nesting, in nodes, and in characters of text and attributes together. */
export interface Bounds {
  depth: number
  nodes: number
  characters: number
}

/** Lists nineteen deep, 10,000 list items with their paragraphs, a novel: beyond it is no page but an attack. */
export const PAGE_BOUNDS: Bounds = { depth: 40, nodes: 60_000, characters: 1_200_000 }
export const COMMENT_BOUNDS: Bounds = { depth: 6, nodes: 2_000, characters: 20_000 }

/** A document that cannot be kept: `path` names the place ("content[3].content[0].attrs.href"), `reason` says why. */
export class InvalidDocument extends Error {
  readonly path: string
  readonly reason: string

  constructor(path: string, reason: string) {
    super(path === "" ? reason : `${path}: ${reason}`)
    this.name = "InvalidDocument"
    this.path = path
    this.reason = reason
  }
}

/**
 * Untrusted JSON as a page, or throws `InvalidDocument`. What is admitted is whole: known types and attributes only,
 * each within its bounds; every node where its parent holds it; ids used once; links and values in canonical form.
 *
 * Little is changed on the way in: text is composed (NFC), line ends and tabs in it become blanks, adjoining texts with
 * the same marks are joined, links and language tags get their canonical spelling, what is left out gets its default.
 */
export function parsePage(json: unknown): Node {
  return parse(pageSchema, PAGE_BOUNDS, json)
}

/** Untrusted JSON as a comment, by the same rules and the smaller schema. */
export function parseComment(json: unknown): Node {
  return parse(commentSchema, COMMENT_BOUNDS, json)
}

interface Reader {
  schema: Schema
  bounds: Bounds
  /** The place being read; left as it was when something is refused. */
  path: (string | number)[]
  depth: number
  nodes: number
  characters: number
  ids: Set<string>
}

type Json = Record<string, unknown>

function parse(schema: Schema, bounds: Bounds, json: unknown): Node {
  const reader: Reader = { schema, bounds, path: [], depth: 0, nodes: 0, characters: 0, ids: new Set() }
  try {
    const node = readNode(json, reader)
    if (node.type !== schema.topNodeType) throw new Refusal(`a document begins with {"type": "doc"}`)
    return node
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new InvalidDocument(pathText(reader.path, error.at), error.reason)
  }
}

// Depth is checked before descending, so that no input can overflow the stack.
function readNode(json: unknown, reader: Reader): Node {
  if (++reader.nodes > reader.bounds.nodes) throw new Refusal(`it has more than ${reader.bounds.nodes} parts`)
  if (++reader.depth > reader.bounds.depth) throw new Refusal(`it is more than ${reader.bounds.depth} levels deep`)
  const given = readObject(json, ["type", "attrs", "content", "marks", "text"])
  const type = readType(given.type, reader.schema.nodes)
  const marks = readMarks(given.marks, reader)
  const node = type.isText ? readText(given, marks, reader) : readElement(given, type, marks, reader)
  reader.depth--
  return node
}

function readText({ text, content, attrs }: Json, marks: readonly Mark[], reader: Reader): Node {
  if (content !== undefined || attrs !== undefined) throw new Refusal("a text has marks and text only")
  return at("text", reader, () => {
    if (typeof text !== "string" || text === "") throw new Refusal("this has to be a text of at least one character")
    count(text, reader)
    const reading = readLine(text)
    if (!reading.ok) throw new Refusal(reading.problem)
    return reader.schema.text(reading.value, marks)
  })
}

function readElement(given: Json, type: NodeType, marks: readonly Mark[], reader: Reader): Node {
  if (given.text !== undefined) throw new Refusal(`only a text has a "text"`)
  const attrs = readAttrs(given.attrs, type, reader)
  claimId(attrs.id, reader)
  const children = readContent(given.content, type, reader)
  const node = type.create(attrs, Fragment.fromArray(children), marks)
  if (type.name === "table") checkGrid(node)
  return node
}

function readContent(given: unknown, type: NodeType, reader: Reader): Node[] {
  if (given !== undefined && !Array.isArray(given)) throw new Refusal("this has to be a list of nodes", ".content")
  const list: unknown[] = given ?? []
  let match = type.contentMatch
  reader.path.push("content", 0)
  const children = list.map((json, index) => {
    reader.path[reader.path.length - 1] = index
    const node = readNode(json, reader)
    const next = match.matchType(node.type)
    if (!next) throw new Refusal(`a ${node.type.name} cannot stand here: ${holds(type)}`)
    if (!type.allowsMarks(node.marks)) throw new Refusal(`nothing in a ${type.name} can be marked`, ".marks")
    match = next
    return node
  })
  reader.path.length -= 2
  if (!match.validEnd) throw new Refusal(`something is missing: ${holds(type)}`, ".content")
  return children
}

function holds({ name, spec }: NodeType): string {
  return spec.content ? `a ${name} holds ${spec.content}` : `a ${name} holds nothing`
}

function readMarks(given: unknown, reader: Reader): readonly Mark[] {
  if (given === undefined) return Mark.none
  if (!Array.isArray(given)) throw new Refusal("this has to be a list of marks", ".marks")
  if (given.length > Object.keys(reader.schema.marks).length) throw new Refusal("these are too many marks", ".marks")
  const marks = given.map((json: unknown, index) => at(`marks[${index}]`, reader, () => readMark(json, reader)))
  if (new Set(marks.map((mark) => mark.type)).size < marks.length) throw new Refusal("a mark is there twice", ".marks")
  return Mark.setFrom(marks)
}

function readMark(json: unknown, reader: Reader): Mark {
  const given = readObject(json, ["type", "attrs"])
  const type = readType(given.type, reader.schema.marks)
  return type.create(readAttrs(given.attrs, type, reader))
}

function readAttrs(given: unknown, type: NodeType | MarkType, reader: Reader): Attrs {
  const specs = type.spec.attrs ?? {}
  return at("attrs", reader, () => {
    const named = given === undefined ? {} : readObject(given, Object.keys(specs))
    const attrs: Record<string, unknown> = {}
    for (const name in specs) {
      if (named[name] === undefined) {
        if (!("default" in specs[name]!)) throw new Refusal("this is missing", `.${name}`)
        attrs[name] = specs[name]!.default
      } else attrs[name] = at(name, reader, () => readAttr(type.name, name, named[name], reader))
    }
    checkTogether(type.name, attrs)
    return attrs
  })
}

function readAttr(type: string, name: string, given: unknown, reader: Reader): unknown {
  const value = attributeRule(type, name)!(given)
  count(typeof value === "string" ? value : JSON.stringify(value), reader)
  return value
}

function readType<Type>(name: unknown, types: Readonly<Record<string, Type>>): Type {
  const type = typeof name === "string" ? types[name] : undefined
  return type ?? refuseType(name)
}

function refuseType(name: unknown): never {
  throw new Refusal(typeof name === "string" ? `there is no type ${quoted(name)}` : "this has to have a type", ".type")
}

/** Own keys only, and only those that are known: "__proto__" and its kin are as unknown as any. */
function readObject(json: unknown, known: readonly string[]): Json {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw new Refusal("this has to be an object")
  for (const key of Object.keys(json)) {
    if (!known.includes(key)) throw new Refusal(`${quoted(key)} is not known here`)
  }
  return json as Json
}

function claimId(id: unknown, reader: Reader): void {
  if (typeof id !== "string") return
  if (reader.ids.has(id)) throw new Refusal(`the id ${quoted(id)} is there twice`, ".attrs.id")
  reader.ids.add(id)
}

function checkGrid(table: Node): void {
  const width = table.child(0).childCount
  const ragged = table.children.findIndex((row) => row.childCount !== width)
  if (ragged > 0) throw new Refusal(`every row of a table has as many cells as the first`, `.content[${ragged}]`)
}

function count(text: string, reader: Reader): void {
  reader.characters += text.length
  if (reader.characters > reader.bounds.characters) {
    throw new Refusal(`it has more than ${reader.bounds.characters} characters`)
  }
}

function at<Result>(place: string, reader: Reader, read: () => Result): Result {
  reader.path.push(place)
  const result = read()
  reader.path.pop()
  return result
}

function pathText(path: readonly (string | number)[], within: string): string {
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
  return [...parts, within].join("").replace(/^\./, "")
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40))
}
