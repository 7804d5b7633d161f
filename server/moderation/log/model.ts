import { firstOf, wholeNumber } from "../../web/query.ts"
import type { LogEntry } from "../model.ts"

/** Which entries of the log are wanted. */
export interface LogFilter {
  /** The number of the event before which to begin. */
  before?: number
  limit?: number
  /** The name of a group of acts. */
  about?: string
  /** The name of who did it. */
  actor?: string
  /** The slug of the page it is about. */
  page?: string
}

/** The acts of the log in groups that a reader may want to see alone. */
export const ACT_GROUPS: { name: string; label: string; types: LogEntry["type"][] }[] = [
  { name: "comments", label: "Comments", types: ["comment.published", "comment.refused", "comment.resolved", "comment.author-approved", "comments.switched"] },
  { name: "links", label: "Links", types: ["linkback.published", "linkback.refused", "linkback.hidden", "linkback.trust-changed", "linkback.switched"] },
  { name: "edits", label: "Edits and proposals", types: ["revision.reviewed", "proposal.accepted", "proposal.refused", "page.restored", "edits.reverted"] },
  { name: "pages", label: "Pages", types: ["page.protected", "site.protected", "page.renamed", "page.deleted", "page.undeleted"] },
  { name: "hidden", label: "Hidden and removed", types: ["page.redacted", "redaction.lifted", "redaction.purge-asked", "redaction.purged", "item.looked-at"] },
  { name: "uploads", label: "Uploads", types: ["media.reviewed", "media.refused", "media.removed", "media.purged"] },
  { name: "people", label: "People", types: ["user.blocked", "user.unblocked", "block.answered", "user.trust-changed", "user.role-changed"] },
  { name: "reports", label: "Reports", types: ["report.decided"] },
  { name: "rules", label: "Rules", types: ["rule.switched"] },
]

/** The filter in the query of an address; anything odd in it asks for nothing. */
export function readLogFilter(query: Record<string, unknown>): LogFilter {
  const asked = (name: string) => firstOf(query[name])?.slice(0, 300) || undefined
  return { before: wholeNumber(query.before), about: asked("about"), actor: asked("actor"), page: asked("page") }
}

/** What of a filter goes into an address, as its query: "" where everything is wanted. */
export function logQuery({ about, actor, page }: LogFilter): string {
  const asked = Object.entries({ about, actor, page }).filter((one): one is [string, string] => one[1] !== undefined)
  return new URLSearchParams(asked).toString()
}
