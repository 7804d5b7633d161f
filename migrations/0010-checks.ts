import { type Kysely, sql } from "kysely"

/** What people say of facts after having looked: still right, or wrong. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // `digest` is of what was attested: a fact that says something else later was not checked by this.
  `CREATE TABLE fact_checks (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), fact_id TEXT NOT NULL, digest TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('confirmed', 'wrong', 'unclear')), method TEXT NOT NULL, source TEXT NOT NULL,
    checked_on TEXT NOT NULL, checker_id TEXT REFERENCES users (id), run TEXT, created_at TEXT NOT NULL)`,
  `CREATE INDEX fact_checks_by_page ON fact_checks (page_id, fact_id, created_at)`,
  `CREATE INDEX fact_checks_by_time ON fact_checks (created_at)`,
  // Derived from the rows above: how the last check was made, and the day of a report that nobody has answered.
  `ALTER TABLE facts ADD COLUMN method TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE facts ADD COLUMN doubted_on TEXT NOT NULL DEFAULT ''`,
]
