import { type DefaultTreeAdapterTypes, parse } from "parse5"
import { readSingleDate } from "../../editor/document/index.ts"

/** What is looked at: a head is never longer, and a page without end must not keep the site busy. */
const MOST = 200_000
const LONGEST = 300

export interface Head {
  title: string
  publisher: string
  /** "2023-08-23", or less; empty when the page does not say. */
  publishedOn: string
}

type Element = DefaultTreeAdapterTypes.Element

/** What a page says of itself in its head: Dublin Core, Open Graph, citation tags, and the title. All of it is plain text. */
export function readHead(html: string): Head {
  const found = new Map<string, string>()
  const keep = (name: string, value: string) => value && !found.has(name) && found.set(name, value)
  for (const element of elementsOf(html.slice(0, MOST))) {
    if (element.tagName === "title") keep("title", textOf(element))
    if (element.tagName === "meta") keep(attribute(element, "name") || attribute(element, "property") || attribute(element, "itemprop"), plain(attribute(element, "content")))
    if (element.tagName === "time") keep("time", attribute(element, "datetime"))
  }
  const first = (...names: string[]) => names.map((name) => found.get(name)).find(Boolean) ?? ""
  return {
    title: first("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title", "title"),
    publisher: first("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name", "publisher", "author"),
    publishedOn: dateOf(
      first("citation_publication_date", "citation_date", "article:published_time", "dcterms.issued", "dcterms.created", "dc.date", "datepublished", "date", "time"),
    ),
  }
}

function elementsOf(html: string): Element[] {
  const elements: Element[] = []
  // By hand and not by recursion: a stranger chose how deep it is.
  const open: DefaultTreeAdapterTypes.ChildNode[] = [...parse(html).childNodes].reverse()
  while (open.length > 0) {
    const node = open.pop()!
    if (!("tagName" in node)) continue
    elements.push(node)
    open.push(...[...node.childNodes].reverse())
  }
  return elements
}

function textOf(element: Element): string {
  return plain(element.childNodes.map((child) => ("value" in child ? child.value : "")).join(""))
}

function attribute({ attrs }: Element, name: string): string {
  const value = attrs.find((one) => one.name === name)?.value ?? ""
  return name === "content" || name === "datetime" ? value : value.toLowerCase()
}

/** One line of visible characters. */
function plain(text: string): string {
  return text
    .slice(0, LONGEST * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu, " ")
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, LONGEST)
}

function dateOf(text: string): string {
  const day = /^\d{4}-\d\d-\d\d(?=T)/.exec(text)?.[0] ?? text.slice(0, 40)
  const reading = readSingleDate(day)
  return reading.ok ? reading.value : ""
}
