import { type Kysely, sql } from "kysely"

/** What moderators hid or removed for good, and the hashes of what is gone, so that the record can still be verified. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE redactions (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id),
    part TEXT NOT NULL CHECK (part IN ('text', 'summary', 'name', 'span', 'comment')),
    number INTEGER, comment_id TEXT REFERENCES comments (id), words TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('readers', 'everyone')), reason TEXT NOT NULL,
    hidden_by TEXT NOT NULL REFERENCES users (id), created_at TEXT NOT NULL,
    lifted_by TEXT REFERENCES users (id), lifted_at TEXT,
    purge_asked_by TEXT REFERENCES users (id), purge_asked_at TEXT,
    purged_by TEXT REFERENCES users (id), purged_at TEXT, swept_at TEXT)`,
  `CREATE INDEX redactions_by_page ON redactions (page_id, created_at)`,
  // `place` is "block 12", "revision <page> 3" or "event 40"; `hash` is of what stood there, `left_hash` of what stands there now.
  `CREATE TABLE purged_parts (
    place TEXT NOT NULL, part TEXT NOT NULL, hash TEXT NOT NULL, left_hash TEXT NOT NULL,
    redaction_id TEXT NOT NULL REFERENCES redactions (id), PRIMARY KEY (place, part))`,
]
