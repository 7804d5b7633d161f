import type { Context } from "../context.ts"
import type { EventType } from "../events.ts"
import { eventTypes } from "../events.ts"
import { hiddenOfAll } from "../pages/redactions/actions.ts"
import { listEvents } from "./store.ts"

/** An event as the API gives it. */
export interface PublicEvent {
  id: number
  type: EventType
  page: string | null
  actor: string | null
  subject: string | null
  createdAt: string
}

/** What waits for a moderator, and people who have not done anything yet: for moderators only. */
const PRIVATE: EventType[] = ["report.made", "block.appealed", "redaction.purge-asked", "comment.held", "linkback.received", "user.registered", "proposal.made", "proposal.changed", "proposal.withdrawn"]

/** Those whose subject is the number of a revision, which may be by somebody whose name is hidden. */
const ABOUT_REVISIONS: EventType[] = ["page.created", "page.saved", "page.restored"]

/** Events after a number, oldest first; the slug of a deleted page is left out, because a slug can be the reason for deleting. */
export async function readEvents(ctx: Context, options: { after: number; limit: number; all: boolean }): Promise<PublicEvent[]> {
  const types = options.all ? [...eventTypes] : eventTypes.filter((type) => !PRIVATE.includes(type))
  const rows = await listEvents(ctx.db.read, { types, after: options.after, limit: options.limit })
  const hidden = await hiddenOfAll(ctx.db.read, rows.flatMap(({ pageId }) => pageId ?? []))
  return rows.map(({ deletedAt, slug, pageId, ...row }) => {
    const isNameless = ABOUT_REVISIONS.includes(row.type) && hidden.get(pageId ?? "")?.names.has(Number(row.subject))
    const event = isNameless ? { ...row, actor: null } : row
    if (deletedAt === null || options.all) return { ...event, page: slug }
    return { ...event, page: null, subject: event.type === "page.renamed" ? null : event.subject }
  })
}
