/**
 * Every act writes one event of ids in its own transaction (DESIGN.md §2.2). `reactions.ts` says who hears each type.
 * An event carries no text that waits or was refused: what it means is read from the rows it names.
 */
export const eventTypes = [
  "page.created",
  "page.saved",
  "page.restored",
  "page.renamed",
  "page.deleted",
  "page.undeleted",
  "page.protected",
  "site.protected",
  "revision.reviewed",
  "proposal.made",
  "proposal.changed",
  "proposal.withdrawn",
  "proposal.accepted",
  "proposal.refused",
  "media.reviewed",
  "media.refused",
  "media.removed",
  "media.purged",
  "decision.undone",
  "user.trust-changed",
  "media.uploaded",
  "media.described",
  "fact.checked",
  // A page began or ceased to rest on this source.
  "source.cited",
  "comment.posted",
  "comment.held",
  "comment.published",
  "comment.refused",
  // By its author: what readers saw changed, or went.
  "comment.corrected",
  "comment.withdrawn",
  // A revision did what it asks for, or no longer counts as such.
  "comment.resolved",
  "comment.author-approved",
  "comments.switched",
  "linkback.received",
  "linkback.published",
  "linkback.refused",
  "linkback.changed",
  "linkback.hidden",
  "linkback.trust-changed",
  "linkback.switched",
  "population.counted",
  "neighbour.changed",
  "oversight.recorded",
  "edits.reverted",
  "user.registered",
  "user.role-changed",
  "page.redacted",
  "redaction.lifted",
  "redaction.purge-asked",
  "redaction.purged",
  "item.looked-at",
  "rule.switched",
  "report.made",
  "report.decided",
  "user.blocked",
  "user.unblocked",
  "block.appealed",
  "block.answered",
] as const

export type EventType = (typeof eventTypes)[number]

/** An event about to be written. `subject` is the id of the comment, linkback, user, uploaded item or the number of the revision. */
export interface NewEvent {
  type: EventType
  page?: string
  actor?: string | null
  subject?: string
  /** Further ids or codes, such as the old slug; and a moderator's reason, which is written for the public log and screened. */
  detail?: Record<string, string | number>
}

export interface Event extends NewEvent {
  /** Position in the one sequence of the site: grows by one with each event, in the order of commits. */
  seq: number
  createdAt: string
}
