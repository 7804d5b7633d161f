import { type Kysely, sql } from "kysely"

/** What people write before they save it: one draft for each person and page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A row without a body is a draft that was saved or discarded: its version goes on counting, so that an editor that is still open is told apart.
  `CREATE TABLE drafts (
    user_id TEXT NOT NULL REFERENCES users (id), key TEXT NOT NULL, page_id TEXT REFERENCES pages (id),
    base INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, summary TEXT NOT NULL,
    format TEXT NOT NULL CHECK (format IN ('document', 'markdown')), body TEXT, problem TEXT,
    version INTEGER NOT NULL, hash TEXT NOT NULL, saved_at TEXT NOT NULL,
    PRIMARY KEY (user_id, key))`,
]
