import { type Kysely, sql } from "kysely"

/** What an address that somebody wants to cite says of itself, until it was used or a week has passed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `CREATE TABLE source_proposals (
        address TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('asked', 'found', 'failed')), title TEXT NOT NULL,
        publisher TEXT NOT NULL, published_on TEXT NOT NULL, asked_at TEXT NOT NULL)`,
    )
    .execute(db)
}
