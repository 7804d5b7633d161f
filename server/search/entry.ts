import type { Node } from "prosemirror-model"
import { factKind, facts, toText } from "../../editor/document/index.ts"
import type { PageAt } from "../pages/model.ts"
import { indexedWords } from "./fold.ts"
import type { Entry } from "./model.ts"

/** Words taken in of one page, so that a page of a megabyte costs no more than a long one. */
const MOST_WORDS = 60_000

/**
 * A page as the index takes it in. Kinds of fact are found under their names in every language there is, so that a family can ask for
 * "fianza" or "vizit".
 */
export function entryOf({ page, revision, doc }: PageAt): Entry {
  const sheets = doc.children.filter(isSheet)
  const rest = doc.children.filter((node) => !isSheet(node))
  const labels = new Set(facts(doc).flatMap(({ key }) => Object.values(factKind(key)?.labels ?? {})))
  return {
    pageId: page.id,
    kind: page.kind,
    title: boundedWords(revision.title),
    facts: boundedWords([...sheets.map(toText), ...labels].join("\n\n")),
    text: boundedWords(rest.map(toText).join("\n\n")),
    shown: toText(doc),
  }
}

function isSheet(node: Node): boolean {
  return node.type.name === "fact_sheet"
}

function boundedWords(text: string): string[] {
  return indexedWords(text).slice(0, MOST_WORDS)
}
