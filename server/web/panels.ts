import type { JSX } from "preact"
import type { LabelLanguage } from "../../editor/document/index.ts"
import type { User, Viewer } from "./viewer.ts"

/** The part of a page that a panel is told of; it looks up the rest itself. */
export interface PanelPage {
  id: string
  slug: string
  title: string
  protection: string
}

/** What other features tell of a person on `/users/:name` and, to the person alone, on `/account`. */
export type PersonPanel = (person: User, viewer: Viewer) => Promise<JSX.Element | null>

/** Something shown below a page's text by a feature that `pages` does not know: comments, linkbacks (DESIGN.md §1, display). */
export interface PagePanel {
  name: string
  /** The same for every reader: what differs goes through slots. */
  load(page: PanelPage): Promise<JSX.Element | null>
  /** Shown above the text, under the title. The same for every reader, too. */
  notice?(page: PanelPage): Promise<JSX.Element | null>
  /** What stands beside facts and above other blocks of the text, by their ids: HTML of our own writers. The same for every reader. */
  marks?(page: PanelPage): Promise<Map<string, string>>
  /** Elements for <head>: feeds, discovery. */
  head?(page: PanelPage): JSX.Element | null | Promise<JSX.Element | null>
  /** Headers of the page's answer, such as X-Pingback. */
  headers?(page: PanelPage): Record<string, string> | Promise<Record<string, string>>
}

/** What is known of a fact beyond the text of its page. */
export interface FactNote {
  /** The day of the last check, whether it stands in the page or somebody looked since; empty when nobody did. */
  checkedOn: string
  /** What everybody has to know who reads the value, as HTML of our own writers; empty when there is nothing. */
  warning: string
  /** What can be done about the fact, the same way. */
  below: string
}

/** What is known of the facts of a page, by their ids, said in this language: from a feature that `pages` does not know. */
export type FactNotes = (page: PanelPage, language: LabelLanguage) => Promise<Map<string, FactNote>>
