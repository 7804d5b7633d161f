import { type Kysely, sql } from "kysely"

/** Whose comments wait, which pages take any, and who does not wait any more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // An empty `page_id` is the site. NULL: as the site has it, and there as it was at first.
  `CREATE TABLE comment_settings (
    page_id TEXT PRIMARY KEY, waiting TEXT CHECK (waiting IN ('none', 'first', 'all')),
    opening TEXT CHECK (opening IN ('open', 'closed', 'days')), days INTEGER)`,
  // `author`: "user ID", or "guest KEY" with the keyed hash that guests are known by.
  `CREATE TABLE comment_authors (
    author TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, approved_at TEXT NOT NULL,
    approved_by TEXT NOT NULL REFERENCES users (id))`,
]
