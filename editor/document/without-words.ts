import { Fragment, type Mark, type Node } from "prosemirror-model"
import { InvalidDocument, parsePage } from "./parse.ts"
import { pageSchema } from "./schema.ts"
import { slugOf } from "./slug.ts"

/** Words to take out of a document, and what stands in their place. */
export interface Cover {
  words: string
  by: string
}

/** The document without the words, wherever they stand: in texts across marks, in attributes, in ids made of words. */
export function withoutWords(doc: Node, cover: Cover): Node {
  const blocks = doc.children.map((block) => blockWithoutWords(block, cover))
  return blocks.every((block, at) => block === doc.child(at)) ? doc : doc.copy(Fragment.from(blocks))
}

/** One block without the words; the same node when they do not stand in it. */
export function blockWithoutWords(block: Node, cover: Cover): Node {
  const covered = covering(block, cover)
  if (covered === block) return block
  try {
    return parsePage(pageSchema.node("doc", null, [covered]).toJSON()).firstChild!
  } catch (error) {
    // Without these words the block is none any more (an address of a source, a path): all of it gives way.
    if (!(error instanceof InvalidDocument)) throw error
    return pageSchema.node("paragraph", { id: covered.attrs.id as string | null }, pageSchema.text(cover.by))
  }
}

function covering(node: Node, cover: Cover): Node {
  if (node.isText) return withMarks(node, cover)
  const attrs = attrsWithout(node, cover)
  const content = node.isTextblock ? inlineWithout(node, cover) : Fragment.from(node.children.map((child) => covering(child, cover)))
  const same = attrs === node.attrs && content.childCount === node.childCount && content.content.every((child, at) => child === node.child(at))
  return same ? node : node.type.create(attrs, content, node.marks)
}

// A hit may run across marks: places in the whole text of the block are cut out of its content.
function inlineWithout(block: Node, cover: Cover): Fragment {
  const { words, by } = cover
  const text = block.textBetween(0, block.content.size, "\n", "\ufffc")
  let content = block.content
  let end = text.length
  for (let at = text.lastIndexOf(words, end); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(words, at - 1)) {
    if (at + words.length > end) continue
    const before = content.cut(0, at)
    const after = content.cut(at + words.length)
    content = before.addToEnd(pageSchema.text(by)).append(after)
    end = at
  }
  return Fragment.from(content.content.map((child) => covering(child, cover)))
}

function withMarks(node: Node, { words }: Cover): Node {
  const kept = node.marks.filter((mark: Mark) => !JSON.stringify(mark.attrs).includes(words))
  return kept.length === node.marks.length ? node : node.mark(kept)
}

function attrsWithout(node: Node, cover: Cover): Node["attrs"] {
  const { words } = cover
  const slug = slugOf(words)
  const madeOfWords = (id: unknown) => typeof id === "string" && slug.length > 2 && id.includes(slug)
  const hits = madeOfWords(node.attrs.id) || JSON.stringify(node.attrs).includes(JSON.stringify(words).slice(1, -1))
  if (!hits) return node.attrs
  const attrs = deepWithout(node.attrs, cover) as Record<string, unknown>
  if (madeOfWords(node.attrs.id)) attrs.id = (node.attrs.id as string).replaceAll(slug, "hidden")
  // A number with a hole in it is no number.
  if (node.type.name === "fact" && attrs.value !== node.attrs.value) return { ...attrs, value: "", state: "unknown" }
  return attrs
}

function deepWithout(value: unknown, cover: Cover): unknown {
  if (typeof value === "string") return value.replaceAll(cover.words, () => cover.by)
  if (Array.isArray(value)) return value.map((one) => deepWithout(one, cover))
  if (value === null || typeof value !== "object") return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deepWithout(one, cover)]))
}
