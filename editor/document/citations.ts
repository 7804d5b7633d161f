import type { Node } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"

/** A source as readers see it numbered: every citation of it at this place, with all the words relied on. */
export interface NumberedSource extends Citation {
  number: number
  quotes: string[]
}

/** The citations of a page as numbered: in order, one for each source and place in it. */
export function citations(doc: Node): Citation[] {
  return numberedSources(doc).map(({ source, title, locator, quote }) => ({ source, title, locator, quote }))
}

/** The numbered list of sources of a page, of facts and text together in the order of reading. */
export function numberedSources(doc: Node): NumberedSource[] {
  const numbered = new Map<string, Numbered>()
  doc.descendants((node) => {
    if (node.type.name === "fact") for (const source of (node.attrs as FactAttrs).sources) number(source, numbered)
    if (node.type.name === "citation") number(node.attrs as Citation, numbered)
  })
  return [...numbered.values()].map((source) => ({ ...source, quotes: [...source.quotes] }))
}

/** What citations that share a number have in common: the source (its title without an address) and the place in it. */
export function citationKey({ source, title, locator }: Citation): string {
  return JSON.stringify([source || null, source ? null : title, locator])
}

/** A citation in the words readers see: "Annual report, p. 3". */
export function citationName({ source, title, locator }: Citation): string {
  return [title || source, locator].filter(Boolean).join(", ")
}

/** A citation and the fact it stands at, by its id; empty for the text of the page. */
export interface CitedPlace {
  citation: Citation
  fact: string
}

/** What each fact and the text of a page rest on, in order; each source and place in it once for each of them. */
export function citedPlaces(doc: Node): CitedPlace[] {
  const found = new Map<string, CitedPlace>()
  const add = (citation: Citation, fact: string) => {
    const key = `${fact}\n${citationKey(citation)}`
    if (!found.has(key)) found.set(key, { citation, fact })
  }
  const look = (node: Node, fact: string) => {
    node.forEach((child) => {
      if (child.type.name === "citation") add(child.attrs as Citation, fact)
      const inside = child.type.name === "fact" ? ((child.attrs.id as string | null) ?? "") : fact
      if (child.type.name === "fact") for (const source of (child.attrs as FactAttrs).sources) add(source, inside)
      if (!child.isLeaf) look(child, inside)
    })
  }
  look(doc, "")
  return [...found.values()]
}

type Numbered = Citation & { number: number; quotes: Set<string> }

function number(citation: Citation, numbered: Map<string, Numbered>): void {
  const key = citationKey(citation)
  let known = numbered.get(key)
  if (!known) numbered.set(key, (known = { ...citation, number: numbered.size + 1, quotes: new Set() }))
  known.title ||= citation.title
  known.quote ||= citation.quote
  if (citation.quote) known.quotes.add(citation.quote)
}
