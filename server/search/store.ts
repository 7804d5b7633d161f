import { sql } from "kysely"
import type { Database, Reader, Transaction } from "../storage/database.ts"
import type { SearchIndex } from "./model.ts"
import { postgresIndex } from "./postgres.ts"
import { sqliteIndex } from "./sqlite.ts"

/** Raise it whenever what is indexed, or how, changes: the next start then makes the index anew. */
const LAYOUT = 3

/** The index of this database's engine. */
export function indexOf(db: Database): SearchIndex {
  return db.engine === "sqlite" ? sqliteIndex : postgresIndex
}

/** Makes the tables that say which layout the index has and which pages it has yet to take in. True when the index must be made anew. */
export async function isLayoutOld(tx: Transaction): Promise<boolean> {
  await sql`CREATE TABLE IF NOT EXISTS search_layout (version INTEGER NOT NULL)`.execute(tx)
  await sql`CREATE TABLE IF NOT EXISTS search_pending (page_id TEXT PRIMARY KEY)`.execute(tx)
  const { rows } = await sql<{ version: number }>`SELECT version FROM search_layout`.execute(tx)
  return rows[0]?.version !== LAYOUT
}

/** An empty index, with every page still to be taken in. */
export async function begin(tx: Transaction, index: SearchIndex): Promise<void> {
  await index.create(tx)
  await sql`DELETE FROM search_layout`.execute(tx)
  await sql`INSERT INTO search_layout (version) VALUES (${LAYOUT})`.execute(tx)
  await sql`DELETE FROM search_pending`.execute(tx)
  await sql`INSERT INTO search_pending (page_id) SELECT id FROM pages`.execute(tx)
}

/** What readers wrote below a page, as it is kept; the newest first. */
export async function publishedComments(tx: Transaction, pageId: string, most: number): Promise<{ id: string; body: string }[]> {
  const rows = await tx
    .selectFrom("comments")
    .select(["id", "body"])
    .where("page_id", "=", pageId)
    .where("state", "=", "published")
    .orderBy("created_at", "desc")
    .limit(most)
    .execute()
  return rows
}

/** Notes that the index must look at a page again. */
export async function mark(tx: Transaction, pageId: string): Promise<void> {
  // The row is written even when it is there, so that whoever is taking it off just now waits for this text (PostgreSQL).
  await sql`INSERT INTO search_pending (page_id) VALUES (${pageId})
    ON CONFLICT (page_id) DO UPDATE SET page_id = excluded.page_id`.execute(tx)
}

/** Some of the pages the index has yet to look at. */
export async function markedPages(db: Reader, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT page_id AS id FROM search_pending LIMIT ${most}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function countMarked(db: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM search_pending`.execute(db)
  return Number(rows[0]!.count)
}

/** Takes the marks off; gives those that nobody else took off first. */
export async function unmark(tx: Transaction, pageIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`DELETE FROM search_pending WHERE page_id IN (${sql.join(pageIds)}) RETURNING page_id AS id`.execute(tx)
  return rows.map(({ id }) => id)
}
