import { type Kysely, sql } from "kysely"

/** What each page rests on, and whether the addresses among it still answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE citations (
    page_id TEXT NOT NULL REFERENCES pages (id), position INTEGER NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
    locator TEXT NOT NULL, fact_id TEXT NOT NULL, PRIMARY KEY (page_id, position))`,
  `CREATE INDEX citations_by_source ON citations (source)`,
  `CREATE TABLE link_checks (
    address TEXT PRIMARY KEY, status TEXT NOT NULL, failures INTEGER NOT NULL, failing_since TEXT, checked_at TEXT NOT NULL)`,
  `CREATE INDEX link_checks_by_time ON link_checks (checked_at)`,
]
