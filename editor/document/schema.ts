import { type Attrs, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, Schema } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"
import { citationName } from "./citations.ts"
import {
  captionOf,
  readCitation,
  readFact,
  readFigure,
  readHeading,
  readId,
  readLang,
  readLink,
  readNotice,
  readOrdered,
  readTitle,
} from "./dom-attrs.ts"
import { factClass, factSpec } from "./fact-spec.ts"
import { ID_PREFIX } from "./ids.ts"
import { relOf } from "./links.ts"
import { pictureSizes } from "./pictures.ts"

export * from "./attributes.ts"
export { ID_PREFIX } from "./ids.ts"

const block = (spec: NodeSpec): NodeSpec => ({ ...spec, attrs: { id: { default: null }, ...spec.attrs } })

const idAttrs = (node: Node): Attrs => (node.attrs.id === null ? {} : { id: ID_PREFIX + node.attrs.id })

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
    parseDOM: [
      ...[2, 3, 4].map((level) => ({ tag: `h${level}`, getAttrs: readHeading(level) })),
      { tag: "a.permalink", ignore: true, priority: 60 },
      { tag: "a.edit-link", ignore: true, priority: 60 },
    ],
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
    parseDOM: [{ tag: "ol", getAttrs: readOrdered }],
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
    parseDOM: [{ tag: "aside[data-notice]", getAttrs: readNotice }],
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
    parseDOM: [{ tag: "figure", contentElement: captionOf, getAttrs: readFigure }],
    toDOM: (node) => [
      "figure",
      idAttrs(node),
      node.attrs.src === null ? missingPicture(node.attrs.alt) : ["img", figureAttrs(node)],
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

  // A table is a plain grid: prosemirror-tables reads the three attributes, and `parse` admits only the defaults.
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
      { ...idAttrs(node), class: factClass(node.attrs as FactAttrs), "data-fact": JSON.stringify(givenAttrs(node)) },
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
    toDOM: (node) => ["cite", citationAttrs(node.attrs as Citation), `[${citationName(node.attrs as Citation)}]`],
    leafText: () => "",
  },
} satisfies Record<string, NodeSpec>

const marks = {
  // `href` is "/wiki/slug", "#anchor", http(s), mailto or tel; `links.ts` decides.
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: readLink }],
    toDOM: (mark) => ["a", { href: mark.attrs.href, ...relOf(mark.attrs.href) }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
  // A BCP 47 tag. Text in another language says so, and takes its own direction.
  lang: {
    attrs: { lang: {} },
    parseDOM: [{ tag: "span[lang]", getAttrs: readLang }],
    toDOM: (mark) => ["span", { lang: mark.attrs.lang, dir: "auto" }, 0],
  },
} satisfies Record<string, MarkSpec>

/** What a page is made of (DESIGN.md §2.1). Only documents that `parse` admits may be stored. */
export const pageSchema = new Schema({ nodes, marks })

/** What a comment is made of: the limited HTML commenters know, as a document, never stored HTML (DESIGN.md §2.6). */
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
      parseDOM: [{ tag: "abbr", getAttrs: readTitle }],
      toDOM: (mark) => ["abbr", mark.attrs.title ? { title: mark.attrs.title } : {}, 0],
    },
  },
})

function citationAttrs(citation: Citation): Attrs {
  return {
    class: "citation",
    "data-source": citation.source,
    ...(citation.title && { "data-title": citation.title }),
    ...(citation.locator && { "data-locator": citation.locator }),
    ...(citation.quote && { "data-quote": citation.quote }),
  }
}

function missingPicture(alt: string): DOMOutputSpec {
  return [
    "p",
    { class: "missing-picture", ...(alt && { "data-alt": alt }) },
    alt ? `Picture missing: ${alt}` : "Picture missing",
  ]
}

function figureAttrs(node: Node): Attrs {
  const { src, alt, width, height } = node.attrs
  return { src, ...pictureSizes(src, width), alt, ...(width && height ? { width, height } : {}), loading: "lazy" }
}

/** What is known of a fact beyond the defaults; its id is the element's. */
function givenAttrs(node: Node): Attrs {
  const usual = node.type.spec.attrs ?? {}
  const given = Object.entries(node.attrs).filter(([name, value]) => {
    return name !== "id" && value !== usual[name]?.default && !(name === "sources" && value.length === 0)
  })
  return Object.fromEntries(given)
}
