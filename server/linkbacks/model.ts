import { type DefaultTreeAdapterTypes, parseFragment } from "parse5"
import type { State } from "../comments/model.ts"
import { invalid } from "../errors.ts"

export const protocols = ["trackback", "pingback", "webmention"] as const
export type Protocol = (typeof protocols)[number]

/** A page elsewhere that says it links here. */
export interface Linkback {
  id: string
  /** The id of the page it links to. */
  page: string
  protocol: Protocol
  source: string
  /** The address here that it says it links to; empty for a TrackBack, which names a page. */
  target: string
  title: string
  excerpt: string
  site: string
  author: string
  /** When it was written, as it says itself. */
  writtenAt: string | null
  /** What is odd about its link. For moderators alone. */
  doubt: string
  state: State
  /** Whether its link was seen there: only a verified one is ever shown; `gone` is one that was and is no longer. */
  verification: "unverified" | "verified" | "failed" | "gone"
  /** Why it waits. For moderators alone. */
  reasons: string[]
  createdAt: string
}

/** Fits a line, a short paragraph and a name; longer ones are cropped, because the protocol sets no limit. */
const LENGTHS = { title: 200, excerpt: 500, site: 100, author: 100 }
/** Of what a stranger sent, this much is looked at: more than is ever shown, tags and all. */
const LOOKED_AT = 20_000
const SOURCE_LENGTH = 2_000

/** What another site says of itself, as plain text. */
export interface Mention {
  source: string
  title: string
  excerpt: string
  site: string
}

/** The fields of a ping, cleaned: no tags, no invisible characters, cropped. Throws `invalid` for an address that is none. */
export function readMention(sent: { url?: string; title?: string; excerpt?: string; blog_name?: string }, target: string): Mention {
  return {
    source: readSource(sent.url ?? "", target),
    title: plainText(sent.title ?? "", LENGTHS.title),
    excerpt: plainText(sent.excerpt ?? "", LENGTHS.excerpt),
    site: plainText(sent.blog_name ?? "", LENGTHS.site),
  }
}

/** What the source says of itself, cleaned the same way. */
export function readSaid(said: { title: string; excerpt: string; site: string; author: string; writtenAt: string }) {
  const written = new Date(said.writtenAt.slice(0, 40))
  return {
    title: plainText(said.title, LENGTHS.title),
    excerpt: plainText(said.excerpt, LENGTHS.excerpt),
    site: plainText(said.site, LENGTHS.site),
    author: plainText(said.author, LENGTHS.author),
    writtenAt: said.writtenAt && !Number.isNaN(written.getTime()) ? written.toISOString() : null,
  }
}

/** What is the same for addresses of one page: without scheme, fragment and last slash. */
export function sourceKey(source: string): string {
  const { host, pathname, search } = new URL(source)
  return host + pathname.replace(/\/$/, "") + search
}

/** The slug in an address of one of our pages, however it is spelled: http or https, a slash at its end, a fragment, a query. Else null. */
export function slugInAddress(href: string, baseUrl: string): string | null {
  if (href.length > SOURCE_LENGTH || !URL.canParse(href)) return null
  const { protocol, host, pathname, username, password } = new URL(href)
  if (!/^https?:$/.test(protocol) || host !== new URL(baseUrl).host || username || password) return null
  const encoded = /^\/wiki\/([^/]+)\/?$/.exec(pathname)?.[1]
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded)
  } catch {
    return null
  }
}

function readSource(raw: string, target: string): string {
  const text = raw.trim()
  if (!text) throw invalid("url", "The ping names no url.")
  const url = text.length <= SOURCE_LENGTH && URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname || url.username || url.password || url.href.length > SOURCE_LENGTH) {
    throw invalid("url", `The url has to be an http or https address of at most ${SOURCE_LENGTH} characters, without a name or password.`)
  }
  if (withoutFragment(url.href) === withoutFragment(target)) throw invalid("url", "A page cannot ping itself.")
  return url.href
}

function withoutFragment(href: string): string {
  return href.split("#", 1)[0]!
}

type Piece = DefaultTreeAdapterTypes.Node | string
/** What browsers never show as text. */
const SILENT = new Set(["script", "style", "template", "noscript", "iframe", "noembed", "noframes", "textarea", "select", "title"])
// The two joiners that some scripts and pictures are written with may stay.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu

const BREAKS = new Set(["br", "p", "div", "li", "ul", "ol", "td", "tr", "h1", "h2", "h3", "h4", "blockquote", "pre"])

/** HTML or text from elsewhere as one line of plain text of at most `length` characters. */
export function plainText(sent: string, length: number): string {
  // Thousands of accents on one letter take seconds to put in order.
  const thinned = textOf(sent.slice(0, LOOKED_AT)).replace(/(\p{M}{30})\p{M}+/gu, "$1")
  const text = thinned.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").trim()
  const letters = [...text]
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join("").trimEnd()}…`
}

// A list instead of recursion: tags from elsewhere may be nested thousands deep.
function textOf(html: string): string {
  let text = ""
  const open: Piece[] = [parseFragment(html)]
  for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
    if (typeof piece === "string") text += piece
    else if ("value" in piece) text += piece.value
    else if ("childNodes" in piece && !SILENT.has(piece.nodeName)) {
      const gap = BREAKS.has(piece.nodeName) ? [" "] : []
      open.push(...gap, ...piece.childNodes.toReversed(), ...gap)
    }
  }
  return text
}
