import type { Xml } from "../web/xml.ts"

/** An entry of a feed; `id` is made of ids that never change, so that a renamed page does not show its history again. */
export interface Entry {
  id: string
  title: string
  path: string
  author: string
  summary: string
  /** What changed, as HTML of our own writers; relative addresses in it are those of the page at `path`. */
  html?: string
  /** ISO time. */
  at: string
  /** When it was last changed, where it was. */
  updatedAt?: string
}

export interface Feed {
  id: string
  title: string
  /** Where the feed itself is, and the page it is about. */
  self: string
  path: string
  entries: Entry[]
}

/** Nothing has happened yet: Atom wants a time all the same. */
const NEVER = "1970-01-01T00:00:00.000Z"

/** A feed as Atom (RFC 4287). Titles, names and summaries are plain text in it, never markup. */
export function atom({ id, title, self, path, entries }: Feed, baseUrl: string): Xml {
  return {
    feed: {
      "@xmlns": "http://www.w3.org/2005/Atom",
      "@xml:lang": "en",
      id: tag(baseUrl, id),
      title: text(title),
      updated: entries.map(({ at, updatedAt = at }) => updatedAt).sort().at(-1) ?? NEVER,
      link: [
        { "@rel": "self", "@type": "application/atom+xml", "@href": baseUrl + self },
        { "@rel": "alternate", "@type": "text/html", "@href": baseUrl + path },
      ],
      generator: "Habeas",
      entry: entries.map((entry) => entryXml(entry, baseUrl)),
    },
  }
}

function entryXml({ id, title, path, author, summary, html, at, updatedAt = at }: Entry, baseUrl: string): Xml {
  return {
    id: tag(baseUrl, id),
    title: text(title),
    updated: updatedAt,
    published: at,
    author: { name: author || "Somebody" },
    link: { "@rel": "alternate", "@type": "text/html", "@href": baseUrl + path },
    ...(summary && { summary: text(summary) }),
    ...(html && { content: { "@type": "html", "@xml:base": baseUrl + path, "#text": html } }),
  }
}

function text(content: string): Xml {
  return { "@type": "text", "#text": content }
}

// A tag URI (RFC 4151): lasts however the pages' addresses change. It is made of the configured name, never of the request's.
function tag(baseUrl: string, id: string): string {
  return `tag:${new URL(baseUrl).hostname},2026:${id}`
}
