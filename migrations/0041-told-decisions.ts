import { type Kysely, sql } from "kysely"

/** People are told on the site what was decided about what they proposed, and of blocks: a block belongs to no page. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const columns = "id, recipient, is_guest, subject, kind, page_id, number, comment_id, targets, created_at, read_at, mailed_at"

// Neither engine can widen the check of a column in the same words.
const statements = [
  `CREATE TABLE told (
    id TEXT PRIMARY KEY, recipient TEXT NOT NULL, is_guest INTEGER NOT NULL, subject TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('revision', 'comment', 'reply', 'proposal', 'block')), page_id TEXT REFERENCES pages (id),
    number INTEGER, comment_id TEXT, targets TEXT NOT NULL, created_at TEXT NOT NULL, read_at TEXT, mailed_at TEXT,
    UNIQUE (recipient, subject))`,
  `INSERT INTO told (${columns}) SELECT ${columns} FROM notices`,
  "DROP TABLE notices",
  "ALTER TABLE told RENAME TO notices",
  "CREATE INDEX notices_by_recipient ON notices (recipient, created_at, id)",
  "CREATE INDEX notices_unread ON notices (recipient) WHERE read_at IS NULL",
  "CREATE INDEX notices_unmailed ON notices (recipient) WHERE mailed_at IS NULL",
]
