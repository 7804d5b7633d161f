import { type Kysely, sql } from "kysely"

/** What authors do with their own comments: correct them, and take them back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // Keyed hash of the comment's id and the secret in a guest's browser: nothing tells that two comments came from one.
  `ALTER TABLE comments ADD COLUMN edit_key TEXT`,
  `ALTER TABLE comments ADD COLUMN withdrawn_at TEXT`,
  // Whether readers ever saw it: such a one leaves a stub when it goes.
  `ALTER TABLE comments ADD COLUMN was_public INTEGER NOT NULL DEFAULT 0`,
  `UPDATE comments SET was_public = 1 WHERE state = 'published'`,
  // What a comment said before; `was_public` tells whether readers ever saw it.
  `CREATE TABLE comment_versions (
    comment_id TEXT NOT NULL REFERENCES comments (id), number INTEGER NOT NULL, body TEXT NOT NULL, was_public INTEGER NOT NULL,
    replaced_at TEXT NOT NULL, PRIMARY KEY (comment_id, number))`,
]
