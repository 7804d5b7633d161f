import type { Node } from "prosemirror-model"
import { citations, commentSchema, factKind, facts, toText } from "../../editor/document/index.ts"
import type { PageAt } from "../pages/model.ts"
import { indexedWords } from "./fold.ts"
import type { Entry } from "./model.ts"

/** Words taken in of one page, so that a page of a megabyte costs no more than a long one. */
const MOST_WORDS = 60_000
/** Facts that are other names of the page. */
const NAMES = ["name", "alias", "agency_code"]

/**
 * A page as the index takes it in. Kinds of fact are found under their names in every language there is, so that a family can ask for
 * "fianza" or "vizit".
 */
export function entryOf({ page, revision, doc }: PageAt, comments: readonly string[] = []): Entry {
  const sheets = doc.children.filter(isSheet)
  const rest = doc.children.filter((node) => !isSheet(node))
  const names = facts(doc).filter(({ key, state }) => NAMES.includes(key) && state === "known").map(({ value }) => value)
  const around = [sourcesOf(doc), ...comments].filter(Boolean).join("\n\n")
  const labels = new Set(facts(doc).flatMap(({ key }) => Object.values(factKind(key)?.labels ?? {})))
  return {
    pageId: page.id,
    kind: page.kind,
    title: bounded(indexedWords(revision.title)),
    names: bounded(indexedWords(names.join("\n"))),
    facts: bounded([...sheets.flatMap(blockWords), ...indexedWords([...labels].join("\n\n"))]),
    text: bounded(rest.flatMap(blockWords)),
    around: bounded(indexedWords(around)),
    shown: [toText(doc), around].filter(Boolean).join("\n\n"),
  }
}

const known = new WeakMap<Node, string[]>()

/** The words of one block of a page. Nodes never change, and a saved page shares its untouched blocks with the one before. */
export function blockWords(block: Node): string[] {
  let words = known.get(block)
  if (!words) known.set(block, (words = indexedWords(toText(block))))
  return words
}

/** The words of a comment as it is kept: a document of the smaller schema. */
export function commentText(body: string): string {
  return toText(commentSchema.nodeFromJSON(JSON.parse(body)))
}

/** What the page rests on, with the words quoted from it. */
function sourcesOf(doc: Node): string {
  const all = citations(doc).map(({ title, source, locator, quote }) => [title || source, locator, quote].filter(Boolean).join(", "))
  return [...new Set(all)].join("\n")
}

function isSheet(node: Node): boolean {
  return node.type.name === "fact_sheet"
}

function bounded(words: string[]): string[] {
  return words.slice(0, MOST_WORDS)
}
