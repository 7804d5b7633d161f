import { type Kysely, sql } from "kysely"

/** Protection of pages, trust in people, edits that wait as proposals, and what moderators have in hand and can take back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  // `scope` is a page's id, or "site" for every page that has no level of its own.
  `CREATE TABLE protections (
    scope TEXT PRIMARY KEY, level TEXT NOT NULL CHECK (level IN ('open', 'reviewed', 'moderators')), reason TEXT NOT NULL,
    expires_at TEXT, set_by TEXT NOT NULL REFERENCES users (id), created_at TEXT NOT NULL)`,
  `CREATE TABLE trust (
    user_id TEXT PRIMARY KEY REFERENCES users (id), accepted INTEGER NOT NULL,
    by_hand TEXT CHECK (by_hand IN ('trusted', 'untrusted')), reason TEXT NOT NULL,
    set_by TEXT REFERENCES users (id), set_at TEXT)`,

  `CREATE TABLE proposals (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), base INTEGER NOT NULL,
    author_id TEXT REFERENCES users (id), author_name TEXT NOT NULL, author_key TEXT,
    title TEXT NOT NULL, document TEXT NOT NULL, summary TEXT NOT NULL, restores INTEGER, reasons TEXT NOT NULL,
    version INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'refused', 'withdrawn')),
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL, decided_at TEXT, decided_by TEXT REFERENCES users (id),
    reason TEXT NOT NULL, outcome TEXT, revision INTEGER)`,
  `CREATE INDEX proposals_by_state ON proposals (state, created_at, id)`,
  `CREATE INDEX proposals_by_page ON proposals (page_id, state, created_at)`,
  `CREATE INDEX proposals_by_author ON proposals (author_id, created_at)`,

  `CREATE TABLE claims (
    item TEXT PRIMARY KEY, moderator_id TEXT NOT NULL REFERENCES users (id), until TEXT NOT NULL)`,
  `CREATE INDEX claims_by_moderator ON claims (moderator_id)`,
  // What a moderator did last, and how to take it back; one each.
  `CREATE TABLE last_acts (
    moderator_id TEXT PRIMARY KEY REFERENCES users (id), item TEXT NOT NULL, words TEXT NOT NULL, undo TEXT NOT NULL,
    created_at TEXT NOT NULL)`,

  // A revision that a moderator went back behind was looked at, and not accepted.
  `ALTER TABLE reviews ADD COLUMN accepted INTEGER NOT NULL DEFAULT 1`,
  `UPDATE reviews SET accepted = 0 WHERE EXISTS (
    SELECT 1 FROM revisions WHERE revisions.page_id = reviews.page_id AND revisions.restores < reviews.number
      AND revisions.number > reviews.number AND revisions.author_id = reviews.reviewer_id)`,
  `INSERT INTO trust (user_id, accepted, reason)
    SELECT revisions.author_id, COUNT(*), '' FROM reviews
    JOIN revisions ON revisions.page_id = reviews.page_id AND revisions.number = reviews.number
    WHERE reviews.accepted = 1 AND reviews.reviewer_id <> revisions.author_id GROUP BY revisions.author_id`,

  // What is still to be looked at, apart: on a large site nearly everything has been.
  `CREATE TABLE unreviewed (
    page_id TEXT NOT NULL, number INTEGER NOT NULL, created_at TEXT NOT NULL,
    PRIMARY KEY (page_id, number), FOREIGN KEY (page_id, number) REFERENCES revisions (page_id, number))`,
  `CREATE INDEX unreviewed_by_time ON unreviewed (created_at, page_id, number)`,
  `INSERT INTO unreviewed (page_id, number, created_at)
    SELECT revisions.page_id, revisions.number, revisions.created_at FROM revisions
    JOIN users ON users.id = revisions.author_id
    LEFT JOIN reviews ON reviews.page_id = revisions.page_id AND reviews.number = revisions.number
    WHERE reviews.number IS NULL AND users.role = 'editor'`,

  `ALTER TABLE media_versions ADD COLUMN state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'reviewed', 'refused'))`,
  `CREATE INDEX media_versions_by_state ON media_versions (state, created_at)`,
]
