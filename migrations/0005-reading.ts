import { type Kysely, sql } from "kysely"

/** What each person read last of a page, and the ways into the events that timelines and lists of changes take. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE readings (
    user_id TEXT NOT NULL REFERENCES users (id), page_id TEXT NOT NULL REFERENCES pages (id),
    revision INTEGER NOT NULL, before INTEGER, read_at TEXT NOT NULL,
    PRIMARY KEY (user_id, page_id))`,
  // A list asks for a few types at a time: by type first, so that what it leaves out is never walked through.
  `DROP INDEX events_by_page`,
  `CREATE INDEX events_by_page ON events (page_id, type, seq)`,
  `CREATE INDEX events_by_actor ON events (actor_id, type, seq)`,
  `CREATE INDEX events_by_type ON events (type, seq)`,
]
