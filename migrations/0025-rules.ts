import { type Kysely, sql } from "kysely"

/** Rules that moderators make, each tried on the past before it is switched on, and the tags they gave. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // `conditions` is a JSON array, all of which must hold; `tried` the fingerprint of what was last tried on the past.
  `CREATE TABLE rules (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, conditions TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('wait', 'tag', 'refuse')), message TEXT NOT NULL,
    is_on INTEGER NOT NULL, tried TEXT, tried_at TEXT, made_by TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`,
  `CREATE TABLE rule_tags (
    page_id TEXT NOT NULL REFERENCES pages (id), number INTEGER NOT NULL, rule_id TEXT NOT NULL REFERENCES rules (id),
    tag TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (page_id, number, rule_id))`,
]
