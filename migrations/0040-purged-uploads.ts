import { type Kysely, sql } from "kysely"

/** Who wants an uploaded file removed for good, until a second moderator agrees, and when that was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `ALTER TABLE media_versions ADD COLUMN purge_asked_by TEXT REFERENCES users (id)`,
  `ALTER TABLE media_versions ADD COLUMN purge_asked_at TEXT`,
  `ALTER TABLE media_versions ADD COLUMN purged_at TEXT`,
]
