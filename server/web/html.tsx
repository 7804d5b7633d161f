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

/** A whole document as a string. */
export function renderDocument(page: JSX.Element): string {
  return `<!DOCTYPE html>${renderToString(page)}`
}

/** A part of a document as a string. */
export function renderFragment(part: JSX.Element): string {
  return renderToString(part)
}
