import fc from "fast-check"
import { Fragment, type Node } from "prosemirror-model"
import { ensureIds, pageSchema } from "../../editor/document/index.ts"
import { anyPage } from "./any-document.ts"

// Edits such as people make, as functions of the document they are made to. Each is told by a few random numbers, so
// that a failure shrinks to the smallest document and the simplest edit.

/** An edit of a page; it may come to nothing where the page has no place for it. */
export interface Edit {
  name: string
  apply(doc: Node): Node
}

const { nodes } = pageSchema
const anyWord = fc.constantFrom(
  "desk",
  "(305) 207-2100",
  "new",
  "visit",
  "8am",
  "—",
  "“quoted”",
  "👍🏿",
  "año",
  "日本語",
  ".",
  " ",
)
const seed = fc.nat({ max: 1_000_000 })

/** One edit of the words, the marks, the attributes or the order. `fresh` are blocks that edits may bring in. */
export const anyEdit = anyEditWith(anyWord)

/** The same with new words of one's own, so that they can be found again. */
export function anyEditWith(word: fc.Arbitrary<string>): fc.Arbitrary<Edit> {
  // prettier-ignore
  return fc.oneof(
    fc.tuple(seed, word).map(([at, text]) => edit(`insert “${text}”`, (doc) => inText(doc, at, (content, offset) => spliced(content, offset, offset, [pageSchema.text(text)])))),
    fc.tuple(seed, fc.nat({ max: 12 })).map(([at, length]) => edit("delete text", (doc) => inText(doc, at, (content, offset) => spliced(content, offset, offset + length, [])))),
    fc.tuple(seed, fc.nat({ max: 12 }), word).map(([at, length, text]) => edit("replace text", (doc) => inText(doc, at, (content, offset) => spliced(content, offset, offset + length, [pageSchema.text(text)])))),
    fc.tuple(seed, fc.integer({ min: 1, max: 12 }), fc.constantFrom("strong", "em", "code")).map(([at, length, mark]) => edit(`toggle ${mark}`, (doc) => inText(doc, at, (content, offset) => marked(content, offset, offset + length, mark)))),
    fc.tuple(seed, fc.integer({ min: 1, max: 12 }), fc.constantFrom("/wiki/a", "https://b.example/")).map(([at, length, href]) => edit("link", (doc) => inText(doc, at, (content, offset) => linked(content, offset, offset + length, href)))),
    fc.tuple(seed, seed).map(([one, other]) => edit("move a child", (doc) => inParent(doc, one, (children) => moved(children, one, other)))),
    seed.map((at) => edit("delete a child", (doc) => inParent(doc, at, (children) => children.filter((_, index) => index !== at % children.length)))),
    seed.map((at) => edit("repeat a child", (doc) => inParent(doc, at, (children) => children.toSpliced(at % children.length, 0, children[at % children.length]!)))),
    fc.tuple(seed, anyPage({ ids: false, blocks: 2 })).map(([at, other]) => edit("insert blocks", (doc) => doc.copy(Fragment.from(doc.children.toSpliced(at % (doc.childCount + 1), 0, ...other.children))))),
    seed.map((at) => edit("split a paragraph", (doc) => doc.copy(Fragment.from(doc.children.flatMap((child, index) => (index === at % doc.childCount && child.type.name === "paragraph" ? halves(child, at) : [child])))))),
    seed.map((at) => edit("join paragraphs", (doc) => doc.copy(Fragment.from(doc.children.flatMap((child, index) => (index === at % doc.childCount ? joinedWith(child, doc.maybeChild(index + 1)) : index === (at % doc.childCount) + 1 && isParagraph(doc.child(index - 1)) && isParagraph(child) ? [] : [child])))))),
    seed.map((at) => edit("make a list of a paragraph", (doc) => mapTop(doc, at, isParagraph, (node) => nodes.bullet_list.create(null, nodes.list_item.create(null, node))))),
    seed.map((at) => edit("quote a paragraph", (doc) => mapTop(doc, at, isParagraph, (node) => nodes.blockquote.create(null, node)))),
    seed.map((at) => edit("indent an item", (doc) => mapNodes(doc, at, (node) => isList(node) && node.childCount > 1, indented))),
    seed.map((at) => edit("remove a column", (doc) => mapNodes(doc, at, (node) => node.type.name === "table" && node.children.every((row) => row.childCount > 1), (node) => withoutColumn(node, at)))),
    seed.map((at) => edit("change an attribute", (doc) => mapNodes(doc, at, (node) => node.type.name in otherAttrs, (node) => node.type.create({ ...node.attrs, ...otherAttrs[node.type.name]!(node) }, node.content)))),
    seed.map((at) => edit("change a type", (doc) => mapNodes(doc, at, (node) => node.type.name in otherTypes, (node) => nodes[otherTypes[node.type.name] as "paragraph"].create({ id: node.attrs.id }, node.content)))),
  )
}

/** A page and what a few edits made of it; new blocks have ids of their own, as after saving. */
export const anyEditedPage: fc.Arbitrary<{ from: Node; to: Node; edits: string[] }> = fc
  .tuple(anyPage(), fc.array(anyEdit, { minLength: 1, maxLength: 5 }))
  .map(([from, edits]) => ({ from, to: edited(from, edits), edits: edits.map(({ name }) => name) }))

/** What `edits` make of a page, checked against the schema. */
export function edited(from: Node, edits: readonly Edit[], prefix = "new"): Node {
  let count = 0
  const to = ensureIds(
    edits.reduce((doc, edit) => edit.apply(doc), from),
    () => `${prefix}${++count}`,
  )
  to.check()
  return to
}

function isParagraph(node: Node): boolean {
  return node.type.name === "paragraph"
}

function isList(node: Node): boolean {
  return node.type.name.endsWith("_list")
}

function joinedWith(one: Node, other: Node | null): Node[] {
  return other && isParagraph(one) && isParagraph(other) ? [one.copy(one.content.append(other.content))] : [one]
}

function mapTop(doc: Node, at: number, isFit: (node: Node) => boolean, change: (node: Node) => Node): Node {
  return doc.copy(
    Fragment.from(
      doc.children.map((child, index) => (index === at % doc.childCount && isFit(child) ? change(child) : child)),
    ),
  )
}

/** The last item of a list nested under the one before it. */
function indented(list: Node): Node {
  const before = list.child(list.childCount - 2)
  const nested = before.copy(before.content.append(Fragment.from(list.type.create(null, list.lastChild!))))
  return list.copy(Fragment.from([...list.children.slice(0, -2), nested]))
}

function edit(name: string, apply: (doc: Node) => Node): Edit {
  return { name, apply }
}

const otherAttrs: Record<string, (node: Node) => object> = {
  heading: (node) => ({ level: node.attrs.level === 2 ? 3 : 2 }),
  ordered_list: (node) => ({ start: node.attrs.start + 1 }),
  notice: (node) => ({ kind: node.attrs.kind === "info" ? "danger" : "info" }),
  figure: (node) => ({ alt: node.attrs.alt + " seen from the road" }),
  fact: (node) => ({ checked: node.attrs.checked === "2026-11-01" ? "2026-11-02" : "2026-11-01" }),
}

const otherTypes: Record<string, string> = {
  heading: "address", address: "heading", table_cell: "table_header", table_header: "table_cell",
  bullet_list: "ordered_list", ordered_list: "bullet_list", blockquote: "notice", notice: "blockquote",
} // prettier-ignore

/** The node that `isFit` picks and `at` chooses among them, changed. */
function mapNodes(doc: Node, at: number, isFit: (node: Node) => boolean, change: (node: Node) => Node): Node {
  let count = 0
  doc.descendants((node) => {
    if (isFit(node)) count++
  })
  let left = count === 0 ? -1 : at % count
  const visit = (node: Node): Node => {
    if (isFit(node) && left-- === 0) return change(node)
    return node.isTextblock || node.isLeaf ? node : node.copy(Fragment.from(node.children.map(visit)))
  }
  return visit(doc)
}

function inText(doc: Node, at: number, change: (content: Fragment, offset: number) => Fragment): Node {
  return mapNodes(
    doc,
    at,
    (node) => node.isTextblock,
    (node) => node.copy(change(node.content, (at >> 4) % (node.content.size + 1))),
  )
}

function inParent(doc: Node, at: number, change: (children: readonly Node[]) => Node[]): Node {
  // Every row of a table has as many cells as the first.
  const hasChildren = (node: Node) => !node.isTextblock && node.childCount > 1 && node.type.name !== "table_row"
  return mapNodes(doc, at >> 4, hasChildren, (node) => {
    const content = Fragment.from(change(node.children))
    return node.type.validContent(content) ? node.copy(content) : node
  })
}

function spliced(content: Fragment, start: number, end: number, inserted: Node[]): Fragment {
  return Fragment.from(
    [...content.cut(0, start).content, ...inserted, ...content.cut(Math.min(end, content.size)).content].filter(whole),
  ).content.reduce((fragment, node) => fragment.append(Fragment.from(node)), Fragment.empty)
}

// Cutting may halve a surrogate pair, which no keyboard does.
function whole(node: Node): boolean {
  return !node.isText || !/\p{Cs}/u.test(node.text!)
}

function marked(content: Fragment, start: number, end: number, name: string): Fragment {
  const mark = pageSchema.mark(name)
  return remarked(content, start, end, (node) =>
    node.mark(mark.isInSet(node.marks) ? mark.removeFromSet(node.marks) : mark.addToSet(node.marks)),
  )
}

function linked(content: Fragment, start: number, end: number, href: string): Fragment {
  const mark = pageSchema.mark("link", { href })
  return remarked(content, start, end, (node) => node.mark(mark.addToSet(node.marks)))
}

function remarked(content: Fragment, start: number, end: number, change: (node: Node) => Node): Fragment {
  const within = content.cut(start, Math.min(end, content.size)).content.map(change)
  return spliced(content, start, end, within)
}

function moved(children: readonly Node[], one: number, other: number): Node[] {
  const from = one % children.length
  const rest = children.toSpliced(from, 1)
  return rest.toSpliced(other % children.length, 0, children[from]!)
}

function halves(paragraph: Node, at: number): Node[] {
  const offset = (at >> 4) % (paragraph.content.size + 1)
  if (![paragraph.cut(0, offset), paragraph.cut(offset)].every((half) => half.children.every(whole))) return [paragraph]
  return [paragraph.cut(0, offset), paragraph.cut(offset)]
}

function withoutColumn(table: Node, at: number): Node {
  const column = at % table.child(0).childCount
  return table.copy(
    Fragment.from(table.children.map((row) => row.copy(Fragment.from(row.children.toSpliced(column, 1))))),
  )
}
