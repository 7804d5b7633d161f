import type { Kind } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"

/** A page as the index takes it in. The lists are words as `fold.ts` makes them, in their order. */
export interface Entry {
  pageId: string
  kind: Kind
  title: string[]
  /** Other names and codes. */
  names: string[]
  facts: string[]
  text: string[]
  /** What stands around the page: its sources, and what readers wrote below it. */
  around: string[]
  /** What excerpts are cut from: the page as plain text. */
  shown: string
}

/** One way to satisfy a term: all of its words, beside each other when `inOrder`; with `prefix` the last may go on. */
export interface Way {
  words: string[]
  inOrder: boolean
  prefix: boolean
  /** Stood in quotation marks: looked for as it is, mistakes and all. */
  quoted?: true
}

/** One thing that was asked for; any of its ways will do. */
export type Term = Way[]

/** What was asked for, once understood. It has no syntax left, so no input can mean more than words. */
export interface Query {
  /** What must be there, best first in the results by how well it fits. */
  wanted: Term[]
  /** What must not be there. */
  unwanted: Term[]
  /** What the asker should know of how the query was read, such as that it was cut. */
  note: string | null
}

/** Which of the pages that fit a query to give. */
export interface Range {
  kind: Kind | null
  limit: number
  offset: number
}

/** A page that fits, with the text it was indexed with. */
export interface Found {
  slug: string
  title: string
  kind: Kind
  shown: string
}

/**
 * A full-text index of the pages, derived and always rebuildable. `sqlite.ts` and `postgres.ts` are the two there are. A page that
 * was deleted is never found, even if it was not forgotten.
 */
export interface SearchIndex {
  /** Makes the index's tables, empty, in the place of what there was. */
  create(tx: Transaction): Promise<void>
  /** Takes a page in, in the place of what was known of it. */
  index(tx: Transaction, entry: Entry): Promise<void>
  forget(tx: Transaction, pageId: string): Promise<void>
  /** Leaves nothing of entries that were replaced or forgotten in the index. */
  settle(tx: Transaction): Promise<void>
  /** Pages that fit, best first. The query must want something. */
  find(db: Reader, query: Query, range: Range): Promise<Found[]>
  /** Pages whose title or other names fit, best first: what a person may be about to type. */
  suggest(db: Reader, query: Query, limit: number): Promise<Suggestion[]>
  /** Every word that is known, and in how many pages it stands. */
  words(db: Reader): Promise<{ word: string; pages: number }[]>
  /** Keeps the words that any of a page's revisions up to `until` has, in the place of those known; without words, those stay. */
  indexPast(tx: Transaction, pageId: string, past: Pick<Past, "until"> & Partial<Past>): Promise<void>
  /** What is kept of a page's revisions; undefined when nothing is yet. */
  pastOf(tx: Transaction, pageId: string): Promise<Past | undefined>
  /** Pages of which some revision, or several together, have what is wanted. */
  findPast(db: Reader, query: Query, limit: number): Promise<{ id: string }[]>
  /** How many pages fit, counted up to `most`. */
  count(db: Reader, query: Query, kind: Kind | null, most: number): Promise<number>
}

/** The words of all revisions of a page up to a number, each once. */
export interface Past {
  until: number
  words: string[]
}

/** A page that somebody may be looking for. */
export interface Suggestion {
  slug: string
  title: string
  kind: Kind
}

/** A piece of an excerpt, and whether it is what was looked for. */
export interface Segment {
  text: string
  marked: boolean
}

export interface Result {
  slug: string
  title: string
  kind: Kind
  excerpt: Segment[]
}

export interface Results {
  results: Result[]
  /** How many there are in all, as far as they are counted. */
  count: number
  /** Whether counting stopped at `count`. */
  more: boolean
  /** Whether no page has everything that was asked for, and these have a part of it. */
  partial: boolean
  /** The words that were looked for in the place of those that no page has; null when none was changed. */
  corrected: string | null
  note: string | null
}

/** The excerpt without its marks. */
export function plainExcerpt(excerpt: Segment[]): string {
  return excerpt.map(({ text }) => text).join("").trim()
}
