import { type Kysely, sql } from "kysely"

/** Finds a person's revisions by less: when they were saved stands in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [`DROP INDEX revisions_by_author`, `CREATE INDEX revisions_by_author ON revisions (author_id)`]
