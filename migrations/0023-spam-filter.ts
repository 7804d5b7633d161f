import { type Kysely, sql } from "kysely"

/** What the spam filter learned from the moderators' decisions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE spam_words (word TEXT PRIMARY KEY, spam INTEGER NOT NULL, wanted INTEGER NOT NULL)`,
  `CREATE TABLE spam_lessons (
    item TEXT PRIMARY KEY, verdict TEXT NOT NULL CHECK (verdict IN ('spam', 'wanted')), created_at TEXT NOT NULL)`,
]
