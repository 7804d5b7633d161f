import { createHash } from "node:crypto"
import { sql } from "kysely"
import type { Database, Transaction } from "./database.ts"
import { eventHash } from "./events.ts"
import { forget } from "./recall.ts"

/** What stands where words were; without quotation marks, so that it fits into JSON as well. */
export const REMOVED = "[removed for good by a moderator]"

/** Cared for by their own features, or made of numbers and hashes alone. */
const KEPT_OUT = new Set([
  "blocks", "revisions", "events", "purged_parts", "pages", "slugs", "users", "sessions", "tokens", "sequences", "schema_migrations",
]) // prettier-ignore

/**
 * Takes these texts out of every column of words of every table but those that purge by themselves, whoever added the table: drafts,
 * refused saves, proposals, mail that waits. Keys stay.
 */
export async function eraseEverywhere(db: Database, tx: Transaction, needles: readonly string[]): Promise<void> {
  const spellings = [...new Set(needles.flatMap((needle) => [needle, JSON.stringify(needle).slice(1, -1)]))]
  if (spellings.length === 0) return
  for (const { table, columns } of await wordColumns(db, tx)) {
    for (const column of columns) {
      for (const spelling of spellings) {
        await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = replace(${sql.ref(column)}, ${spelling}, ${REMOVED})
          WHERE replace(${sql.ref(column)}, ${spelling}, '') <> ${sql.ref(column)}`.execute(tx)
      }
    }
  }
  forget(tx)
}

/** Puts another text wherever a column of words holds just this one, such as a name; in longer texts it stays. */
export async function replaceEverywhere(db: Database, tx: Transaction, was: string, is: string): Promise<void> {
  for (const { table, columns } of await wordColumns(db, tx)) {
    for (const column of columns) {
      await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${is} WHERE ${sql.ref(column)} = ${was}`.execute(tx)
    }
  }
}

/**
 * Takes these texts out of what events name and tell: a reason, an old address. What is gone stays covered by the chain of hashes
 * through its digest. Returns the number of events changed.
 */
export async function eraseFromEvents(tx: Transaction, needles: readonly string[], redaction: string): Promise<number> {
  let changed = 0
  for (const column of ["subject", "detail"] as const) {
    for (const needle of needles) {
      const { rows } = await sql<{ seq: number; text: string }>`SELECT seq, ${sql.ref(column)} AS text FROM events
        WHERE replace(${sql.ref(column)}, ${needle}, '') <> ${sql.ref(column)}`.execute(tx)
      for (const { seq, text } of rows) {
        const left = text.replaceAll(needle, () => REMOVED)
        await keepHash(tx, { place: `event ${seq}`, part: column, hash: digest(text), leftHash: digest(left), redaction })
        await sql`UPDATE events SET ${sql.ref(column)} = ${left} WHERE seq = ${seq}`.execute(tx)
        changed++
      }
    }
  }
  return changed
}

/** Puts other words into a revision, with the seal that lets its hash still be verified. */
export async function rewriteRevision(
  tx: Transaction,
  { pageId, number }: { pageId: string; number: number },
  texts: { title?: string; summary?: string },
  seal: string,
): Promise<void> {
  for (const part of ["title", "summary"] as const) {
    if (texts[part] !== undefined) {
      await sql`UPDATE revisions SET ${sql.ref(part)} = ${texts[part]} WHERE page_id = ${pageId} AND number = ${number}`.execute(tx)
    }
  }
  await sql`UPDATE revisions SET seal = ${seal} WHERE page_id = ${pageId} AND number = ${number}`.execute(tx)
  forget(tx)
}

/** Takes away the old addresses of pages that have these words in them; returns them. Present addresses stay. */
export async function dropSlugs(tx: Transaction, part: string): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`DELETE FROM slugs WHERE replace(slug, ${part}, '') <> slug
    AND slug NOT IN (SELECT slug FROM pages) RETURNING slug`.execute(tx)
  return rows.map(({ slug }) => slug)
}

/** Notes the hash of what is about to be replaced, and of what is put there. Taken out twice, the first hash is the one that counts. */
export async function keepHash(
  tx: Transaction,
  { place, part, hash, leftHash, redaction }: { place: string; part: string; hash: string; leftHash: string; redaction: string },
): Promise<void> {
  await tx
    .insertInto("purged_parts")
    .values({ place, part, hash, left_hash: leftHash, redaction_id: redaction })
    .onConflict((conflict) => conflict.columns(["place", "part"]).doUpdateSet({ left_hash: leftHash, redaction_id: redaction }))
    .execute()
}

/** The hashes of what was purged, by place and part. */
export async function purgedHashes(tx: Transaction): Promise<Map<string, { hash: string; left: string }>> {
  const rows = await tx.selectFrom("purged_parts").selectAll().execute()
  return new Map(rows.map(({ place, part, hash, left_hash }) => [`${place} ${part}`, { hash, left: left_hash }]))
}

/** Where the chain of events is broken, a sentence each, at most `most`. */
export async function eventFaults(tx: Transaction, most: number): Promise<string[]> {
  const purged = await purgedHashes(tx)
  const faults: string[] = []
  let parent = ""
  for (let after = 0; faults.length < most; ) {
    const rows = await tx.selectFrom("events").selectAll().where("seq", ">", after).orderBy("seq").limit(1_000).execute()
    for (const { hash, ...row } of rows) {
      const digests: { subject?: string; detail?: string } = {}
      for (const part of ["subject", "detail"] as const) {
        const gone = purged.get(`event ${row.seq} ${part}`)
        if (gone && gone.left === digest(row[part] ?? "")) digests[part] = gone.hash
      }
      if (hash !== eventHash(row, parent, digests)) faults.push(`Event ${row.seq} was altered, or does not follow from the one before it.`)
      parent = hash ?? ""
      after = row.seq
    }
    if (rows.length < 1_000) break
  }
  return faults.slice(0, most)
}

export function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url")
}

async function wordColumns(db: Database, tx: Transaction): Promise<{ table: string; columns: string[] }[]> {
  const rows = db.engine === "sqlite" ? await sqliteColumns(tx) : await postgresColumns(tx)
  const tables = new Map<string, string[]>()
  for (const { table, column } of rows) {
    if (KEPT_OUT.has(table) || table.startsWith("search_") || table.startsWith("sqlite_")) continue
    tables.set(table, [...(tables.get(table) ?? []), column])
  }
  return [...tables].map(([table, columns]) => ({ table, columns }))
}

async function sqliteColumns(tx: Transaction): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`SELECT tables.name AS "table", columns.name AS "column"
    FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND columns.pk = 0 AND upper(columns.type) LIKE 'TEXT%'`.execute(tx)
  return rows
}

async function postgresColumns(tx: Transaction): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`SELECT c.table_name AS "table", c.column_name AS "column"
    FROM information_schema.columns AS c
    WHERE c.table_schema = current_schema() AND c.data_type = 'text' AND NOT EXISTS (
      SELECT 1 FROM information_schema.table_constraints AS k
      JOIN information_schema.key_column_usage AS u ON u.constraint_name = k.constraint_name AND u.table_name = k.table_name
      WHERE k.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND u.column_name = c.column_name)`.execute(tx)
  return rows
}
