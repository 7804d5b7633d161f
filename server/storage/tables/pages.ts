/** Pages, their revisions, and what is kept beside them. */
export interface PageTables {
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
    /** The version of the author's draft that the text continued, and the section that the draft is of; null without one. */
    draft: number | null
    draft_section: string | null
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
  /** The revision of a page that somebody read last, and the one they had read before it. */
  readings: { user_id: string; page_id: string; revision: number; before: number | null; read_at: string }
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
}
