import type { JSX } from "preact"

/** The part of a page that a panel is told of; it looks up the rest itself. */
export interface PanelPage {
  id: string
  slug: string
  title: string
}

/** Something shown below a page's text by a feature that `pages` does not know: comments, linkbacks (DESIGN.md §1, display). */
export interface PagePanel {
  name: string
  /** The same for every reader: what differs goes through slots. */
  load(page: PanelPage): Promise<JSX.Element | null>
  /** Elements for <head>: feeds, discovery. */
  head?(page: PanelPage): JSX.Element | null
  /** Headers of the page's answer, such as X-Pingback. */
  headers?(page: PanelPage): Record<string, string>
}
