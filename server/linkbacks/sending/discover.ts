import type { Answer } from "../../outbound/answer.ts"
import type { Protocol } from "../model.ts"
import type { PageElsewhere } from "../read-page.ts"

/** Where a page elsewhere takes pings, by protocol. */
export type Endpoints = Partial<Record<Protocol, string>>

/**
 * The addresses that a page announces: Webmention §3.1.2 (the first Link header, else the first `link` or `a` in the document),
 * Pingback 1.0 §2 (the header, else the exact `link`), TrackBack 1.2 "Auto-Discovery" (the RDF that is about this very address).
 */
export function endpointsOf(target: string, answer: Answer, page: PageElsewhere | null): Endpoints {
  const webmention = fromLinkHeaders(answer) ?? page?.webmention
  const pingback = absolute(answer.headers["x-pingback"]?.[0]) ?? absolute(page?.pingback)
  const block = page?.trackbacks.find(({ identifier }) => identifier === target || identifier === answer.url)
  const trackback = absolute((block ?? page?.trackbacks.find(({ identifier }) => identifier === null))?.ping)
  return { ...(webmention && { webmention }), ...(pingback && { pingback }), ...(trackback && { trackback }) }
}

function fromLinkHeaders({ headers, url }: Answer): string | null {
  for (const { href, rels } of (headers.link ?? []).flatMap(parseLinkHeader)) {
    if (rels.includes("webmention") && URL.canParse(href, url)) return absolute(new URL(href, url).href)
  }
  return null
}

/** The links of a Link header (RFC 8288 §3), read from left to right so that commas and quotes within one never split it. */
export function parseLinkHeader(header: string): { href: string; rels: string[] }[] {
  const found: { href: string; rels: string[] }[] = []
  for (let at = header.indexOf("<"); at >= 0; ) {
    const close = header.indexOf(">", at)
    if (close < 0) break
    const href = header.slice(at + 1, close).trim()
    const end = endOfParameters(header, close + 1)
    found.push({ href, rels: relsIn(header.slice(close + 1, end)) })
    at = header.indexOf("<", end)
  }
  return found
}

function endOfParameters(header: string, from: number): number {
  let isQuoted = false
  for (let at = from; at < header.length; at++) {
    const letter = header[at]
    if (letter === "\\" && isQuoted) at++
    else if (letter === '"') isQuoted = !isQuoted
    else if (letter === "," && !isQuoted) return at
  }
  return header.length
}

function relsIn(parameters: string): string[] {
  const [, quoted, plain] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters) ?? []
  return (quoted ?? plain ?? "").toLowerCase().split(/\s+/)
}

function absolute(href: string | null | undefined): string | null {
  if (!href || !URL.canParse(href)) return null
  const url = new URL(href)
  return /^https?:$/.test(url.protocol) ? url.href : null
}
