import { type Kysely, sql } from "kysely"

/** How many people were taken from one facility to another, as far as imported lists tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE transfers (
    list TEXT NOT NULL, from_page TEXT NOT NULL REFERENCES pages (id), to_page TEXT NOT NULL REFERENCES pages (id),
    people INTEGER NOT NULL, as_of TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (list, from_page, to_page))`,
  `CREATE INDEX transfers_by_page ON transfers (from_page)`,
  `CREATE INDEX transfers_by_place ON transfers (to_page)`,
]
