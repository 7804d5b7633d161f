import { createHash } from "node:crypto"
import { type Kysely, sql } from "kysely"

/** Chains the events, those that are there already included, so that none can be altered, removed or put between unseen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE events ADD COLUMN hash TEXT`.execute(db)
  let parent = ""
  for (let after = 0; ; ) {
    const { rows } = await sql<Row>`SELECT * FROM events WHERE seq > ${after} ORDER BY seq LIMIT 1000`.execute(db)
    for (const row of rows) {
      parent = hashOf(row, parent)
      await sql`UPDATE events SET hash = ${parent} WHERE seq = ${row.seq}`.execute(db)
      after = row.seq
    }
    if (rows.length < 1000) return
  }
}

interface Row {
  seq: number
  type: string
  page_id: string | null
  actor_id: string | null
  subject: string | null
  detail: string | null
  created_at: string
}

// As it was when this step was released: what is hashed later is `server/storage/events.ts`'s to say.
function hashOf(row: Row, parent: string): string {
  const covered = [parent, row.seq, row.type, row.page_id, row.actor_id, digest(row.subject), digest(row.detail), row.created_at]
  return digest(JSON.stringify(covered))!
}

function digest(text: string | null): string | null {
  return text === null ? null : createHash("sha256").update(text).digest("base64url")
}
