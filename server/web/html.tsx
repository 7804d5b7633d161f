import type { JSX } from "preact"
import { renderToString } from "preact-render-to-string"

/** HTML that a writer of ours has made and escaped: `document/html.ts`, `document/diff-html.ts`, `linkbacks/rdf.ts` or a slot. */
export interface MarkupProps {
  html: string
  as?: "div" | "span" | "section" | "article" | "ol" | "ul" | "td" | "p"
  class?: string
  id?: string
  lang?: string
}

/** The one place where ready markup enters a view; everything else is escaped. */
export function Markup({ html, as: Tag = "div", ...rest }: MarkupProps): JSX.Element {
  return <Tag {...rest} dangerouslySetInnerHTML={{ __html: html }} />
}

/** Data for programs in a page: never run, whatever it holds, since its type is none of a script's (HTML, "data block"). */
export function LinkedData({ data }: { data: Record<string, unknown> }): JSX.Element {
  // "<" alone could end the element or begin a comment.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c")
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />
}

/** A whole document as a string. */
export function renderDocument(page: JSX.Element): string {
  return `<!DOCTYPE html>${renderToString(page)}`
}

/** A part of a document as a string. */
export function renderFragment(part: JSX.Element): string {
  return renderToString(part)
}
