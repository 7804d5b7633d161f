import { type Kysely, sql } from "kysely"

/** Which revision wrote which words of each page: derived from the revisions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE authorship (
    page_id TEXT NOT NULL REFERENCES pages (id), number INTEGER NOT NULL, runs TEXT NOT NULL,
    PRIMARY KEY (page_id, number))`,
]
