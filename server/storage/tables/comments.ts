/** What readers write below pages. */
export interface CommentTables {
  comments: {
    id: string
    page_id: string
    parent_id: string | null
    author_id: string | null
    author_name: string
    /** Keyed hash of a guest's name and address, so that an approved guest is known again; the address itself is not kept. */
    author_key: string | null
    body: string
    state: "published" | "held" | "refused" | "spam"
    reasons: string
    created_at: string
    decided_at: string | null
    decided_by: string | null
    /** Keyed hash of the comment's id and the secret in a guest's browser, which lets them correct it for a while. */
    edit_key: string | null
    /** When its author took it back; it is refused then, and its words are gone. */
    withdrawn_at: string | null
    /** Whether readers ever saw it: such a one leaves a stub when it goes. */
    was_public: number
  }
  /** What comments said before they were corrected. */
  comment_versions: { comment_id: string; number: number; body: string; was_public: number; replaced_at: string }
  /** Of the site (empty `page_id`) or a page; null leaves it to the site, or to what holds at first. */
  comment_settings: { page_id: string; waiting: "none" | "first" | "all" | null; opening: "open" | "closed" | "days" | null; days: number | null }
  /** Whose comments do not wait for being by somebody new: "user ID" or "guest KEY". */
  comment_authors: { author: string; id: string; name: string; approved_at: string; approved_by: string }
  /** What of the page a comment speaks of, in the words of `revision`. */
  comment_quotes: { comment_id: string; page_id: string; revision: number; block: string; exact: string; prefix: string; suffix: string }
  /** The revision that did what a comment asked for. */
  comment_resolutions: { comment_id: string; revision: number; resolved_at: string }
  /** Proposals that were made from a comment. */
  comment_proposals: { proposal_id: string; comment_id: string; fact_id: string }
  /** Who wants answers to a comment by mail; `email` is a guest's, null for somebody with an account. */
  reply_wishes: {
    comment_id: string
    email: string | null
    confirmed_at: string | null
    frequency: "at-once" | "daily"
    created_at: string
  }
}
