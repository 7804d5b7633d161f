import { type Kysely, sql } from "kysely"

/** Lists that are imported: what each row said when it was taken in, and the monthly counts of people held. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // A list is taken in again and again: what a row said last time tells what is new in it, so that a person's correction stands.
  `CREATE TABLE list_rows (
    list TEXT NOT NULL, row_key TEXT NOT NULL, page_id TEXT NOT NULL REFERENCES pages (id), said TEXT NOT NULL,
    imported_at TEXT NOT NULL, PRIMARY KEY (list, row_key))`,
  `CREATE INDEX list_rows_by_page ON list_rows (page_id)`,
  `CREATE TABLE population_months (
    page_id TEXT NOT NULL REFERENCES pages (id), code TEXT NOT NULL, month TEXT NOT NULL, mean TEXT NOT NULL,
    highest INTEGER NOT NULL, days INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (page_id, code, month))`,
]
