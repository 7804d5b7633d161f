import type { Reader, Transaction } from "../storage/database.ts"
import { LOGGED, type LogEntry, type PageName, type Unreviewed } from "./model.ts"

type Db = Reader | Transaction

/** Placeholders in one statement; longer lists are cut. */
const CHUNK = 300

/** A place in the list of revisions of the whole site, newest first. */
export interface RevisionPlace {
  createdAt: string
  page: string
  number: number
}

/** Revisions without a review, newest first, those before `before`; those of deleted pages are left out. */
export function listUnreviewed(db: Db, { before, limit }: { before?: RevisionPlace; limit: number }): Promise<Unreviewed[]> {
  let query = db
    .selectFrom("revisions")
    .innerJoin("pages", "pages.id", "revisions.page_id")
    .innerJoin("users", "users.id", "revisions.author_id")
    .leftJoin("reviews", (join) =>
      join.onRef("reviews.page_id", "=", "revisions.page_id").onRef("reviews.number", "=", "revisions.number"),
    )
    .select([
      "revisions.page_id as page",
      "revisions.number",
      "pages.revision as current",
      "users.name as author",
      "revisions.summary",
      "revisions.created_at as createdAt",
    ])
    .where("reviews.number", "is", null)
    .where("pages.deleted_at", "is", null)
  if (before) {
    const { createdAt, page, number } = before
    query = query.where((eb) => {
      const now = eb("revisions.created_at", "=", createdAt)
      const here = now.and("revisions.page_id", "=", page).and("revisions.number", "<", number)
      return eb.or([eb("revisions.created_at", "<", createdAt), now.and("revisions.page_id", "<", page), here])
    })
  }
  return query
    .orderBy("revisions.created_at", "desc")
    .orderBy("revisions.page_id", "desc")
    .orderBy("revisions.number", "desc")
    .limit(limit)
    .execute()
}

/** Writes down that somebody looked at these revisions; the numbers that nobody had looked at before. */
export async function insertReviews(
  tx: Transaction,
  { page, numbers, by, now }: { page: string; numbers: readonly number[]; by: string; now: string },
): Promise<number[]> {
  const fresh: number[] = []
  for (let at = 0; at < numbers.length; at += CHUNK) {
    const rows = numbers.slice(at, at + CHUNK).map((number) => ({ page_id: page, number, reviewer_id: by, created_at: now }))
    const kept = await tx.insertInto("reviews").values(rows).onConflict((conflict) => conflict.doNothing()).returning("number").execute()
    fresh.push(...kept.map(({ number }) => number))
  }
  return fresh
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
  const rows = await db.selectFrom("pages").select(["id", "slug", "title"]).where("id", "in", [...new Set(ids)]).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The log, newest first, before the event `before`. */
export async function listLog(db: Db, { before, limit }: { before?: number; limit: number }): Promise<LogEntry[]> {
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
      "events.subject",
      "events.detail",
      "events.created_at as createdAt",
    ])
    .where("events.type", "in", LOGGED)
  if (before !== undefined) query = query.where("events.seq", "<", before)
  const rows = await query.orderBy("events.seq", "desc").limit(limit).execute()
  return rows.map(({ pageId, slug, title, detail, type, ...row }) => ({
    ...row,
    type: type as LogEntry["type"],
    page: pageId ? { id: pageId, slug: slug!, title: title! } : null,
    detail: detail ? (JSON.parse(detail) as LogEntry["detail"]) : {},
  }))
}
