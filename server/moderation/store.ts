import type { EventType } from "../events.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { type Claim, LOGGED, type LogEntry, type PageName, type PersonRecord, type Unreviewed } from "./model.ts"
import { isTrusted } from "./trust/model.ts"

type Db = Reader | Transaction

/** Placeholders in one statement; longer lists are cut. */
const CHUNK = 300

/** A place in the list of revisions of the whole site, newest first. */
export interface RevisionPlace {
  createdAt: string
  page: string
  number: number
}

/** Revisions that nobody has looked at yet, newest first, those before `before`; those of deleted pages are left out. */
export function listUnreviewed(db: Db, { before, limit }: { before?: RevisionPlace; limit: number }): Promise<Unreviewed[]> {
  let query = unreviewed(db).where("pages.deleted_at", "is", null)
  if (before) {
    const { createdAt, page, number } = before
    query = query.where((eb) => {
      const now = eb("unreviewed.created_at", "=", createdAt)
      const here = now.and("unreviewed.page_id", "=", page).and("unreviewed.number", "<", number)
      return eb.or([eb("unreviewed.created_at", "<", createdAt), now.and("unreviewed.page_id", "<", page), here])
    })
  }
  return query
    .orderBy("unreviewed.created_at", "desc")
    .orderBy("unreviewed.page_id", "desc")
    .orderBy("unreviewed.number", "desc")
    .limit(limit)
    .execute()
}

export function findUnreviewed(db: Db, page: string, number: number): Promise<Unreviewed | undefined> {
  return unreviewed(db).where("unreviewed.page_id", "=", page).where("unreviewed.number", "=", number).executeTakeFirst()
}

function unreviewed(db: Db) {
  return db
    .selectFrom("unreviewed")
    .innerJoin("revisions", (join) =>
      join.onRef("revisions.page_id", "=", "unreviewed.page_id").onRef("revisions.number", "=", "unreviewed.number"),
    )
    .innerJoin("pages", "pages.id", "unreviewed.page_id")
    .innerJoin("users", "users.id", "revisions.author_id")
    .select([
      "revisions.page_id as page",
      "revisions.number",
      "pages.revision as current",
      "users.name as author",
      "revisions.summary",
      "revisions.created_at as createdAt",
    ])
}

/** A revision is to be looked at. */
export async function insertUnreviewed(tx: Transaction, page: string, number: number, createdAt: string): Promise<void> {
  await tx
    .insertInto("unreviewed")
    .values({ page_id: page, number, created_at: createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Writes down that somebody looked at these revisions; the numbers that nobody had looked at before. */
export async function insertReviews(
  tx: Transaction,
  { page, numbers, by, now, accepted }: { page: string; numbers: readonly number[]; by: string; now: string; accepted: boolean },
): Promise<number[]> {
  const fresh: number[] = []
  for (let at = 0; at < numbers.length; at += CHUNK) {
    const part = numbers.slice(at, at + CHUNK)
    const rows = part.map((number) => ({ page_id: page, number, reviewer_id: by, created_at: now, accepted: Number(accepted) }))
    const kept = await tx.insertInto("reviews").values(rows).onConflict((conflict) => conflict.doNothing()).returning("number").execute()
    fresh.push(...kept.map(({ number }) => number))
    await tx.deleteFrom("unreviewed").where("page_id", "=", page).where("number", "in", part).execute()
  }
  return fresh
}

/** Takes a moderator's review of a revision back; false when it is not theirs, or gone. */
export async function deleteReview(tx: Transaction, page: string, number: number, by: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom("reviews")
    .where("page_id", "=", page)
    .where("number", "=", number)
    .where("reviewer_id", "=", by)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** Who looked at these revisions of a page, and when, by number. */
export async function listReviews(db: Db, page: string, numbers: readonly number[]): Promise<Map<number, { by: string; at: string }>> {
  if (numbers.length === 0) return new Map()
  const rows = await db
    .selectFrom("reviews")
    .innerJoin("users", "users.id", "reviews.reviewer_id")
    .select(["reviews.number", "users.name as by", "reviews.created_at as at"])
    .where("reviews.page_id", "=", page)
    .where("reviews.number", "in", numbers)
    .execute()
  return new Map(rows.map(({ number, by, at }) => [number, { by, at }]))
}

/** The revision that a revision restored, and its author's role. */
export function findRestoration(
  tx: Transaction,
  page: string,
  number: number,
): Promise<{ restores: number | null; role: string } | undefined> {
  return tx
    .selectFrom("revisions")
    .innerJoin("users", "users.id", "revisions.author_id")
    .select(["revisions.restores", "users.role"])
    .where("revisions.page_id", "=", page)
    .where("revisions.number", "=", number)
    .executeTakeFirst()
}

export async function pageNames(db: Db, ids: readonly string[]): Promise<Map<string, PageName>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom("pages").select(["id", "slug", "title", "revision"]).where("id", "in", [...new Set(ids)]).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The log, newest first, before the event `before`. */
export async function listLog(
  db: Db,
  { before, limit, types = LOGGED, actor, page }: { before?: number; limit: number; types?: readonly EventType[]; actor?: string; page?: string },
): Promise<LogEntry[]> {
  let query = db
    .selectFrom("events")
    .leftJoin("users as actors", "actors.id", "events.actor_id")
    .leftJoin("users as people", "people.id", "events.subject")
    .leftJoin("pages", "pages.id", "events.page_id")
    .select([
      "events.seq",
      "events.type",
      "actors.name as actor",
      "people.name as person",
      "pages.id as pageId",
      "pages.slug",
      "pages.title",
      "pages.revision",
      "events.subject",
      "events.detail",
      "events.created_at as createdAt",
    ])
    .where("events.type", "in", types)
  if (before !== undefined) query = query.where("events.seq", "<", before)
  if (actor !== undefined) query = query.where("actors.name", "=", actor)
  if (page !== undefined) query = query.where("pages.slug", "=", page)
  const rows = await query.orderBy("events.seq", "desc").limit(limit).execute()
  return rows.map(({ pageId, slug, title, revision, detail, type, ...row }) => ({
    ...row,
    type: type as LogEntry["type"],
    page: pageId ? { id: pageId, slug: slug!, title: title!, revision: revision! } : null,
    detail: detail ? (JSON.parse(detail) as LogEntry["detail"]) : {},
  }))
}

/** Takes an item in hand; false while somebody else has it. */
export async function putClaim(tx: Transaction, claim: { item: string; moderatorId: string; until: string }, now: string): Promise<boolean> {
  const { item, moderatorId, until } = claim
  const put = await tx
    .insertInto("claims")
    .values({ item, moderator_id: moderatorId, until })
    .onConflict((conflict) =>
      conflict
        .column("item")
        .doUpdateSet({ moderator_id: moderatorId, until })
        .where((eb) => eb.or([eb("claims.until", "<=", now), eb("claims.moderator_id", "=", moderatorId)])),
    )
    .returning("item")
    .executeTakeFirst()
  return put !== undefined
}

/** Lets go of what the moderator had in hand, but for `item`; and of what nobody has any more. */
export async function releaseOthers(tx: Transaction, moderatorId: string, item: string, now: string): Promise<void> {
  await tx
    .deleteFrom("claims")
    .where("item", "!=", item)
    .where((eb) => eb.or([eb("moderator_id", "=", moderatorId), eb("until", "<=", now)]))
    .execute()
}

export async function deleteClaim(tx: Transaction, item: string): Promise<void> {
  await tx.deleteFrom("claims").where("item", "=", item).execute()
}

export async function listClaims(db: Db, items: readonly string[], now: string): Promise<Claim[]> {
  if (items.length === 0) return []
  return db
    .selectFrom("claims")
    .innerJoin("users", "users.id", "claims.moderator_id")
    .select(["claims.item", "claims.moderator_id as moderatorId", "users.name as by", "claims.until"])
    .where("claims.item", "in", [...items])
    .where("claims.until", ">", now)
    .execute()
}

interface LastAct {
  moderatorId: string
  item: string
  words: string
  undo: string | null
  createdAt: string
}

/** Remembers a moderator's decision in the place of the one before; one that cannot be taken back leaves none. */
export async function putLastAct(tx: Transaction, { moderatorId, item, words, undo, createdAt }: LastAct): Promise<void> {
  if (undo === null) return void (await tx.deleteFrom("last_acts").where("moderator_id", "=", moderatorId).execute())
  const row = { item, words, undo, created_at: createdAt }
  await tx
    .insertInto("last_acts")
    .values({ moderator_id: moderatorId, ...row })
    .onConflict((conflict) => conflict.column("moderator_id").doUpdateSet(row))
    .execute()
}

export function findLastAct(db: Db, moderatorId: string, since: string): Promise<{ item: string; words: string; undo: string } | undefined> {
  return db
    .selectFrom("last_acts")
    .select(["item", "words", "undo"])
    .where("moderator_id", "=", moderatorId)
    .where("created_at", ">=", since)
    .executeTakeFirst()
}

export async function takeLastAct(tx: Transaction, moderatorId: string, item: string): Promise<void> {
  await tx.deleteFrom("last_acts").where("moderator_id", "=", moderatorId).where("item", "=", item).execute()
}

/** What is known of people by their names. */
export async function listRecords(db: Db, names: readonly string[]): Promise<Map<string, PersonRecord>> {
  if (names.length === 0) return new Map()
  const people = await db
    .selectFrom("users")
    .leftJoin("trust", "trust.user_id", "users.id")
    .select(["users.id", "users.name", "users.role", "users.created_at as since", "trust.accepted", "trust.by_hand as byHand"])
    .where("users.name", "in", [...names])
    .execute()
  const ids = people.map(({ id }) => id)
  const comments = await countsBy(db, "comments", ids)
  const proposals = await countsBy(db, "proposals", ids)
  return new Map(
    people.map(({ id, name, role, since, accepted, byHand }) => {
      const count = (state: string) => (comments.get(`${id} ${state}`) ?? 0) + (proposals.get(`${id} ${state}`) ?? 0)
      const standing = { accepted: accepted ?? 0, byHand, reason: "", setBy: null }
      const record = {
        since,
        role,
        isTrusted: isTrusted({ role }, standing),
        accepted: standing.accepted,
        refused: count("refused") + count("spam"),
        published: comments.get(`${id} published`) ?? 0,
      }
      return [name, record]
    }),
  )
}

async function countsBy(db: Db, table: "comments" | "proposals", ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom(table)
    .select((eb) => ["author_id", "state", eb.fn.countAll<number>().as("count")])
    .where("author_id", "in", [...ids])
    .groupBy(["author_id", "state"])
    .execute()
  return new Map(rows.map(({ author_id, state, count }) => [`${author_id} ${state}`, Number(count)]))
}
