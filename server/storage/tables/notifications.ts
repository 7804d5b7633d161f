/** What people watch, and the mail it leads to. */
export interface NotificationTables {
  /** What people watch; `target` names it in one word (`notifications/model.ts`). */
  watches: {
    id: string
    user_id: string
    target: string
    kind: "page" | "section" | "fact" | "state"
    page_id: string | null
    /** The block id of a heading, the key of a kind of fact, or the code of a state. */
    subject: string
    frequency: "at-once" | "daily" | "weekly" | "site"
    /** Whether comments are told of as well. */
    comments: number
    created_at: string
  }
  /** What somebody is told of, without its words: `recipient` is a person, or the comment of a guest. */
  notices: {
    id: string
    recipient: string
    is_guest: number
    /** What it is about in one word: nobody is told twice. */
    subject: string
    kind: "revision" | "comment" | "reply" | "proposal" | "block"
    /** Null for a block, which belongs to no page. */
    page_id: string | null
    number: number | null
    comment_id: string | null
    /** JSON array of the targets of watches that it is owed to; see `notifications/model.ts`. */
    targets: string
    created_at: string
    read_at: string | null
    mailed_at: string | null
  }
  /** Mail that waits or went: what it says is read when it goes. */
  mails: {
    id: string
    recipient: string
    is_guest: number
    kind: "confirmation" | "at-once" | "daily" | "weekly"
    state: "waiting" | "sent" | "given-up" | "dropped"
    attempts: number
    error: string
    /** A keyed hash of the address a confirmation went to. */
    address_key: string | null
    /** Of the secret in its link: to confirm the address, or to stop the mail. */
    token_hash: string | null
    created_at: string
    updated_at: string
  }
  mail_pauses: { user_id: string; paused_at: string }
}
