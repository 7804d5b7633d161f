import { type Kysely, sql } from "kysely"

/** What people watch, what they are told of it, and the mail that tells them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  "ALTER TABLE users ADD COLUMN email_confirmed_at TEXT",
  // `target` is what is watched in one word: a person watches it once. `subject` is the block, the kind of fact or the state.
  `CREATE TABLE watches (
    id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), target TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('page', 'section', 'fact', 'state')), page_id TEXT REFERENCES pages (id), subject TEXT NOT NULL,
    frequency TEXT NOT NULL CHECK (frequency IN ('at-once', 'daily', 'weekly', 'site')), comments INTEGER NOT NULL, created_at TEXT NOT NULL,
    UNIQUE (user_id, target))`,
  "CREATE INDEX watches_by_target ON watches (target)",
  // `recipient` is the id of a person, or of the comment of a guest who wants to be told of answers. It holds no words: they are read when told.
  `CREATE TABLE notices (
    id TEXT PRIMARY KEY, recipient TEXT NOT NULL, is_guest INTEGER NOT NULL, subject TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('revision', 'comment', 'reply')), page_id TEXT NOT NULL REFERENCES pages (id),
    number INTEGER, comment_id TEXT, targets TEXT NOT NULL, created_at TEXT NOT NULL, read_at TEXT, mailed_at TEXT,
    UNIQUE (recipient, subject))`,
  "CREATE INDEX notices_by_recipient ON notices (recipient, created_at, id)",
  "CREATE INDEX notices_unread ON notices (recipient) WHERE read_at IS NULL",
  "CREATE INDEX notices_unmailed ON notices (recipient) WHERE mailed_at IS NULL",
  `CREATE TABLE mails (
    id TEXT PRIMARY KEY, recipient TEXT NOT NULL, is_guest INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('confirmation', 'at-once', 'daily', 'weekly')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given-up', 'dropped')), attempts INTEGER NOT NULL, error TEXT NOT NULL,
    address_key TEXT, token_hash TEXT UNIQUE, created_at TEXT NOT NULL, updated_at TEXT NOT NULL)`,
  "CREATE INDEX mails_by_state ON mails (state, created_at, id)",
  "CREATE INDEX mails_by_recipient ON mails (recipient, kind, created_at)",
  "CREATE TABLE mail_pauses (user_id TEXT PRIMARY KEY REFERENCES users (id), paused_at TEXT NOT NULL)",
  // The address of a guest is here alone, and only as long as they want to be told of answers.
  `CREATE TABLE reply_wishes (
    comment_id TEXT PRIMARY KEY REFERENCES comments (id), email TEXT, confirmed_at TEXT,
    frequency TEXT NOT NULL CHECK (frequency IN ('at-once', 'daily')), created_at TEXT NOT NULL)`,
]
