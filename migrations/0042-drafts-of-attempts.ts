import { type Kysely, sql } from "kysely"

/** Which draft a refused text continued: once the text is settled, that draft has served its purpose. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [`ALTER TABLE attempts ADD COLUMN draft INTEGER`, `ALTER TABLE attempts ADD COLUMN draft_section TEXT`]
