import { type Kysely, sql } from "kysely"

/** What readers say is wrong, out of date or out of place. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // `subject` is the id of the fact or comment; `said` the fact as the reader saw it.
  `CREATE TABLE reports (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), kind TEXT NOT NULL CHECK (kind IN ('fact', 'comment')),
    subject TEXT NOT NULL, cause TEXT NOT NULL, note TEXT NOT NULL, said TEXT NOT NULL, reasons TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'refused', 'spam')),
    created_at TEXT NOT NULL, decided_at TEXT, decided_by TEXT REFERENCES users (id))`,
  `CREATE INDEX reports_by_state ON reports (state, created_at)`,
  `CREATE INDEX reports_by_subject ON reports (page_id, kind, subject)`,
]
