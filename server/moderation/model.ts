import type { EventType } from "../events.ts"

/** A page as far as the queue and the log name it. */
export interface PageName {
  id: string
  slug: string
  title: string
  /** The number of its current revision. */
  revision: number
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

/** Milliseconds that an item stays in a moderator's hand. */
export const CLAIM_LASTS = 10 * 60_000
/** Milliseconds during which a moderator can take the last decision back. */
export const UNDO_LASTS = 60 * 60_000

/** An item that a moderator has in hand. */
export interface Claim {
  item: string
  moderatorId: string
  /** The moderator's name. */
  by: string
  until: string
}

/** What a moderator wants to know of whoever wrote something. */
export interface PersonRecord {
  since: string
  role: string
  isTrusted: boolean
  accepted: number
  /** Proposals and comments that were refused, spam included. */
  refused: number
  published: number
}

/** Reads an item's name from an address; null when it is none. */
export function readItemName(text: string): { kind: string; key: string } | null {
  const [, kind, key] = /^([a-z]{1,20})-([a-z0-9-]{1,80})$/.exec(text) ?? []
  return kind && key ? { kind, key } : null
}

/** The name of a comment in the queue: a corrected one is another thing to decide about. */
export function commentItem(id: string, version: number): string {
  return `comment-${id}${version > 1 ? `-${version}` : ""}`
}

/** The acts that the public log tells. What waits or was only received is nobody's act, and says nothing there. */
export const LOGGED = [
  "comment.published",
  "comment.refused",
  "comment.resolved",
  "comment.author-approved",
  "comments.switched",
  "linkback.published",
  "linkback.refused",
  "linkback.hidden",
  "linkback.trust-changed",
  "linkback.switched",
  "revision.reviewed",
  "proposal.accepted",
  "proposal.refused",
  "media.reviewed",
  "media.refused",
  "media.removed",
  "media.purged",
  "decision.undone",
  "page.protected",
  "site.protected",
  "user.trust-changed",
  "page.restored",
  "edits.reverted",
  "page.renamed",
  "page.deleted",
  "page.undeleted",
  "user.role-changed",
  "user.blocked",
  "user.unblocked",
  "block.answered",
  "page.redacted",
  "redaction.lifted",
  "redaction.purge-asked",
  "redaction.purged",
  "report.decided",
  "item.looked-at",
  "rule.switched",
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

/** "1 edit", "2 edits". */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`
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
