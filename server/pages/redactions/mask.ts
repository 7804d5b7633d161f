import { Fragment, type Mark, type Node } from "prosemirror-model"
import { InvalidDocument, pageSchema, parsePage, slugOf } from "../../../editor/document/index.ts"
import { type Hidden, type Redaction, tombstone } from "./model.ts"

/** Words to take out, and what stands in their place. */
type Span = Pick<Redaction, "words" | "reason" | "purgedAt">

/** The document of revision `number` without what is hidden in it. */
export function maskDocument(hidden: Hidden, number: number, doc: Node): Node {
  const whole = hidden.texts.get(number)
  if (whole) return pageSchema.node("doc", null, [stone("hidden", `The text of this revision is not shown. ${tombstone(whole)}`)])
  return hidden.spans.reduce((masked, span) => withoutSpan(masked, span), doc)
}

/** The document without the words of a span, wherever they stand: in texts across marks, in attributes, in ids made of words. */
export function withoutSpan(doc: Node, span: Span): Node {
  const blocks = doc.children.map((block) => blockWithout(block, span))
  return blocks.every((block, at) => block === doc.child(at)) ? doc : doc.copy(Fragment.from(blocks))
}

/** One block without the words; the same node when they do not stand in it. */
export function blockWithout(block: Node, span: Span): Node {
  const masked = masking(block, span)
  if (masked === block) return block
  try {
    return parsePage(pageSchema.node("doc", null, [masked]).toJSON()).firstChild!
  } catch (error) {
    // Without these words the block is none any more (an address of a source, a path): all of it gives way.
    if (!(error instanceof InvalidDocument)) throw error
    return stone(masked.attrs.id as string | null, tombstone(span))
  }
}

function masking(node: Node, span: Span): Node {
  if (node.isText) return withMarks(node, span)
  const attrs = attrsWithout(node, span)
  const content = node.isTextblock ? inlineWithout(node, span) : Fragment.from(node.children.map((child) => masking(child, span)))
  const same = attrs === node.attrs && content.childCount === node.childCount && content.content.every((child, at) => child === node.child(at))
  return same ? node : node.type.create(attrs, content, node.marks)
}

// A hit may run across marks: places in the whole text of the block are cut out of its content.
function inlineWithout(block: Node, span: Span): Fragment {
  const text = block.textBetween(0, block.content.size, "\n", "\ufffc")
  let content = block.content
  let end = text.length
  for (let at = text.lastIndexOf(span.words, end); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(span.words, at - 1)) {
    if (at + span.words.length > end) continue
    const before = content.cut(0, at)
    const after = content.cut(at + span.words.length)
    content = before.addToEnd(pageSchema.text(tombstone(span))).append(after)
    end = at
  }
  return Fragment.from(content.content.map((child) => masking(child, span)))
}

function withMarks(node: Node, span: Span): Node {
  const kept = node.marks.filter((mark: Mark) => !JSON.stringify(mark.attrs).includes(span.words))
  return kept.length === node.marks.length ? node : node.mark(kept)
}

function attrsWithout(node: Node, span: Span): Node["attrs"] {
  const slug = slugOf(span.words)
  const madeOfWords = (id: unknown) => typeof id === "string" && slug.length > 2 && id.includes(slug)
  const hits = madeOfWords(node.attrs.id) || JSON.stringify(node.attrs).includes(JSON.stringify(span.words).slice(1, -1))
  if (!hits) return node.attrs
  const attrs = deepWithout(node.attrs, span) as Record<string, unknown>
  if (madeOfWords(node.attrs.id)) attrs.id = (node.attrs.id as string).replaceAll(slug, "hidden")
  // A number with a hole in it is no number.
  if (node.type.name === "fact" && attrs.value !== node.attrs.value) return { ...attrs, value: "", state: "unknown" }
  return attrs
}

function deepWithout(value: unknown, span: Span): unknown {
  if (typeof value === "string") return value.replaceAll(span.words, () => tombstone(span))
  if (Array.isArray(value)) return value.map((one) => deepWithout(one, span))
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deepWithout(one, span)]))
}

function stone(id: string | null, text: string): Node {
  return pageSchema.node("paragraph", { id }, pageSchema.text(text))
}
