import { type Kysely, sql } from "kysely"

/** What hides the parts of a revision within its hash, and which earlier revisions it takes back or brings back in part. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Null for revisions that were hashed before there were seals; see server/pages/seal.ts.
  `ALTER TABLE revisions ADD COLUMN seal TEXT`,
  // Numbers with blanks between them.
  `ALTER TABLE revisions ADD COLUMN undoes TEXT`,
  `ALTER TABLE revisions ADD COLUMN part_of INTEGER`,
  `ALTER TABLE attempts ADD COLUMN undoes TEXT`,
]
