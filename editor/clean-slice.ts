import { type Attrs, Fragment, type Mark, type Node, Slice } from "prosemirror-model"
import { cleanText } from "./clean-text.ts"
import { readHref, readSource } from "./document/links.ts"
import {
  type Citation,
  type FactAttrs,
  factRanks,
  factStates,
  factTypes,
  noticeKinds,
  pageSchema,
} from "./document/schema.ts"
import { isMediaPath, readLanguage } from "./document/text-rules.ts"
import { factKind } from "./document/vocabulary.ts"

const { nodes, marks } = pageSchema

/**
 * Brings attributes and text that came with a paste to what a page may hold, whatever markup they were read from, and
 * takes ids off unless `keepIds`.
 */
export function cleanSlice(slice: Slice, keepIds: boolean): Slice {
  return new Slice(cleanFragment(slice.content, keepIds), slice.openStart, slice.openEnd)
}

function cleanFragment(fragment: Fragment, keepIds: boolean): Fragment {
  return Fragment.from(fragment.content.flatMap((node) => cleanNode(node, keepIds)))
}

function cleanNode(node: Node, keepIds: boolean): Node[] {
  const kept = cleanMarks(node.marks)
  if (node.isText) {
    const text = cleanText(node.text!)
    return text === "" ? [] : [pageSchema.text(text, kept)]
  }
  const attrs = { ...cleanAttrs(node), ...(node.attrs.id && !keepIds ? { id: null } : {}) }
  return [node.type.create(attrs, cleanFragment(node.content, keepIds), kept)]
}

function cleanMarks(given: readonly Mark[]): Mark[] {
  return given.flatMap((mark) => {
    if (mark.type === marks.link) return withAttr(mark, "href", readHref(string(mark.attrs.href)))
    if (mark.type === marks.lang) return withAttr(mark, "lang", readLanguage(string(mark.attrs.lang)))
    return mark
  })
}

const withAttr = (mark: Mark, name: string, value: string | null) =>
  value === null ? [] : [mark.type.create({ [name]: value })]

function cleanAttrs({ type, attrs }: Node): Attrs {
  switch (type) {
    case nodes.fact:
      return { ...attrs, ...cleanFact(attrs) }
    case nodes.citation:
      return cleanCitation(attrs)
    case nodes.notice:
      return { ...attrs, kind: oneOf(noticeKinds, attrs.kind, "info") }
    case nodes.figure:
      return { ...attrs, src: isMediaPath(string(attrs.src)) ? attrs.src : null }
    case nodes.ordered_list:
      return {
        ...attrs,
        start: Number.isInteger(attrs.start) && attrs.start >= 0 && attrs.start < 1e6 ? attrs.start : 1,
      }
    default:
      return attrs
  }
}

function cleanFact(attrs: Attrs): Omit<FactAttrs, "id"> {
  const read = (name: string) => cleanText(string(attrs[name]))
  const known = factKind(read("key")) !== undefined
  return {
    key: known ? read("key") : "",
    label: read("label") || (known ? "" : read("key")),
    type: oneOf(factTypes, attrs.type, "text"),
    value: read("value"),
    qualifier: read("qualifier"),
    state: oneOf(factStates, attrs.state, "known"),
    rank: oneOf(factRanks, attrs.rank, "normal"),
    asOf: read("asOf"),
    checked: read("checked"),
    sources: Array.isArray(attrs.sources)
      ? attrs.sources.filter((source) => source instanceof Object).map(cleanCitation)
      : [],
  }
}

function cleanCitation(attrs: Attrs): Citation {
  const read = (name: string) => cleanText(string(attrs[name]))
  return {
    source: readSource(read("source")) ?? "",
    title: read("title"),
    locator: read("locator"),
    quote: read("quote"),
  }
}

const string = (value: unknown) => (typeof value === "string" ? value : "")

function oneOf<T extends string>(values: readonly T[], value: unknown, otherwise: T): T {
  return values.find((one) => one === value) ?? otherwise
}
