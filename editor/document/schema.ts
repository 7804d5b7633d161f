import { type Attrs, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, Schema } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { factSpec } from "./facts.ts"

export * from "./attributes.ts"

/** In HTML every block id carries this prefix, so that no text of an author can name an element of the page. */
export const ID_PREFIX = "b-"

const block = (spec: NodeSpec): NodeSpec => ({ ...spec, attrs: { id: { default: null }, ...spec.attrs } })

const idAttrs = (node: Node): Attrs => (node.attrs.id === null ? {} : { id: ID_PREFIX + node.attrs.id })

// Structural, because this folder is compiled without the DOM's types.
interface Element {
  getAttribute(name: string): string | null
}
const element = (dom: unknown) => dom as Element
const readId = (dom: unknown) => {
  const id = element(dom).getAttribute("id")
  return { id: id?.startsWith(ID_PREFIX) ? id.slice(ID_PREFIX.length) : null }
}

const nodes = {
  doc: { content: "block+" },

  paragraph: block({
    content: "inline*",
    group: "block",
    parseDOM: [{ tag: "p", getAttrs: readId }],
    toDOM: (node) => ["p", idAttrs(node), 0],
  }),

  heading: block({
    content: "inline*",
    group: "block",
    attrs: { level: { default: 2 } },
    defining: true,
    parseDOM: [2, 3, 4].map((level) => ({ tag: `h${level}`, getAttrs: (dom) => ({ ...readId(dom), level }) })),
    toDOM: (node) => [`h${node.attrs.level}`, idAttrs(node), 0],
  }),

  bullet_list: block({
    content: "list_item+",
    group: "block list",
    parseDOM: [{ tag: "ul", getAttrs: readId }],
    toDOM: (node) => ["ul", idAttrs(node), 0],
  }),

  ordered_list: block({
    content: "list_item+",
    group: "block list",
    attrs: { start: { default: 1 } },
    parseDOM: [
      {
        tag: "ol",
        getAttrs: (dom) => ({ ...readId(dom), start: Number(element(dom).getAttribute("start") ?? 1) || 1 }),
      },
    ],
    toDOM: (node) => ["ol", { ...idAttrs(node), ...(node.attrs.start === 1 ? {} : { start: node.attrs.start }) }, 0],
  }),

  list_item: block({
    content: "paragraph (paragraph | list)*",
    defining: true,
    parseDOM: [{ tag: "li", getAttrs: readId }],
    toDOM: (node) => ["li", idAttrs(node), 0],
  }),

  blockquote: block({
    content: "(paragraph | list)+",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "blockquote", getAttrs: readId }],
    toDOM: (node) => ["blockquote", idAttrs(node), 0],
  }),

  address: block({
    content: "inline*",
    group: "block",
    defining: true,
    parseDOM: [{ tag: "address", getAttrs: readId }],
    toDOM: (node) => ["address", idAttrs(node), 0],
  }),

  notice: block({
    content: "(paragraph | list)+",
    group: "block",
    attrs: { kind: { default: "info" } },
    defining: true,
    parseDOM: [
      {
        tag: "aside[data-notice]",
        getAttrs: (dom) => ({ ...readId(dom), kind: element(dom).getAttribute("data-notice") }),
      },
    ],
    toDOM: (node) => [
      "aside",
      { ...idAttrs(node), class: `notice ${node.attrs.kind}`, "data-notice": node.attrs.kind },
      0,
    ],
  }),

  divider: block({
    group: "block",
    parseDOM: [{ tag: "hr", getAttrs: readId }],
    toDOM: (node) => ["hr", idAttrs(node)],
  }),

  // The caption is the content. `src` is a path on this site, or null for a picture that is known but lost.
  figure: block({
    content: "inline*",
    group: "block",
    attrs: { src: { default: null }, alt: { default: "" }, width: { default: null }, height: { default: null } },
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "figure", contentElement: "figcaption", getAttrs: readFigure }],
    toDOM: (node) => [
      "figure",
      idAttrs(node),
      node.attrs.src === null
        ? ["p", { class: "missing-picture" }, node.attrs.alt ? `Picture missing: ${node.attrs.alt}` : "Picture missing"]
        : ["img", figureAttrs(node)],
      ["figcaption", 0],
    ],
  }),

  table: block({
    content: "table_row+",
    group: "block",
    tableRole: "table",
    isolating: true,
    parseDOM: [{ tag: "table", getAttrs: readId }],
    toDOM: (node) => ["table", idAttrs(node), ["tbody", 0]],
  }),

  table_row: block({
    content: "(table_cell | table_header)+",
    tableRole: "row",
    parseDOM: [{ tag: "tr", getAttrs: readId }],
    toDOM: (node) => ["tr", idAttrs(node), 0],
  }),

  // A table is a plain grid: the three attributes are what prosemirror-tables reads, and `parse` admits only the defaults.
  table_cell: {
    content: "inline*",
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    tableRole: "cell",
    isolating: true,
    parseDOM: [{ tag: "td" }],
    toDOM: () => ["td", 0],
  },
  table_header: {
    content: "inline*",
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null } },
    tableRole: "header_cell",
    isolating: true,
    parseDOM: [{ tag: "th" }],
    toDOM: () => ["th", 0],
  },

  fact_sheet: block({
    content: "fact+",
    group: "block",
    isolating: true,
    parseDOM: [{ tag: "dl", getAttrs: readId }],
    toDOM: (node) => ["dl", { ...idAttrs(node), class: "facts" }, 0],
  }),

  fact: block({
    content: "inline*",
    attrs: {
      key: { default: "" },
      label: { default: "" },
      type: { default: "text" },
      value: { default: "" },
      qualifier: { default: "" },
      state: { default: "known" },
      rank: { default: "normal" },
      asOf: { default: "" },
      checked: { default: "" },
      sources: { default: [] },
    },
    defining: true,
    isolating: true,
    parseDOM: [{ tag: "div[data-fact]", contentElement: ".note", getAttrs: readFact }],
    toDOM: (node) => [
      "div",
      { ...idAttrs(node), class: "fact", "data-fact": JSON.stringify({ ...node.attrs, id: undefined }) },
      ...factSpec(node.attrs as FactAttrs),
    ],
  }),

  text: { group: "inline" },

  hard_break: {
    inline: true,
    group: "inline",
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
    leafText: () => "\n",
  },

  citation: {
    inline: true,
    group: "inline",
    atom: true,
    attrs: { source: { default: "" }, title: { default: "" }, locator: { default: "" }, quote: { default: "" } },
    parseDOM: [{ tag: "cite[data-source]", getAttrs: readCitation }],
    toDOM: (node) => ["cite", citationAttrs(node.attrs as Citation), `[${citationText(node.attrs as Citation)}]`],
    leafText: () => "",
  },
} satisfies Record<string, NodeSpec>

const marks = {
  // `href` is "/wiki/slug", "#anchor", http(s), mailto or tel; `links.ts` decides.
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: element(dom).getAttribute("href") }) }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, ...relOf(mark.attrs.href) }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  // A BCP 47 tag. Text in another language says so, and takes its own direction.
  lang: {
    attrs: { lang: {} },
    parseDOM: [{ tag: "span[lang]", getAttrs: (dom) => ({ lang: element(dom).getAttribute("lang") }) }],
    toDOM: (mark) => ["span", { lang: mark.attrs.lang, dir: "auto" }, 0],
  },
} satisfies Record<string, MarkSpec>

/** What a page is made of (DESIGN.md §2.1). Only documents that `parse` admits may be stored. */
export const pageSchema = new Schema({ nodes, marks })

/** What a comment is made of: the limited HTML commenters know, as a document, never as stored HTML (DESIGN.md §2.6). */
export const commentSchema = new Schema({
  nodes: {
    doc: { content: "(paragraph | blockquote)+" },
    paragraph: { content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    blockquote: { content: "paragraph+", parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    text: nodes.text,
    hard_break: nodes.hard_break,
  },
  marks: {
    link: marks.link,
    strong: marks.strong,
    em: marks.em,
    code: marks.code,
    del: { parseDOM: [{ tag: "del" }, { tag: "s" }, { tag: "strike" }], toDOM: () => ["del", 0] },
    quotation: { parseDOM: [{ tag: "q" }], toDOM: () => ["q", 0] },
    work: { parseDOM: [{ tag: "cite" }], toDOM: () => ["cite", 0] },
    abbreviation: {
      attrs: { title: { default: "" } },
      parseDOM: [{ tag: "abbr", getAttrs: (dom) => ({ title: element(dom).getAttribute("title") ?? "" }) }],
      toDOM: (mark) => ["abbr", mark.attrs.title ? { title: mark.attrs.title } : {}, 0],
    },
  },
})

/** Links that leave the site vouch for nothing and tell nobody where the reader came from. */
function relOf(href: string): Attrs {
  return /^[/#]|^(mailto|tel):/.test(href) ? {} : { rel: "nofollow ugc noopener noreferrer" }
}

function citationAttrs(citation: Citation): Attrs {
  return {
    class: "citation",
    "data-source": citation.source,
    ...(citation.title && { "data-title": citation.title }),
    ...(citation.locator && { "data-locator": citation.locator }),
    ...(citation.quote && { "data-quote": citation.quote }),
  }
}

function citationText({ source, title, locator }: Citation): string {
  return [title || source, locator].filter(Boolean).join(", ")
}

function readCitation(dom: unknown): Attrs {
  const read = (name: string) => element(dom).getAttribute(`data-${name}`) ?? ""
  return { source: read("source"), title: read("title"), locator: read("locator"), quote: read("quote") }
}

function readFact(dom: unknown): Attrs | false {
  try {
    return { ...JSON.parse(element(dom).getAttribute("data-fact") ?? ""), ...readId(dom) }
  } catch {
    return false
  }
}

function readFigure(dom: unknown): Attrs {
  const img = (dom as { querySelector(selector: string): Element | null }).querySelector("img")
  const size = (name: string) => Number(img?.getAttribute(name)) || null
  return {
    ...readId(dom),
    src: img?.getAttribute("src") ?? null,
    alt: img?.getAttribute("alt") ?? "",
    width: size("width"),
    height: size("height"),
  }
}

function figureAttrs(node: Node): Attrs {
  const { src, alt, width, height } = node.attrs
  return { src, alt, ...(width && height ? { width, height } : {}), loading: "lazy" }
}

export type { DOMOutputSpec }
