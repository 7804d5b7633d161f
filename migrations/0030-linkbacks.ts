import { type Kysely, sql } from "kysely"

/** Linkbacks that are checked against their source, whom we tell of our own links, and what is switched on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
  const { rows } = await sql<{ id: string; source_url: string }>`SELECT id, source_url FROM linkbacks`.execute(db)
  for (const { id, source_url } of rows) {
    const { host, pathname, search } = new URL(source_url)
    const key = host + pathname.replace(/\/$/, "") + search
    await sql`UPDATE linkbacks SET source_host = ${host}, source_key = ${key} WHERE id = ${id}`.execute(db)
  }
}

const statements = [
  `ALTER TABLE linkbacks ADD COLUMN target_url TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE linkbacks ADD COLUMN source_host TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE linkbacks ADD COLUMN source_key TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE linkbacks ADD COLUMN author TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE linkbacks ADD COLUMN written_at TEXT`,
  `ALTER TABLE linkbacks ADD COLUMN doubt TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE linkbacks ADD COLUMN verification TEXT NOT NULL DEFAULT 'unverified'
    CHECK (verification IN ('unverified', 'verified', 'failed', 'gone'))`,
  `ALTER TABLE linkbacks ADD COLUMN verified_at TEXT`,
  `ALTER TABLE linkbacks ADD COLUMN checked_at TEXT`,
  // A moderator looked at each of those.
  `UPDATE linkbacks SET verification = 'verified', verified_at = created_at WHERE state = 'published'`,
  `CREATE INDEX linkbacks_by_source ON linkbacks (page_id, source_key)`,
  `CREATE INDEX linkbacks_by_check ON linkbacks (verification, source_host, checked_at)`,

  `CREATE TABLE linkback_trusts (
    id TEXT PRIMARY KEY, host TEXT NOT NULL, path TEXT NOT NULL, created_at TEXT NOT NULL, created_by TEXT NOT NULL REFERENCES users (id),
    UNIQUE (host, path))`,
  // The empty page_id stands for the whole site.
  `CREATE TABLE linkback_switches (
    page_id TEXT NOT NULL, protocol TEXT NOT NULL CHECK (protocol IN ('trackback', 'pingback', 'webmention')),
    direction TEXT NOT NULL CHECK (direction IN ('receive', 'send')), is_on INTEGER NOT NULL,
    PRIMARY KEY (page_id, protocol, direction))`,
  `CREATE TABLE linkback_sends (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), target_url TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'no-endpoint', 'retrying', 'given-up')),
    protocol TEXT, endpoint TEXT, answer TEXT NOT NULL, attempts INTEGER NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    UNIQUE (page_id, target_url))`,
  `CREATE INDEX linkback_sends_by_time ON linkback_sends (updated_at, id)`,
]
