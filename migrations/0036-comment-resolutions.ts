import { type Kysely, sql } from "kysely"

/** What came of comments: the revision that did what they asked for, and the proposals made from them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE comment_resolutions (
    comment_id TEXT PRIMARY KEY REFERENCES comments (id), revision INTEGER NOT NULL, resolved_at TEXT NOT NULL)`,
  `CREATE TABLE comment_proposals (
    proposal_id TEXT PRIMARY KEY REFERENCES proposals (id), comment_id TEXT NOT NULL REFERENCES comments (id), fact_id TEXT NOT NULL)`,
  `CREATE INDEX comment_proposals_by_comment ON comment_proposals (comment_id)`,
]
