import type { Node } from "prosemirror-model"
import { blockWithoutWords, pageSchema, withoutWords } from "../../../editor/document/index.ts"
import { type Hidden, type Redaction, tombstone } from "./model.ts"

/** Words to take out, and why. */
type Span = Pick<Redaction, "words" | "reason" | "purgedAt">

/** The document of revision `number` without what is hidden in it. */
export function maskDocument(hidden: Hidden, number: number, doc: Node): Node {
  const whole = hidden.texts.get(number)
  if (!whole) return hidden.spans.reduce((masked, span) => withoutWords(masked, coverOf(span)), doc)
  const told = pageSchema.text(`The text of this revision is not shown. ${tombstone(whole)}`)
  return pageSchema.node("doc", null, [pageSchema.node("paragraph", { id: "hidden" }, told)])
}

/** One block without the words of a span; the same node when they do not stand in it. */
export function blockWithout(block: Node, span: Span): Node {
  return blockWithoutWords(block, coverOf(span))
}

function coverOf(span: Span) {
  return { words: span.words, by: tombstone(span) }
}
