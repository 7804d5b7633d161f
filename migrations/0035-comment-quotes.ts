import { type Kysely, sql } from "kysely"

/** The passage or fact of the page that a comment speaks of, in the words of the revision it was read in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE comment_quotes (
    comment_id TEXT PRIMARY KEY REFERENCES comments (id), page_id TEXT NOT NULL REFERENCES pages (id), revision INTEGER NOT NULL,
    block TEXT NOT NULL, exact TEXT NOT NULL, prefix TEXT NOT NULL, suffix TEXT NOT NULL)`,
  `CREATE INDEX comment_quotes_by_page ON comment_quotes (page_id)`,
]
