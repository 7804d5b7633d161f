import { type Kysely, sql } from "kysely"

/** Uploaded pictures and files, their versions, and the pages that show them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `CREATE TABLE media (id TEXT PRIMARY KEY, version INTEGER NOT NULL, created_at TEXT NOT NULL)`,
  `CREATE TABLE media_files (
    hash TEXT PRIMARY KEY, format TEXT NOT NULL CHECK (format IN ('jpg', 'png', 'webp', 'gif', 'pdf')), width INTEGER,
    height INTEGER, bytes INTEGER NOT NULL, sizes TEXT NOT NULL, created_at TEXT NOT NULL)`,
  `CREATE TABLE media_versions (
    media_id TEXT NOT NULL REFERENCES media (id), number INTEGER NOT NULL, hash TEXT NOT NULL REFERENCES media_files (hash),
    name TEXT NOT NULL, alt TEXT NOT NULL, caption TEXT NOT NULL, licence TEXT NOT NULL, source TEXT NOT NULL,
    author_id TEXT NOT NULL REFERENCES users (id), created_at TEXT NOT NULL,
    PRIMARY KEY (media_id, number))`,
  `CREATE INDEX media_versions_by_hash ON media_versions (hash, created_at)`,
  `CREATE TABLE media_uses (
    page_id TEXT NOT NULL REFERENCES pages (id), hash TEXT NOT NULL,
    PRIMARY KEY (page_id, hash))`,
  `CREATE INDEX media_uses_by_hash ON media_uses (hash)`,
]
