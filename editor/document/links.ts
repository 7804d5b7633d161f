import type { Node } from "prosemirror-model"
import type { Citation, FactAttrs } from "./attributes.ts"

/** Where a link leads: a page of the wiki, a place on this page, elsewhere on this site, the web, mail, a telephone. */
export type LinkKind = "wiki" | "anchor" | "site" | "web" | "mail" | "tel"

export interface Link {
  href: string
  kind: LinkKind
}

/** What browsers and servers accept without complaint. */
export const MAX_HREF = 2048

const MAX_SLUG = 200
const SITE = "http://site.invalid"

/**
 * The link as a browser would follow it, or null when it leads anywhere but to http, https, mailto or tel, or to a path
 * ("/wiki/krome") or place ("#b-visits") of this site. Names and passwords inside an address are refused too: they only
 * serve to make one site look like another. Reading a link twice changes nothing.
 */
export function readHref(raw: string): string | null {
  const text = raw.trim()
  if (text === "" || text.length > MAX_HREF) return null
  if (text.startsWith("#")) return onSite(text)?.hash || null
  if (/^[/\\]/.test(text)) return readPath(text)
  const url = parseUrl(/^www\./i.test(text) ? `https://${text}` : text)
  if (!url) return null
  const href = readAbsolute(url)
  return href !== null && href.length <= MAX_HREF ? href : null
}

/** The kind of a link that `readHref` returned. */
export function linkKind(href: string): LinkKind {
  if (href.startsWith("#")) return "anchor"
  if (href.startsWith("/")) return linkedSlug(href) === null ? "site" : "wiki"
  if (href.startsWith("mailto:")) return "mail"
  return href.startsWith("tel:") ? "tel" : "web"
}

/** Links that leave the site vouch for nothing and tell nobody where the reader came from. */
export function relOf(href: string): { rel?: string } {
  return linkKind(href) === "web" ? { rel: "nofollow ugc noopener noreferrer" } : {}
}

/** Whether a text can be the last part of a page's address: letters and digits of any script, joined by hyphens. */
export function isSlug(text: string): boolean {
  return text.length <= MAX_SLUG && /^[\p{L}\p{M}\p{N}-]+$/u.test(text)
}

/** The source of a citation as it is kept: a slug, or a web address as `readHref` gives it; null when it is neither. */
export function readSource(raw: string): string | null {
  const text = raw.trim()
  if (isSlug(text)) return text
  const href = readHref(text)
  return href !== null && linkKind(href) === "web" ? href : null
}

/** Where a citation leads, or null when its source has a name only. */
export function sourceHref({ source }: Citation): string | null {
  if (source === "") return null
  return isSlug(source) ? `/wiki/${encodeURIComponent(source)}` : source
}

/** Every link of a page, those of facts and citations included, in order, each once. */
export function links(doc: Node): Link[] {
  const hrefs = new Set<string>()
  const add = (href: string | null) => href !== null && hrefs.add(href)
  doc.descendants((node) => {
    for (const mark of node.marks) if (mark.type.name === "link") add(mark.attrs.href)
    if (node.type.name === "fact") factHrefs(node.attrs as FactAttrs).forEach(add)
    if (node.type.name === "citation") add(sourceHref(node.attrs as Citation))
  })
  return [...hrefs].map((href) => ({ href, kind: linkKind(href) }))
}

/** The slugs of the wiki's pages that a page links to or cites, in order, each once. */
export function linkedSlugs(doc: Node): string[] {
  const slugs = links(doc).flatMap(({ href, kind }) => (kind === "wiki" ? linkedSlug(href)! : []))
  return [...new Set(slugs)]
}

// The part of the URL class we rely on, declared because this folder is compiled for no platform in particular.
interface ParsedUrl {
  href: string
  origin: string
  protocol: string
  username: string
  password: string
  host: string
  pathname: string
  search: string
  hash: string
}
declare const URL: new (url: string, base?: string) => ParsedUrl

function parseUrl(text: string, base?: string): ParsedUrl | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

function onSite(text: string): ParsedUrl | null {
  const url = parseUrl(text, SITE)
  return url?.origin === SITE ? url : null
}

/** "//other.example", "/\other.example" and "/.//other.example" all lead a browser away. */
function readPath(text: string): string | null {
  const url = onSite(text)
  const href = url && url.pathname + url.search + url.hash
  return href && !href.startsWith("//") && href.length <= MAX_HREF ? href : null
}

function readAbsolute(url: ParsedUrl): string | null {
  switch (url.protocol) {
    case "http:":
    case "https:":
      return url.host && !url.username && !url.password ? url.href : null
    case "mailto:":
      return /^[^\s@]+@[^\s@]/.test(url.pathname) ? url.href : null
    case "tel:":
      return readTel(url.pathname)
    default:
      return null
  }
}

function readTel(number: string): string | null {
  const digits = number.replace(/%20|[\s().-]/g, "")
  return /^\+?[0-9,*]{2,40}(;ext=[0-9]{1,10})?$/.test(digits) ? `tel:${digits}` : null
}

function factHrefs(fact: FactAttrs): (string | null)[] {
  const value = fact.type === "link" && fact.value !== "" ? [fact.value.split(" ", 1)[0]!] : []
  return [...value, ...fact.sources.map(sourceHref)]
}

function linkedSlug(href: string): string | null {
  const encoded = /^\/wiki\/([^/?#]+)\/?(?:[?#]|$)/.exec(href)?.[1]
  if (encoded === undefined) return null
  try {
    const slug = decodeURIComponent(encoded)
    return isSlug(slug) ? slug : null
  } catch {
    return null
  }
}
