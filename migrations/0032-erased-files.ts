import { type Kysely, sql } from "kysely"

/** When the bytes of an uploaded file were taken away for good. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("ALTER TABLE media_files ADD COLUMN erased_at TEXT").execute(db)
}
