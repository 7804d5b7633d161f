import type { Mark, Node } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { citationKey, citationName, type NumberedSource, numberedSources } from "./citations.ts"
import { factSpec } from "./fact-spec.ts"
import { anchor } from "./ids.ts"
import { relOf, sourceHref } from "./links.ts"
import { escapeText, type Tree, writeTree } from "./markup.ts"
import type { LabelLanguage } from "./words.ts"

export interface HtmlOptions {
  /** The day on which the page is read, "2026-11-23": facts then say how long ago they were checked. */
  today?: string
  /** The language in which kinds of fact are named, and all is said beside them that nobody wrote; English unless given. */
  language?: LabelLanguage
  /** Whether each heading ends in a link to itself. */
  permalinks?: boolean
  /** The addresses at which a section, by the id of its heading, and a fact are edited: each then has a link there. */
  edit?: { section(id: string): string; fact(id: string): string }
  /** What stands at the end of a fact's row, by its id: HTML that another writer of ours has made and escaped. */
  beside?: (id: string) => string
  /** What stands before a top-level block, by its id: the same. */
  above?: (id: string) => string
  /** `false` leaves ids and links to sources out, for a document that shares a page with another version of itself. */
  ids?: boolean
  /** The numbered sources of the whole page, when only a part of it is written. */
  sources?: readonly NumberedSource[]
}

/**
 * A document, or any part of one, as HTML: the only writer of markup from documents. Tags and attributes are those of
 * the schema's own `toDOM` specs, and ProseMirror's DOMParser reads the same document back (with white space kept);
 * what is added for readers (numbers of sources, table heads, labels) it passes over. Texts and attributes are escaped.
 */
export function toHtml(node: Node, options: HtmlOptions = {}): string {
  const sources = options.sources ?? numberedSources(node)
  const numbers = new Map(sources.map((source) => [citationKey(source), source]))
  const writer: Writer = { options, numbers, cited: new Set() }
  return node.type.name === "doc" ? pageHtml(node, writer) : nodeHtml(node, writer)
}

/** Neighbours in a text or among the children of a node as HTML, for what shows parts of a document. */
export function nodesHtml(nodes: readonly Node[], options: HtmlOptions = {}): string {
  return contentHtml(nodes, 0, { options, numbers: new Map(), cited: new Set() })
}

/**
 * The list of a page's sources that its numbered citations link to; empty when nothing is cited. `titleOf` knows the
 * titles of the wiki's own pages.
 */
export function sourcesHtml(doc: Node, titleOf: (slug: string) => string | undefined = () => undefined): string {
  const items = numberedSources(doc).map((source) => sourceItem(source, titleOf))
  return items.length === 0 ? "" : writeTree(["ol", { class: "sources" }, ...items])
}

/** A name read out before a table; longer heads are better read cell by cell. */
const MAX_LABEL = 120

interface Writer {
  options: HtmlOptions
  numbers: ReadonlyMap<string, NumberedSource>
  /** The numbers met so far: the first citation of a source is where its list entry leads back to. */
  cited: Set<number>
}

function pageHtml(doc: Node, writer: Writer): string {
  const { above } = writer.options
  if (!above) return contentHtml(doc.children, 0, writer)
  return doc.children.map((block) => (block.attrs.id ? above(block.attrs.id as string) : "") + nodeHtml(block, writer)).join("")
}

/** Siblings; from `depth` on, neighbours that share a mark share its element. */
function contentHtml(nodes: readonly Node[], depth: number, writer: Writer): string {
  let html = ""
  for (let at = 0; at < nodes.length; ) {
    const node = nodes[at]!
    const mark = node.marks[depth]
    if (!mark) {
      html += nodeHtml(node, writer)
      at++
      continue
    }
    const start = at
    while (at < nodes.length && nodes[at]!.marks[depth]?.eq(mark)) at++
    html += writeTree(treeOf(mark), { content: () => contentHtml(nodes.slice(start, at), depth + 1, writer) })
  }
  return html
}

function nodeHtml(node: Node, writer: Writer): string {
  if (node.isText) return escapeText(node.text!)
  return writeTree(nodeTree(node, writer), {
    content: () => contentHtml(node.children, 0, writer),
    ids: writer.options.ids !== false,
  })
}

function nodeTree(node: Node, writer: Writer): Tree {
  const tree = treeOf(node)
  switch (node.type.name) {
    case "citation":
      return citationTree(node, tree, writer)
    case "fact":
      return factTree(node, tree, writer)
    case "heading":
      return headingTree(node, tree, writer)
    case "table":
      return tableTree(node, tree, writer)
    default:
      return tree
  }
}

function treeOf(part: Node | Mark): Tree {
  const toDOM = part.type.spec.toDOM as (part: Node | Mark, inline: boolean) => Tree
  return toDOM(part, true)
}

/** A number that leads to the list of sources, unless it stands inside a link, where there can be no other. */
function citationTree(node: Node, [tag, attrs]: Tree, writer: Writer): Tree {
  const linked = node.marks.some((mark) => mark.type.name === "link")
  return [tag, attrs, ...markerOf(node.attrs as Citation, writer, linked)]
}

function markerOf(citation: Citation, { numbers, cited, options }: Writer, linked: boolean): unknown[] {
  const source = numbers.get(citationKey(citation))
  const shown = `[${source?.number ?? citationName(citation)}]`
  if (linked || options.ids === false || source === undefined) return [shown]
  const { number } = source
  const id = cited.has(number) ? undefined : `cite-${number}`
  cited.add(number)
  return [["a", { id, href: `#source-${number}`, "aria-label": `Source ${number}: ${citationName(source)}` }, shown]]
}

function factTree(node: Node, [tag, attrs]: Tree, writer: Writer): Tree {
  const { today, language } = writer.options
  const cite = (citation: Citation) => ["cite", { class: "citation", ...quoteAttrs(citation) }, ...markerOf(citation, writer, false)] as const
  const { id } = node.attrs
  const edit = id === null ? undefined : writer.options.edit?.fact(id as string)
  const [name, said] = factSpec(node.attrs as FactAttrs, { today, language, cite, edit })
  const beside = id === null ? "" : (writer.options.beside?.(id as string) ?? "")
  return [tag, attrs, name, beside === "" ? said : [...(said as unknown as unknown[]), () => beside]]
}

/** What is shown of a citation that is pointed at, where there is a quotation. */
function quoteAttrs({ title, locator, quote }: Citation): Record<string, string> {
  return quote === "" ? {} : { "data-title": title, "data-locator": locator, "data-quote": quote }
}

function headingTree(node: Node, tree: Tree, { options }: Writer): Tree {
  const { id } = node.attrs
  if (id === null) return tree
  const label = `Link to this section: ${node.textContent}`
  const linked: Tree = options.permalinks ? [...tree, ["a", { class: "permalink", href: `#${anchor(id)}`, "aria-label": label }, "#"]] : tree
  if (!options.edit) return linked
  // Beside the heading, not in it: who hears the headings read out does not hear "Edit" after each.
  const edit = { class: "edit-link", href: options.edit.section(id), rel: "nofollow", "aria-label": `Edit section ${node.textContent}` }
  return ["div", { class: "section-head" }, linked, ["a", edit, "Edit"]]
}

/** A table in a frame that scrolls by itself, also by keyboard. The rows on top with only header cells are its head. */
function tableTree(node: Node, [tag, attrs]: Tree, writer: Writer): Tree {
  const rows = node.children
  const body = rows.findIndex((row) => !row.children.every(isHeader))
  const head = body < 0 ? rows.length : body
  const labels = rows[0]!.children.filter(isHeader).map((cell) => cell.textContent.trim())
  const named = labels.filter(Boolean).join(", ")
  const label = named === "" || named.length > MAX_LABEL ? "Table" : `Table: ${named}`
  const group = (name: string, scope: string, part: readonly Node[]): Tree[] =>
    part.length === 0 ? [] : [[name, () => part.map((row) => rowHtml(row, scope, writer)).join("")]]
  return [
    "div",
    { class: "table", role: "group", tabindex: "0", "aria-label": label },
    [tag, attrs, ...group("thead", "col", rows.slice(0, head)), ...group("tbody", "row", rows.slice(head))],
  ]
}

function isHeader(cell: Node): boolean {
  return cell.type.name === "table_header"
}

function rowHtml(row: Node, scope: string, writer: Writer): string {
  const cells = row.children.map((cell) => () => {
    const [tag] = treeOf(cell)
    const content = () => contentHtml(cell.children, 0, writer)
    return writeTree([tag, isHeader(cell) ? { scope } : {}, content])
  })
  const [tag, attrs] = treeOf(row)
  return writeTree([tag, attrs, ...cells], { ids: writer.options.ids !== false })
}

function sourceItem(source: NumberedSource, titleOf: (slug: string) => string | undefined): Tree {
  const href = sourceHref(source)
  const name = titleOf(source.source) ?? (source.title || source.source)
  return [
    "li",
    { id: `source-${source.number}` },
    href === null ? name : ["a", { href, ...relOf(href) }, name],
    source.locator && `, ${source.locator}`,
    ...source.quotes.flatMap((quote) => [" ", ["q", quote]]),
    " ",
    ["a", { class: "back", href: `#cite-${source.number}`, "aria-label": "Back to the text" }, "↑"],
  ]
}
