import type { Attrs } from "prosemirror-model"
import { type Citation, factRanks, factStates, factTypes, noticeKinds } from "./attributes.ts"
import { ID_PATTERN, ID_PREFIX } from "./ids.ts"
import { readHref, readSource } from "./links.ts"
import { isMediaPath, readLanguage } from "./text-rules.ts"

// What the schema's parse rules read from HTML elements. The HTML may be anyone's (pasted), so each reads only what it
// knows; `false` says that the element is not what its tag promised.

// Structural, because this folder is compiled without the DOM's types.
interface Element {
  getAttribute(name: string): string | null
  querySelector(selector: string): Element | null
}
const element = (dom: unknown) => dom as Element

export function readId(dom: unknown): { id: string | null } {
  const id = element(dom).getAttribute("id")
  const own = id?.startsWith(ID_PREFIX) ? id.slice(ID_PREFIX.length) : ""
  return { id: ID_PATTERN.test(own) ? own : null }
}

export function readHeading(level: number): (dom: unknown) => Attrs {
  return (dom) => ({ ...readId(dom), level })
}

export function readOrdered(dom: unknown): Attrs {
  const start = Number(element(dom).getAttribute("start") ?? 1)
  return { ...readId(dom), start: Number.isInteger(start) && start >= 0 ? start : 1 }
}

export function readNotice(dom: unknown): Attrs {
  return { ...readId(dom), kind: oneOf(noticeKinds, element(dom).getAttribute("data-notice")) ?? "info" }
}

export function readFigure(dom: unknown): Attrs {
  const img = element(dom).querySelector("img")
  const missing = element(dom).querySelector(".missing-picture")
  const src = img?.getAttribute("src") ?? ""
  const size = (name: string) => Math.round(Number(img?.getAttribute(name))) || null
  const [width, height] = [size("width"), size("height")]
  return {
    ...readId(dom),
    alt: img?.getAttribute("alt") ?? missing?.getAttribute("data-alt") ?? "",
    ...(isMediaPath(src) ? { src, ...(width && height ? { width, height } : {}) } : {}),
  }
}

/** The element whose content is the caption. A picture has no content, so one without a caption gets an empty one. */
export function captionOf(dom: unknown): never {
  return (element(dom).querySelector("figcaption") ?? element(dom).querySelector("img") ?? dom) as never
}

export function readFact(dom: unknown): Attrs | false {
  const given = readJson(element(dom).getAttribute("data-fact") ?? "")
  if (given === null || element(dom).querySelector(".note") === null) return false
  const attrs: Record<string, unknown> = { ...readId(dom) }
  for (const name of ["key", "label", "value", "qualifier", "asOf", "checked"]) {
    if (typeof given[name] === "string") attrs[name] = given[name]
  }
  attrs.type = oneOf(factTypes, given.type) ?? "text"
  attrs.state = oneOf(factStates, given.state) ?? "known"
  attrs.rank = oneOf(factRanks, given.rank) ?? "normal"
  attrs.sources = Array.isArray(given.sources) ? given.sources.map(citationOf).filter((source) => source !== null) : []
  return attrs
}

export function readCitation(dom: unknown): Attrs | false {
  const read = (name: string) => element(dom).getAttribute(`data-${name}`) ?? ""
  const given = { source: read("source"), title: read("title"), locator: read("locator"), quote: read("quote") }
  return citationOf(given) ?? false
}

export function readLink(dom: unknown): Attrs | false {
  const href = readHref(element(dom).getAttribute("href") ?? "")
  return href !== null && { href }
}

export function readLang(dom: unknown): Attrs | false {
  const lang = readLanguage(element(dom).getAttribute("lang") ?? "")
  return lang !== null && { lang }
}

export function readTitle(dom: unknown): Attrs {
  return { title: element(dom).getAttribute("title") ?? "" }
}

function citationOf(given: unknown): Citation | null {
  if (typeof given !== "object" || given === null) return null
  const text = (name: string) => {
    const value = (given as Record<string, unknown>)[name]
    return typeof value === "string" ? value : ""
  }
  const source = readSource(text("source")) ?? ""
  const citation = { source, title: text("title"), locator: text("locator"), quote: text("quote") }
  return citation.source || citation.title ? citation : null
}

function readJson(text: string): Record<string, unknown> | null {
  try {
    const given: unknown = JSON.parse(text)
    return typeof given === "object" && given !== null ? (given as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function oneOf<Choice extends string>(choices: readonly Choice[], given: unknown): Choice | undefined {
  return choices.find((choice) => choice === given)
}
