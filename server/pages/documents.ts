import { Fragment, type Node } from "prosemirror-model"
import { fromHtml, fromMarkdown, inheritIds, InvalidDocument, joinBlocks, parsePage, sectionOf, withSection, splitBlocks, writtenText } from "../../editor/document/index.ts"
import { AppError, invalid } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { findBlocks, type RevisionRow } from "./store.ts"

/** Documents kept in memory, by the hash of their revision, which never changes its meaning. */
const KEPT = 64
const kept = new Map<string, Node>()

/** The document of a revision. `purgedAt` says when something was last removed from its page: what was kept before is not used. */
export async function documentOf(db: Reader | Transaction, { hash, keys }: Pick<RevisionRow, "hash" | "keys">, purgedAt = ""): Promise<Node> {
  const doc = kept.get(hash + purgedAt) ?? joinBlocks(await findBlocks(db, keys))
  // A block that was purged is kept under the hash of what it was: saved again, what stands there now is a block of its own.
  keepDocument({ hash: hash + purgedAt, keys: purgedAt === "" ? keys : [] }, doc)
  return doc
}

export function keepDocument({ hash, keys }: Pick<RevisionRow, "hash" | "keys">, doc: Node): void {
  // Put at the end: what was not asked for the longest goes first.
  kept.delete(hash)
  kept.set(hash, doc)
  if (keys.length > 0) keysOf.set(doc, keys)
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
}

/** Forgets what is kept in memory: the blocks it was read from have changed, which only a purge does. */
export function forgetDocuments(): void {
  kept.clear()
}

/** Where the blocks of a document are stored, by their hash; nothing for a document that is not one of a revision as it was saved. */
export function storedKeys(doc: Node): ReadonlyMap<string, number> {
  const keys = keysOf.get(doc)
  return new Map(keys && splitBlocks(doc).map(({ hash }, index) => [hash, keys[index]!]))
}

/** For each block of `doc` where the block of its id is stored that stands in the text before. */
export function formerKeys(doc: Node, before: Node): (number | undefined)[] {
  const keys = keysOf.get(before)
  const byId = new Map(keys && before.children.map((block, index) => [block.attrs.id as string | null, keys[index]!]))
  return doc.children.map((block) => (block.attrs.id ? byId.get(block.attrs.id as string) : undefined))
}

const keysOf = new WeakMap<Node, readonly number[]>()

/** A document as it came in: exactly one of the three. */
export interface DocumentInput {
  document?: unknown
  markdown?: string
  html?: string
  /** The heading, by its id in the base, whose section the text is: the rest of the page is then that of the base. */
  section?: string
  /** Whether somebody typed it into a form, where they can put right what would otherwise be left out. */
  typed?: boolean
}

export interface ReadDocument {
  doc: Node
  /** The title found in the text itself, when it has one. */
  title: string | null
  /** What was dropped or not understood, each with its place. */
  warnings: string[]
}

/**
 * Checks what came in and gives the blocks of `base` their ids back (DESIGN.md §2.1). Throws `invalid`, naming the place.
 */
export function readDocument(input: DocumentInput, base: Node | null): ReadDocument {
  const given = (["document", "markdown", "html"] as const).filter((key) => input[key] !== undefined)
  if (given.length !== 1) throw invalid("document", "Send the text as exactly one of document, markdown or html.")
  const read = given[0] === "document" ? { doc: parse(input.document), title: null, warnings: [] } : readText(input)
  if (input.section !== undefined) return { ...read, doc: readSection(read.doc, base, input.section) }
  return base ? { ...read, doc: sharing(inheritIds(read.doc, base), base) } : read
}

/** The blocks of `doc` that do not stand in `base` as they are: what a person really wrote. */
export function newBlocks(doc: Node, base: Node): Node {
  const known = new Set(base.children)
  return doc.copy(Fragment.from(doc.children.filter((block) => !known.has(block))))
}

function readSection(text: Node, base: Node | null, id: string): Node {
  const before = base && sectionOf(base, id)
  if (!before) throw invalid("section", "The page that this text was made from has no such section.")
  // Both parts may be within the bounds of a page, and the whole beyond them.
  return sharing(parse(withSection(base, id, inheritIds(text, before))!.toJSON()), base)
}

/** Everything that a page says, as the personal-data guard reads it. */
export function publicText({ revision, doc }: { revision: { title: string }; doc: Node }): string {
  return `${revision.title}\n${writtenText(doc)}`
}

/**
 * The document with every block that stands in `base` as it is taken from there: what was worked out for it once (text, hash) serves
 * again, and `newBlocks` knows it.
 */
export function sharing(doc: Node, base: Node): Node {
  const known = new Map(base.children.map((block) => [block.attrs.id as string | null, block]))
  const blocks = doc.children.map((block) => {
    const before = known.get(block.attrs.id)
    return before?.eq(block) ? before : block
  })
  return doc.copy(Fragment.from(blocks))
}

function readText({ markdown, html, typed }: DocumentInput): ReadDocument {
  const text = markdown ?? html
  if (typeof text !== "string") throw invalid(markdown === undefined ? "html" : "markdown", "The text must be a string.")
  const read = markdown === undefined ? fromHtml(text) : fromMarkdown(text)
  if (typed && read.faults?.length) throw unfit(read.faults)
  // What a reader made passes the same check as what a stranger sent.
  return { ...read, doc: parse(read.doc.toJSON()) }
}

function unfit(faults: readonly string[]): AppError {
  return new AppError("invalid", faults[0]!, { problems: faults.map((message) => ({ field: "document", message })) })
}

function parse(json: unknown): Node {
  try {
    return parsePage(json)
  } catch (error) {
    if (!(error instanceof InvalidDocument)) throw error
    throw new AppError("invalid", `The document is not valid at ${error.path || "its root"}: ${error.reason}`, {
      problems: [{ field: "document", message: error.reason }],
      extra: { path: error.path },
    })
  }
}
