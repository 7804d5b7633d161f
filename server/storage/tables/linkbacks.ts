/** Mentions elsewhere, received and sent. */
export interface LinkbackTables {
  linkbacks: {
    id: string
    page_id: string
    protocol: "trackback" | "pingback" | "webmention"
    source_url: string
    /** Its host alone: of floods, few are taken from each. */
    source_host: string
    /** The address without what does not tell two pages apart, so that one source is shown once. */
    source_key: string
    /** The address here that the source says it links to; empty for a TrackBack, which names a page. */
    target_url: string
    title: string
    excerpt: string
    site_name: string
    author: string
    /** When the source says it was written. */
    written_at: string | null
    /** What is odd about the link, for moderators. */
    doubt: string
    state: "published" | "held" | "refused" | "spam"
    /** Whether the source was seen to link here: before that nothing is shown; `gone` when it did and does no longer. */
    verification: "unverified" | "verified" | "failed" | "gone"
    verified_at: string | null
    checked_at: string | null
    created_at: string
    decided_at: string | null
    decided_by: string | null
  }
  /** Sources whose verified linkbacks are shown without a moderator: a host and the beginning of a path. */
  linkback_trusts: { id: string; host: string; path: string; created_at: string; created_by: string }
  /** What was switched; the empty `page_id` stands for the whole site. */
  linkback_switches: {
    page_id: string
    protocol: "trackback" | "pingback" | "webmention"
    direction: "receive" | "send"
    is_on: number
  }
  /** Whom we told of a link from a page here, once for each page and target. */
  linkback_sends: {
    id: string
    page_id: string
    target_url: string
    state: "waiting" | "sent" | "no-endpoint" | "retrying" | "given-up"
    protocol: "trackback" | "pingback" | "webmention" | null
    endpoint: string | null
    answer: string
    attempts: number
    created_at: string
    updated_at: string
  }
}
