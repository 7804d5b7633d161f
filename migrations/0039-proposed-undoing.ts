import { type Kysely, sql } from "kysely"

/** What an edit that waits takes back, or brings back in part: the revision that it becomes says so too. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Numbers with blanks between them, as in revisions.
  `ALTER TABLE proposals ADD COLUMN undoes TEXT`,
  `ALTER TABLE proposals ADD COLUMN part_of INTEGER`,
]
