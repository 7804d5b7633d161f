import type { ExpressionBuilder } from "kysely"
import type { State } from "../comments/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Tables } from "../storage/tables.ts"
import type { Linkback, Protocol } from "./model.ts"

type Db = Reader | Transaction
export type LinkbackRow = Omit<Linkback, "reasons">

const columns = [
  "linkbacks.id",
  "linkbacks.page_id as page",
  "linkbacks.protocol",
  "linkbacks.source_url as source",
  "linkbacks.target_url as target",
  "linkbacks.title",
  "linkbacks.excerpt",
  "linkbacks.site_name as site",
  "linkbacks.author",
  "linkbacks.written_at as writtenAt",
  "linkbacks.doubt",
  "linkbacks.state",
  "linkbacks.verification",
  "linkbacks.created_at as createdAt",
] as const

/** A place in a list ordered by time. */
export interface Place {
  createdAt: string
  id: string
}

/** The linkback of this page, protocol and source, with the time of the last look at its source. */
export function findBySource(db: Db, page: string, protocol: Protocol, source: string): Promise<(LinkbackRow & { decidedBy: string | null }) | undefined> {
  const query = db.selectFrom("linkbacks").select([...columns, "decided_by as decidedBy"])
  return query.where("page_id", "=", page).where("protocol", "=", protocol).where("source_url", "=", source).executeTakeFirst()
}

/** Whatever came from one source to a page, by any protocol, oldest first. */
export function listTwins(db: Db, page: string, key: string): Promise<(LinkbackRow & { verifiedAt: string | null; checkedAt: string | null })[]> {
  const query = db.selectFrom("linkbacks").select([...columns, "verified_at as verifiedAt", "checked_at as checkedAt"])
  return query.where("page_id", "=", page).where("source_key", "=", key).orderBy("created_at").orderBy("id").execute()
}

export async function insertLinkback(tx: Transaction, { key, ...linkback }: LinkbackRow & { key: string }): Promise<void> {
  await tx
    .insertInto("linkbacks")
    .values({
      id: linkback.id,
      page_id: linkback.page,
      protocol: linkback.protocol,
      source_url: linkback.source,
      source_host: new URL(linkback.source).host,
      source_key: key,
      ...textColumns(linkback),
      state: linkback.state,
      verification: linkback.verification,
      verified_at: null,
      checked_at: null,
      created_at: linkback.createdAt,
      decided_at: null,
      decided_by: null,
    })
    .execute()
}

/** Writes everything but what names the linkback, and when it was looked at. */
export async function updateLinkback(
  tx: Transaction,
  linkback: LinkbackRow,
  { checkedAt, verifiedAt }: { checkedAt?: string; verifiedAt?: string } = {},
): Promise<void> {
  const { state, verification } = linkback
  const times = { ...(checkedAt && { checked_at: checkedAt }), ...(verifiedAt && { verified_at: verifiedAt }) }
  await tx.updateTable("linkbacks").set({ ...textColumns(linkback), state, verification, ...times }).where("id", "=", linkback.id).execute()
}

function textColumns({ target, title, excerpt, site, author, writtenAt, doubt }: LinkbackRow) {
  return { target_url: target, title, excerpt, site_name: site, author, written_at: writtenAt, doubt }
}

/** Notes that the source was asked. */
export async function markChecked(tx: Transaction, page: string, key: string, now: string): Promise<void> {
  await tx.updateTable("linkbacks").set({ checked_at: now }).where("page_id", "=", page).where("source_key", "=", key).execute()
}

/** What waits for its first look is not looked at any more: its page is gone, or takes none. */
export async function dropUnverified(tx: Transaction, page: string, key: string, now: string): Promise<void> {
  await tx
    .updateTable("linkbacks")
    .set({ verification: "failed", state: "refused", checked_at: now })
    .where("page_id", "=", page)
    .where("source_key", "=", key)
    .where("verification", "=", "unverified")
    .execute()
}

/** How many linkbacks wait for their first look on the whole site; counts no further than `most`. */
export async function countUnverified(db: Db, most: number): Promise<number> {
  return (await db.selectFrom("linkbacks").select("id").where("verification", "=", "unverified").limit(most).execute()).length
}

/** How many sources of a host were asked since then; counts no further than `most`. */
export async function countAsked(db: Db, host: string, since: string, most: number): Promise<number> {
  const query = db.selectFrom("linkbacks").select("id").where("source_host", "=", host).where("checked_at", ">", since)
  return (await query.limit(most).execute()).length
}

/** Forgets those whose source was looked at before then and did not link here. */
export async function forgetFailed(tx: Transaction, before: string): Promise<void> {
  await tx.deleteFrom("linkbacks").where("verification", "=", "failed").where("checked_at", "<", before).execute()
}

export async function countHeld(db: Db, page: string): Promise<number> {
  const row = await db
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

/** Those of the ids that are shown. */
export async function findShown(db: Db, ids: readonly string[]): Promise<LinkbackRow[]> {
  if (ids.length === 0) return []
  return shown(db).where("linkbacks.id", "in", ids).execute()
}

/** The shown linkbacks of a page, newest first, those before `before`. */
export function listShown(db: Db, page: string, { before, limit }: { before?: Place; limit: number }): Promise<LinkbackRow[]> {
  let query = shown(db).where("linkbacks.page_id", "=", page)
  if (before) query = query.where((eb) => isBefore(eb, before))
  return query.orderBy("linkbacks.created_at", "desc").orderBy("linkbacks.id", "desc").limit(limit).execute()
}

/** Published and verified, and of several from one source the first. */
function shown(db: Db) {
  return db
    .selectFrom("linkbacks")
    .select(columns)
    .where("linkbacks.state", "=", "published")
    .where("linkbacks.verification", "=", "verified")
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("linkbacks as twin")
            .select("twin.id")
            .whereRef("twin.page_id", "=", "linkbacks.page_id")
            .whereRef("twin.source_key", "=", "linkbacks.source_key")
            .where("twin.state", "=", "published")
            .where("twin.verification", "=", "verified")
            .where((eb) =>
              eb.or([
                eb("twin.created_at", "<", eb.ref("linkbacks.created_at")),
                eb("twin.created_at", "=", eb.ref("linkbacks.created_at")).and("twin.id", "<", eb.ref("linkbacks.id")),
              ]),
            ),
        ),
      ),
    )
}

export interface QueueFilter {
  state: "held" | "published"
  before?: Place
  limit: number
}

/** Linkbacks of the whole site in a state, newest first; those of deleted pages and those whose source links here no longer are left out. */
export function listByState(db: Db, { state, before, limit }: QueueFilter): Promise<LinkbackRow[]> {
  let query = db
    .selectFrom("linkbacks")
    .innerJoin("pages", "pages.id", "linkbacks.page_id")
    .select(columns)
    .where("linkbacks.state", "=", state)
    .where("linkbacks.verification", "!=", "gone")
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
