/** What waits for a decision, and what moderators decided. */
export interface ModerationTables {
  reviews: {
    page_id: string
    number: number
    reviewer_id: string
    created_at: string
    /** 1 where the edit was found good; 0 where a moderator went back behind it. */
    accepted: number
  }
  /** The revisions that a moderator still has to look at. */
  unreviewed: { page_id: string; number: number; created_at: string }
  /** Who may publish at once, until when and why; `scope` is a page's id, or "site" for every page without a level of its own. */
  protections: {
    scope: string
    level: "open" | "reviewed" | "moderators"
    reason: string
    expires_at: string | null
    set_by: string
    created_at: string
  }
  /** How many edits of a person were accepted, and what a moderator decided about them by hand. */
  trust: {
    user_id: string
    accepted: number
    by_hand: "trusted" | "untrusted" | null
    reason: string
    set_by: string | null
    set_at: string | null
  }
  /** Edits that wait, or waited, for a moderator: each a branch from its base. */
  proposals: {
    id: string
    page_id: string
    base: number
    /** Null for a guest, who is known again by `author_key` alone: the hash of the key in their link. */
    author_id: string | null
    author_name: string
    author_key: string | null
    title: string
    document: string
    summary: string
    restores: number | null
    /** The numbers of the revisions that it takes back, with blanks between them. */
    undoes: string | null
    /** The number of the revision from which it brings back a part. */
    part_of: number | null
    /** JSON array: why it waits. */
    reasons: string
    /** Grows with each time the author changes it, so that nobody decides about another text than they saw. */
    version: number
    state: "waiting" | "accepted" | "refused" | "withdrawn"
    created_at: string
    updated_at: string
    decided_at: string | null
    decided_by: string | null
    /** What the author is told. */
    reason: string
    /** How it was accepted: "whole", "part" or "edited". */
    outcome: string | null
    /** The number of the revision it became. */
    revision: number | null
  }
  /** What a moderator has in hand, by the item's name in addresses: nobody else decides about it until then. */
  claims: { item: string; moderator_id: string; until: string }
  /** The last decision of each moderator, and how it is taken back (JSON). */
  last_acts: { moderator_id: string; item: string; words: string; undo: string; created_at: string }
  /** People kept from acts or pages: `acts` and `pages` are JSON arrays, no pages meaning all of them. */
  user_blocks: {
    id: string
    user_id: string
    acts: string
    pages: string | null
    reason: string
    blocked_by: string
    created_at: string
    expires_at: string | null
    lifted_by: string | null
    lifted_at: string | null
    appeal: string | null
    appealed_at: string | null
    answer: string | null
    answered_by: string | null
    answered_at: string | null
  }
  spam_words: { word: string; spam: number; wanted: number }
  spam_lessons: { item: string; verdict: "spam" | "wanted"; created_at: string }
  reports: {
    id: string
    page_id: string
    kind: "fact" | "comment"
    /** The id of the fact or comment. */
    subject: string
    cause: string
    note: string
    /** The fact as the reader saw it. */
    said: string
    reasons: string
    state: "open" | "accepted" | "refused" | "spam"
    created_at: string
    decided_at: string | null
    decided_by: string | null
  }
  rules: {
    id: string
    name: string
    conditions: string
    outcome: "wait" | "tag" | "refuse"
    message: string
    is_on: number
    /** The fingerprint of what was last tried on the past; a rule that was changed since cannot be switched on. */
    tried: string | null
    tried_at: string | null
    made_by: string
    created_at: string
    updated_at: string
  }
  rule_tags: { page_id: string; number: number; rule_id: string; tag: string; created_at: string }
}
