import type { Context } from "../context.ts"
import type { EventType } from "../events.ts"
import { eventTypes } from "../events.ts"
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
const PRIVATE: EventType[] = ["comment.held", "linkback.received", "user.registered"]

/** Events after a number, oldest first; the slug of a deleted page is left out, because a slug can be the reason for deleting. */
export async function readEvents(ctx: Context, options: { after: number; limit: number; all: boolean }): Promise<PublicEvent[]> {
  const types = options.all ? [...eventTypes] : eventTypes.filter((type) => !PRIVATE.includes(type))
  const rows = await listEvents(ctx.db.read, { types, after: options.after, limit: options.limit })
  return rows.map(({ deletedAt, slug, ...event }) => {
    if (deletedAt === null || options.all) return { ...event, page: slug }
    return { ...event, page: null, subject: event.type === "page.renamed" ? null : event.subject }
  })
}
