/** Uploaded files. */
export interface MediaTables {
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
}
