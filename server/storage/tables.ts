import type { EventType } from "../events.ts"
import type { AccountTables } from "./tables/accounts.ts"
import type { CommentTables } from "./tables/comments.ts"
import type { FactTables } from "./tables/facts.ts"
import type { LinkbackTables } from "./tables/linkbacks.ts"
import type { MediaTables } from "./tables/media.ts"
import type { ModerationTables } from "./tables/moderation.ts"
import type { NotificationTables } from "./tables/notifications.ts"
import type { PageTables } from "./tables/pages.ts"

/** The rows of every table, in the portable subset (DESIGN.md §2.8): TEXT ids, ISO-8601 UTC TEXT times, INTEGER flags, JSON as TEXT. */
export interface Tables
  extends AccountTables, CommentTables, FactTables, LinkbackTables, MediaTables, ModerationTables, NotificationTables, PageTables {
  sequences: { name: string; value: number }
  events: {
    seq: number
    type: EventType
    page_id: string | null
    actor_id: string | null
    subject: string | null
    detail: string | null
    created_at: string
    /** Covers the event before it (`storage/events.ts`). */
    hash: string | null
  }
  /** Work after the response. A row is deleted when it is done or given up. */
  jobs: {
    id: string
    kind: string
    /** Two jobs of a kind never wait under one key; null for those that are each their own. */
    unique_key: string | null
    body: string
    /** How often it was begun. */
    attempt: number
    /** Not before this time; of one that runs, when it counts as lost and is begun again. */
    due_at: string
    /** Whose turn it is; null while it waits. */
    claim: string | null
    created_at: string
  }
}
