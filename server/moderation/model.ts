import type { Comment } from "../comments/model.ts"
import type { EventType } from "../events.ts"
import type { Linkback } from "../linkbacks/model.ts"

/** A page as far as the queue and the log name it. */
export interface PageName {
  id: string
  slug: string
  title: string
}

/** A revision that no moderator has looked at. */
export interface Unreviewed {
  page: string
  number: number
  /** The number of the page's current revision. */
  current: number
  author: string
  summary: string
  createdAt: string
}

interface Waiting {
  /** Names the item in addresses: "comment-…", "linkback-…", "edit-<page>-<number>". */
  id: string
  page: PageName
  createdAt: string
  /** Why it waits. */
  reasons: string[]
}

/** Something a moderator decides about. */
export type QueueItem =
  | (Waiting & { kind: "comment"; comment: Comment })
  | (Waiting & { kind: "linkback"; linkback: Linkback })
  | (Waiting & { kind: "edit"; revision: Unreviewed })

/** What `decideItem` is to act on. */
export type ItemName = { kind: "comment" | "linkback"; id: string } | { kind: "edit"; page: string; number: number }

/** Reads an item's name from an address; null when it is none. */
export function readItemName(text: string): ItemName | null {
  const [, kind, rest = ""] = /^(comment|linkback|edit)-([a-z0-9-]{1,80})$/.exec(text) ?? []
  if (kind === "comment" || kind === "linkback") return { kind, id: rest }
  const [, page, number] = (kind && /^([a-z0-9]{1,40})-([1-9]\d{0,8})$/.exec(rest)) || []
  return page ? { kind: "edit", page, number: Number(number) } : null
}

/** The acts that the public log tells. What waits or was only received is nobody's act, and says nothing there. */
export const LOGGED = [
  "comment.published",
  "comment.refused",
  "linkback.published",
  "linkback.refused",
  "revision.reviewed",
  "page.restored",
  "page.renamed",
  "page.deleted",
  "page.undeleted",
  "user.role-changed",
] as const satisfies EventType[]

export interface LogEntry {
  seq: number
  type: (typeof LOGGED)[number]
  /** Who did it; null for the operator of the site. */
  actor: string | null
  page: PageName | null
  /** The number of the revision, where the act is about one. */
  subject: string | null
  /** The name of the account it is about. */
  person: string | null
  detail: Record<string, string | number>
  createdAt: string
}

/** Suggested reasons: the ones that come up every day. */
export const USUAL_REASONS = [
  "Not about this page",
  "Advertising",
  "Tells who a person is",
  "An insult",
  "Could harm whoever wrote it",
  "Says the same as another",
]
