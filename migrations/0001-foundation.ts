import { type Kysely, sql } from "kysely"

/** People, pages, revisions, comments, linkbacks, and the spine of events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL)`,
  `INSERT INTO sequences VALUES ('events', 0), ('blocks', 0)`,

  `CREATE TABLE events (
    seq INTEGER PRIMARY KEY, type TEXT NOT NULL, page_id TEXT, actor_id TEXT, subject TEXT, detail TEXT,
    created_at TEXT NOT NULL)`,
  `CREATE INDEX events_by_page ON events (page_id, seq)`,

  `CREATE TABLE users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, email TEXT, password_hash TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('editor', 'moderator', 'administrator')),
    created_at TEXT NOT NULL, disabled_at TEXT)`,
  `CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY, user_id TEXT REFERENCES users (id), body TEXT NOT NULL,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL)`,
  `CREATE INDEX sessions_by_user ON sessions (user_id)`,
  `CREATE INDEX sessions_by_expiry ON sessions (expires_at)`,
  `CREATE TABLE tokens (
    token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id), name TEXT NOT NULL, created_at TEXT NOT NULL)`,

  `CREATE TABLE pages (
    id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, title_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('facility', 'source', 'article')), region TEXT, revision INTEGER NOT NULL,
    protection TEXT NOT NULL DEFAULT 'open', created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT)`,
  `CREATE INDEX pages_by_kind ON pages (kind, region, title)`,
  `CREATE TABLE slugs (slug TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), created_at TEXT NOT NULL)`,
  `CREATE TABLE blocks (key INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, body TEXT NOT NULL)`,
  `CREATE TABLE revisions (
    page_id TEXT NOT NULL REFERENCES pages (id), number INTEGER NOT NULL, hash TEXT NOT NULL, title TEXT NOT NULL,
    blocks TEXT NOT NULL, words INTEGER NOT NULL, author_id TEXT NOT NULL REFERENCES users (id), contributors TEXT,
    summary TEXT NOT NULL, restores INTEGER, created_at TEXT NOT NULL,
    PRIMARY KEY (page_id, number))`,
  `CREATE INDEX revisions_by_author ON revisions (author_id, created_at)`,
  `CREATE TABLE attempts (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), author_id TEXT NOT NULL REFERENCES users (id),
    base INTEGER NOT NULL, title TEXT NOT NULL, document TEXT NOT NULL, summary TEXT NOT NULL, created_at TEXT NOT NULL)`,
  `CREATE TABLE reviews (
    page_id TEXT NOT NULL, number INTEGER NOT NULL, reviewer_id TEXT NOT NULL REFERENCES users (id), created_at TEXT NOT NULL,
    PRIMARY KEY (page_id, number), FOREIGN KEY (page_id, number) REFERENCES revisions (page_id, number))`,

  `CREATE TABLE facts (
    page_id TEXT NOT NULL REFERENCES pages (id), id TEXT NOT NULL, position INTEGER NOT NULL, key TEXT NOT NULL,
    label TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL,
    rank TEXT NOT NULL, qualifier TEXT NOT NULL, sources TEXT NOT NULL, as_of TEXT NOT NULL, checked_on TEXT NOT NULL,
    note TEXT NOT NULL, PRIMARY KEY (page_id, id))`,
  `CREATE INDEX facts_by_key ON facts (key, page_id)`,

  `CREATE TABLE comments (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id), parent_id TEXT REFERENCES comments (id),
    author_id TEXT REFERENCES users (id), author_name TEXT NOT NULL, author_key TEXT, body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('published', 'held', 'refused', 'spam')), reasons TEXT NOT NULL,
    created_at TEXT NOT NULL, decided_at TEXT, decided_by TEXT REFERENCES users (id))`,
  `CREATE INDEX comments_by_page ON comments (page_id, state, created_at)`,
  `CREATE INDEX comments_by_state ON comments (state, created_at)`,
  `CREATE INDEX comments_by_author_key ON comments (author_key)`,
  `CREATE INDEX comments_by_author ON comments (author_id)`,
  `CREATE INDEX comments_by_parent ON comments (parent_id)`,
  `CREATE TABLE linkbacks (
    id TEXT PRIMARY KEY, page_id TEXT NOT NULL REFERENCES pages (id),
    protocol TEXT NOT NULL CHECK (protocol IN ('trackback', 'pingback', 'webmention')), source_url TEXT NOT NULL,
    title TEXT NOT NULL, excerpt TEXT NOT NULL, site_name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('published', 'held', 'refused', 'spam')),
    created_at TEXT NOT NULL, decided_at TEXT, decided_by TEXT REFERENCES users (id),
    UNIQUE (page_id, protocol, source_url))`,
  `CREATE INDEX linkbacks_by_state ON linkbacks (state, created_at)`,
]
