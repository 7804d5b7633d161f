import { type Kysely, sql } from "kysely"

/** People kept from acts or pages for a time, why, and what they answered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // `acts` is a JSON array; `pages` one of page ids, null for the whole site.
  `CREATE TABLE user_blocks (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), acts TEXT NOT NULL, pages TEXT,
    reason TEXT NOT NULL, blocked_by TEXT NOT NULL REFERENCES users (id), created_at TEXT NOT NULL, expires_at TEXT,
    lifted_by TEXT REFERENCES users (id), lifted_at TEXT,
    appeal TEXT, appealed_at TEXT, answer TEXT, answered_by TEXT REFERENCES users (id), answered_at TEXT)`,
  `CREATE INDEX user_blocks_by_user ON user_blocks (user_id, created_at)`,
]
