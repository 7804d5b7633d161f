import type { EventType } from "../events.ts"

/** The rows of every table, in the portable subset (DESIGN.md §2.8): TEXT ids, ISO-8601 UTC TEXT times, INTEGER flags, JSON as TEXT. */
export interface Tables {
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

  users: {
    id: string
    name: string
    /** The name folded so that look-alikes meet; unique. */
    name_key: string
    email: string | null
    /** When the person showed that mail to the address reaches them; null for an address that was only typed. */
    email_confirmed_at: string | null
    password_hash: string
    role: "editor" | "moderator" | "administrator"
    created_at: string
    disabled_at: string | null
  }
  sessions: { token_hash: string; user_id: string | null; body: string; created_at: string; expires_at: string }
  tokens: { token_hash: string; user_id: string; name: string; created_at: string }

  pages: {
    id: string
    slug: string
    title: string
    title_key: string
    kind: "facility" | "source" | "article"
    /** Two-letter state of a facility, from its address; null when not told. */
    region: string | null
    revision: number
    protection: string
    created_at: string
    updated_at: string
    deleted_at: string | null
  }
  /** Every slug a page ever had; the old ones redirect for ever. */
  slugs: { slug: string; page_id: string; created_at: string }
  blocks: { key: number; hash: string; body: string }
  revisions: {
    page_id: string
    number: number
    hash: string
    title: string
    /** Keys into `blocks` in order, as `pages/key-list.ts` writes them. */
    blocks: string
    words: number
    author_id: string
    /** JSON array of user ids when more people than the author wrote it. */
    contributors: string | null
    summary: string
    /** The number of the revision this one restores, if it does. */
    restores: number | null
    created_at: string
    /** What hides each part within the hash, and what is left of parts that are gone (`pages/seal.ts`). */
    seal: string | null
    /** The numbers of the revisions that this one takes back, with blanks between them. */
    undoes: string | null
    /** The number of the revision from which a part was brought back. */
    part_of: number | null
  }
  /** Derived: who wrote the words of a page at some of its revisions, as `pages/authorship/history.ts` writes it. */
  authorship: { page_id: string; number: number; runs: string }
  /** Saves that were refused as stale: kept so that no text is lost (DESIGN.md §2.4). */
  attempts: {
    id: string
    page_id: string
    author_id: string
    base: number
    title: string
    document: string
    summary: string
    created_at: string
    /** As in `revisions`: the text takes these back. */
    undoes: string | null
  }
  /** What somebody is writing, one for each person and page; `key` is the page's id, or one of its own for a page not started yet. */
  drafts: {
    user_id: string
    key: string
    page_id: string | null
    base: number
    title: string
    kind: string
    summary: string
    format: "document" | "markdown"
    /** The text as it was typed: the document's JSON or Markdown. Null once it was saved or discarded. */
    body: string | null
    /** Why the text is no page yet; null when it could be saved as it is. */
    problem: string | null
    version: number
    hash: string
    saved_at: string
  }
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
  /** The revision of a page that somebody read last, and the one they had read before it. */
  readings: { user_id: string; page_id: string; revision: number; before: number | null; read_at: string }

  facts: {
    page_id: string
    id: string
    position: number
    key: string
    label: string
    type: string
    value: string
    text: string
    state: string
    rank: string
    qualifier: string
    sources: string
    as_of: string
    checked_on: string
    note: string
    /** How the last check was made; empty when nobody said. */
    method: string
    /** The day of a report that it is wrong which nobody has answered; empty when there is none. */
    doubted_on: string
  }
  /** What people said of a fact after having looked. `digest` is of what they attested, `run` tells guests apart (facts/voices.ts). */
  fact_checks: {
    id: string
    page_id: string
    fact_id: string
    digest: string
    result: "confirmed" | "wrong" | "unclear"
    method: string
    source: string
    checked_on: string
    checker_id: string | null
    run: string | null
    created_at: string
  }
  /** Derived: what a page rests on, in the order of its list of sources and its facts; `fact_id` is empty for its text. */
  citations: { page_id: string; position: number; source: string; title: string; locator: string; fact_id: string }
  /** Whether the web addresses that pages cite answer. */
  link_checks: { address: string; status: string; failures: number; failing_since: string | null; checked_at: string }
  /** What an address that somebody wants to cite says of itself. */
  source_proposals: {
    address: string
    state: "asked" | "found" | "failed"
    title: string
    publisher: string
    published_on: string
    asked_at: string
  }

  /** Pictures and files that people uploaded; `version` is the number of the current one. */
  media: { id: string; version: number; created_at: string }
  /** What is under DATA_DIR/media, by the hash of its content. `sizes` is a JSON array of the narrower copies. */
  media_files: {
    hash: string
    format: "jpg" | "png" | "webp" | "gif" | "pdf"
    width: number | null
    height: number | null
    bytes: number
    sizes: string
    created_at: string
    /** When a moderator had its bytes taken away for good. */
    erased_at: string | null
  }
  media_versions: {
    media_id: string
    number: number
    hash: string
    name: string
    alt: string
    caption: string
    licence: string
    source: string
    author_id: string
    created_at: string
    state: "new" | "reviewed" | "refused"
    /** Who wants it removed for good, and since when; a second moderator has to agree. */
    purge_asked_by: string | null
    purge_asked_at: string | null
    purged_at: string | null
  }
  /** Derived: which uploaded files the current revision of a page shows or links to. */
  media_uses: { page_id: string; hash: string }

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

  /** What each row of an imported list said when it was last taken in: JSON of fact names and values. */
  list_rows: { list: string; row_key: string; page_id: string; said: string; imported_at: string }
  /** People held on a night, by month: the mean with one decimal, and the highest count. `code` is the agency's for the place. */
  population_months: { page_id: string; code: string; month: string; mean: string; highest: number; days: number; source: string }

  /** People taken from one facility to another, by an imported list; as of a date as precise as known, or "". */
  transfers: { list: string; from_page: string; to_page: string; people: number; as_of: string; source: string }

  /** What moderators hid; for a span, `words` are the words, until they are purged. */
  redactions: {
    id: string
    page_id: string
    part: "text" | "summary" | "name" | "span" | "comment"
    number: number | null
    comment_id: string | null
    words: string
    /** Who does not see it: readers, or moderators neither. */
    audience: "readers" | "everyone"
    reason: string
    hidden_by: string
    created_at: string
    lifted_by: string | null
    lifted_at: string | null
    purge_asked_by: string | null
    purge_asked_at: string | null
    purged_by: string | null
    purged_at: string | null
    /** When the files were cleaned of what the purge removed from the tables. */
    swept_at: string | null
  }
  /** What a purge replaced: its hash, so that what was made of it can be verified, and the hash of what stands there now. */
  purged_parts: { place: string; part: string; hash: string; left_hash: string; redaction_id: string }

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
    kind: "revision" | "comment" | "reply"
    page_id: string
    number: number | null
    comment_id: string | null
    /** JSON array of the targets of watches that it is owed to. */
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
  /** Who wants answers to a comment by mail; `email` is a guest's, null for somebody with an account. */
  reply_wishes: {
    comment_id: string
    email: string | null
    confirmed_at: string | null
    frequency: "at-once" | "daily"
    created_at: string
  }
}
