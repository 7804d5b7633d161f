import { type Kysely, sql } from "kysely"

/** Work that is done after the response (`server/jobs/`). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, unique_key TEXT, body TEXT NOT NULL, attempt INTEGER NOT NULL,
    due_at TEXT NOT NULL, claim TEXT, created_at TEXT NOT NULL,
    UNIQUE (kind, unique_key))`,
  `CREATE INDEX jobs_by_due ON jobs (kind, due_at, id)`,
]
