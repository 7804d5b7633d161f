// What the attributes of citations and facts hold. Apart from schema.ts, so that what the schema needs to show them
// (facts.ts) can name these types without importing the schema back.

/**
 * A reference to what a statement rests on. `source` is a wiki slug or an http(s) address; `title` names it for readers
 * when the source is not a page of the wiki; `locator` is the page or section; `quote` the exact words relied on.
 * All four are plain strings, empty when not given; `source` or `title` is always given.
 */
export interface Citation {
  source: string
  title: string
  locator: string
  quote: string
}

/** The kinds of value a fact can hold; `values.ts` gives the grammar of each. */
export const factTypes = ["text", "phone", "address", "hours", "money", "date", "number", "person", "link", "menu"] as const
export type FactType = (typeof factTypes)[number]

/** What is known about a fact's value: the four ways not to have one are four different things (domain model §2). */
export const factStates = ["known", "unknown", "withheld", "not_applicable", "none"] as const
export type FactState = (typeof factStates)[number]

/** Which of several claims readers should rely on; `deprecated` is kept, and shown as out of date. */
export const factRanks = ["preferred", "normal", "deprecated"] as const
export type FactRank = (typeof factRanks)[number]

/**
 * One row of a fact sheet. `key` names the kind in the vocabulary (empty for a free row, which then needs a `label`);
 * `value` is canonical text in the grammar of `type`, empty unless `state` is known; `asOf` and `checked` are dates
 * that may stop at the month or year (`asOf` may begin with "~" for "about"), empty when not given. The row's inline
 * content is its note.
 */
export interface FactAttrs {
  id: string | null
  key: string
  label: string
  type: FactType
  value: string
  qualifier: string
  state: FactState
  rank: FactRank
  asOf: string
  checked: string
  sources: Citation[]
}

export const noticeKinds = ["info", "warning", "danger"] as const
export type NoticeKind = (typeof noticeKinds)[number]
