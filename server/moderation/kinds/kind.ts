import type { JSX } from "preact"
import type { Verdict } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import type { User } from "../../web/viewer.ts"
import type { PageName } from "../model.ts"

/** Something a moderator decides about. */
export interface QueueItem {
  /** Names it in addresses: its kind and its key, "comment-…". */
  id: string
  kind: string
  page: PageName | null
  createdAt: string
  /** Why it waits: each goes on after "it". */
  reasons: string[]
  /** Who it is by, null where nobody says; a member's name is that of an account. */
  author: { name: string; isMember: boolean } | null
  /** What it is, in a word or two before the page's name: "Comment on". */
  title: string
  /** Its text or what it changes. Made only when it is shown. */
  content: () => Promise<JSX.Element>
  /** Whether making it takes no time; left out where it never does. */
  isDrawn?: () => boolean
  /** What can be decided, in words for the buttons; a decision left out cannot be made here. */
  choices: Partial<Record<Verdict["decision"], string>>
  /** Where the moderator goes to change it before they decide. */
  edit?: string
}

export interface ListOptions {
  /** `published`: what readers see, to take it away. A kind that has none answers with nothing. */
  state: "held" | "published"
  /** Only what is older than this moment, or as old and with a key that sorts before `key` ("" is before every key). */
  before?: { createdAt: string; key: string }
  limit: number
}

/** What was decided, for the moderator to read and to take back. */
export interface Act {
  /** "Refused a comment on Krome Detention Center" */
  words: string
  /** What `undo` needs; null where it cannot be taken back. */
  undo: Record<string, string | number | null> | null
}

/**
 * One kind of thing that waits in the queue. `decide` changes only what nobody else has decided about meanwhile, and throws `conflict`
 * otherwise; so does `undo`. Neither asks who the moderator is: that was asked before.
 */
export interface ItemKind {
  name: string
  /** Newest first, by moment and key. */
  list(ctx: Context, moderator: User, options: ListOptions): Promise<QueueItem[]>
  find(ctx: Context, moderator: User, key: string, state: ListOptions["state"]): Promise<QueueItem | undefined>
  /** Throws `not-found`, `invalid`, `conflict`. */
  decide(ctx: Context, moderator: User, key: string, verdict: Verdict): Promise<Act>
  undo(ctx: Context, moderator: User, key: string, undo: NonNullable<Act["undo"]>): Promise<void>
}
