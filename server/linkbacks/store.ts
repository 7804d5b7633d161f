import type { ExpressionBuilder } from "kysely"
import type { State } from "../comments/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Tables } from "../storage/tables.ts"
import type { Linkback, Mention } from "./model.ts"

type Db = Reader | Transaction
export type LinkbackRow = Omit<Linkback, "reasons">

const columns = [
  "linkbacks.id",
  "linkbacks.page_id as page",
  "linkbacks.protocol",
  "linkbacks.source_url as source",
  "linkbacks.title",
  "linkbacks.excerpt",
  "linkbacks.site_name as site",
  "linkbacks.state",
  "linkbacks.created_at as createdAt",
] as const

/** A place in a list ordered by time. */
export interface Place {
  createdAt: string
  id: string
}

/**
 * Keeps a mention, once for each page, protocol and source. One that waits already is brought up to date; one that was
 * decided about stays as it is, so that nobody's approved words turn into others. True when it is new.
 */
export async function keepLinkback(tx: Transaction, linkback: LinkbackRow): Promise<boolean> {
  const { title, excerpt, site } = linkback
  const kept = await tx
    .insertInto("linkbacks")
    .values({
      id: linkback.id,
      page_id: linkback.page,
      protocol: linkback.protocol,
      source_url: linkback.source,
      title,
      excerpt,
      site_name: site,
      source_host: new URL(linkback.source).host,
      source_key: "",
      target_url: "",
      author: "",
      written_at: null,
      doubt: "",
      verification: "unverified",
      verified_at: null,
      checked_at: null,
      state: linkback.state,
      created_at: linkback.createdAt,
      decided_at: null,
      decided_by: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["page_id", "protocol", "source_url"])
        .doUpdateSet({ title, excerpt, site_name: site })
        .where("linkbacks.state", "=", "held"),
    )
    .returning("id")
    .executeTakeFirst()
  return kept?.id === linkback.id
}

export async function isKnown(tx: Transaction, page: string, protocol: Linkback["protocol"], { source }: Mention): Promise<boolean> {
  const query = tx.selectFrom("linkbacks").select("id").where("page_id", "=", page).where("protocol", "=", protocol)
  return (await query.where("source_url", "=", source).executeTakeFirst()) !== undefined
}

export async function countHeld(tx: Transaction, page: string): Promise<number> {
  const row = await tx
    .selectFrom("linkbacks")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("page_id", "=", page)
    .where("state", "=", "held")
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export function findLinkback(db: Db, id: string): Promise<LinkbackRow | undefined> {
  return db.selectFrom("linkbacks").select(columns).where("id", "=", id).executeTakeFirst()
}

/** Those of the ids that are published. */
export async function findPublished(db: Db, ids: readonly string[]): Promise<LinkbackRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom("linkbacks").select(columns).where("id", "in", ids).where("state", "=", "published").execute()
}

/** Published linkbacks of a page, newest first, those before `before`. */
export function listPublished(db: Db, page: string, { before, limit }: { before?: Place; limit: number }): Promise<LinkbackRow[]> {
  let query = db.selectFrom("linkbacks").select(columns).where("page_id", "=", page).where("state", "=", "published")
  if (before) query = query.where((eb) => isBefore(eb, before))
  return query.orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute()
}

export interface QueueFilter {
  state: "held" | "published"
  before?: Place
  limit: number
}

/** Linkbacks of the whole site in a state, newest first; those of deleted pages are left out. */
export function listByState(db: Db, { state, before, limit }: QueueFilter): Promise<LinkbackRow[]> {
  let query = db
    .selectFrom("linkbacks")
    .innerJoin("pages", "pages.id", "linkbacks.page_id")
    .select(columns)
    .where("linkbacks.state", "=", state)
    .where("pages.deleted_at", "is", null)
  if (before) query = query.where((eb) => isBefore(eb, before))
  return query.orderBy("linkbacks.created_at", "desc").orderBy("linkbacks.id", "desc").limit(limit).execute()
}

/** Moves a linkback from one state to another; false when it is in the first one no longer. */
export async function moveLinkback(
  tx: Transaction,
  id: string,
  { from, to, by, now }: { from: State; to: State; by: string; now: string },
): Promise<boolean> {
  const moved = await tx
    .updateTable("linkbacks")
    .set({ state: to, decided_at: now, decided_by: by })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

export async function findDecider(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("linkbacks")
    .innerJoin("users", "users.id", "linkbacks.decided_by")
    .select("users.name")
    .where("linkbacks.id", "=", id)
    .executeTakeFirst()
  return row?.name
}

function isBefore(eb: ExpressionBuilder<Tables, "linkbacks">, { createdAt, id }: Place) {
  const at = eb("linkbacks.created_at", "=", createdAt).and("linkbacks.id", "<", id)
  return eb.or([eb("linkbacks.created_at", "<", createdAt), at])
}
