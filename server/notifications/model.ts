import { factKind, factLabel } from "../../editor/document/index.ts"
import { invalid } from "../errors.ts"
import { regions } from "../pages/model.ts"

export type WatchKind = "page" | "section" | "fact" | "state"

/** How soon mail comes, the soonest first; on the site everything is told at once. */
export const frequencies = ["at-once", "daily", "weekly", "site"] as const
export type Frequency = (typeof frequencies)[number]

export const FREQUENCY_NAMES: Record<Frequency, string> = {
  "at-once": "By mail at once",
  daily: "By mail once a day",
  weekly: "By mail once a week",
  site: "On the site only",
}

/** More than anybody reads; a list stays a list. */
export const MOST_WATCHES = 500

/** What is watched: a page, the section under a heading of it, a kind of fact anywhere, or the facilities of a state. */
export interface Watched {
  kind: WatchKind
  /** The id of the page; null for kinds of fact and states. */
  page: string | null
  /** The block id of the heading, the key of the kind of fact, the code of the state; "" for a page. */
  subject: string
}

export interface Watch extends Watched {
  id: string
  userId: string
  frequency: Frequency
  /** Whether comments are told of as well as revisions. */
  comments: boolean
}

/** What is watched, in one word: watches and what happened meet by it. */
export function targetOf({ kind, page, subject }: Watched): string {
  return [kind, page, subject].filter(Boolean).join(":")
}

/** What a watch that belongs to no page is called; undefined for pages and sections, whose names are read. */
export function nameOf({ kind, subject }: Watched): string | undefined {
  if (kind === "state") return `Facilities in ${regions[subject] ?? subject}`
  return kind === "fact" ? `Facts: ${factLabel({ key: subject, label: "" }) || subject}` : undefined
}

/** Throws `invalid`. */
export function readFrequency(raw: string): Frequency {
  return frequencies.find((one) => one === raw) ?? refuse("frequency", "Choose how you want to be told.")
}

/** A kind of fact or a state, as a form names it. Throws `invalid`. */
export function readWatched(kind: string, subject: string): Watched {
  if (kind === "state" && Object.hasOwn(regions, subject)) return { kind, page: null, subject }
  if (kind === "fact" && factKind(subject) !== undefined) return { kind, page: null, subject }
  return refuse("subject", "Choose a state or a kind of fact from the list.")
}

function refuse(field: string, message: string): never {
  throw invalid(field, message)
}

/** What becomes of a block, of which the person is told. */
export type BlockNews = "made" | "answered" | "lifted"

/** What somebody is told of: ids only, so that nothing is told that was hidden since. */
export interface Notice {
  id: string
  /** The id of a person, or of the comment of a guest. */
  recipient: string
  kind: "revision" | "comment" | "reply" | "proposal" | "block"
  /** Null for a block. */
  page: string | null
  number: number | null
  comment: string | null
  /**
   * The targets of the watches that it is owed to; of a reply, the comment that was answered; of a decision, the id of the proposal; of a
   * block, its id and what became of it.
   */
  targets: string[]
  createdAt: string
  readAt: string | null
}
