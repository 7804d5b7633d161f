import type { ExpressionBuilder, SelectQueryBuilder } from "kysely"
import type { Event, EventType } from "../events.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Tables } from "../storage/tables.ts"
import { type Change, type CheckedFact, makesRevision, REVISION_EVENTS, type Size } from "./model.ts"

const eventColumns = [
  "events.seq",
  "events.type",
  "events.page_id as page",
  "events.actor_id as actor",
  "events.subject",
  "events.detail",
  "events.created_at as createdAt",
] as const

interface Listing {
  types: EventType[]
  before?: number
  /** A person's id. */
  author?: string
  limit: number
}

/** What happened to a page, newest first, before the event `before`. */
export async function listPageEvents(db: Reader, pageId: string, listing: Listing): Promise<Event[]> {
  return (await pageEventsQuery(db, pageId, listing).execute()).map(readEvent)
}

/** One search of the index a type: however long a history is, only what is shown is read. */
export function pageEventsQuery(db: Reader, pageId: string, { types, before, author, limit }: Listing) {
  return newestOf(types, limit, (type) => {
    let query = db.selectFrom("events").select(eventColumns).where("page_id", "=", pageId).where("type", "=", type)
    if (before !== undefined) query = query.where("seq", "<", before)
    if (author !== undefined) query = query.where("actor_id", "=", author)
    return db.selectFrom(query.orderBy("seq", "desc").limit(limit).as("part")).selectAll()
  })
}

/** What happened on the site, newest first; deleted pages are left out. */
export async function listChanges(
  db: Reader,
  { types, before, author, reviewed, region, watcher, limit }: Listing & { reviewed?: boolean; region?: string; watcher?: string },
): Promise<Change[]> {
  const ofType = (type: EventType) => {
    let query = db
      .selectFrom("events")
      .innerJoin("pages", "pages.id", "events.page_id")
      .leftJoin("users", "users.id", "events.actor_id")
      .select([
        "events.seq",
        "events.type",
        "events.subject",
        "events.page_id as pageId",
        "pages.slug",
        "pages.title",
        "pages.kind",
        "users.name as actor",
        "events.created_at as createdAt",
      ])
      .select((eb) => waits(eb).as("waiting"))
      .where("events.type", "=", type)
      .where("pages.deleted_at", "is", null)
    if (before !== undefined) query = query.where("events.seq", "<", before)
    if (author !== undefined) query = query.where("events.actor_id", "=", author)
    if (region !== undefined) query = query.where("pages.region", "=", region)
    if (watcher !== undefined) query = query.where((eb) => isWatched(eb, watcher))
    if (reviewed !== undefined) query = query.where((eb) => (reviewed ? eb.not(waits(eb)) : waits(eb)))
    return db.selectFrom(query.orderBy("events.seq", "desc").limit(limit).as("part")).selectAll()
  }
  const rows = await newestOf(types, limit, ofType).execute()
  const sizes = await sizesOf(db, rows.filter(makesRevision).map((row) => [row.pageId!, Number(row.subject)]))
  return rows.map(({ subject, pageId: page, waiting, ...row }) => {
    const pageId = page!
    const number = makesRevision(row) ? Number(subject) : null
    const at = number === null ? undefined : sizes.get(`${pageId} ${number}`)
    const before = number === null ? undefined : sizes.get(`${pageId} ${number - 1}`)
    const text = { number, summary: at?.summary ?? null, words: at?.words ?? null, wordsBefore: before?.words ?? null }
    return { ...row, pageId, ...text, isReviewed: !waiting }
  })
}

/** The names of people, by their ids. */
export async function listNames(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom("users").select(["id", "name"]).where("id", "in", [...new Set(ids)]).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** How large these revisions of a page are, in their order; found by key, so that a history may be as long as it likes. */
export function listSizes(db: Reader | Transaction, pageId: string, numbers: readonly number[]): Promise<Size[]> {
  return db
    .selectFrom("revisions")
    .select(["number", "words", "created_at as createdAt"])
    .where("page_id", "=", pageId)
    .where("number", "in", numbers)
    .orderBy("number")
    .execute()
}

/** The last event of one of these types that a person, or anybody, did to a page, about `subject` if given. */
export async function findLast(
  db: Reader,
  pageId: string,
  { types, actor, subject }: { types: EventType[]; actor?: string; subject?: string },
): Promise<Event | undefined> {
  const query = newestOf(types, 1, (type) => {
    let query = db.selectFrom("events").select(eventColumns).where("page_id", "=", pageId).where("type", "=", type)
    if (actor !== undefined) query = query.where("actor_id", "=", actor)
    if (subject !== undefined) query = query.where("subject", "=", subject)
    return db.selectFrom(query.orderBy("seq", "desc").limit(1).as("part")).selectAll()
  })
  const row = await query.executeTakeFirst()
  return row && readEvent(row)
}

/** The facts of the current revision that somebody checked, in their order, with the day of the last time. */
export function listCheckedFacts(db: Reader, pageId: string): Promise<CheckedFact[]> {
  return db
    .selectFrom("facts")
    .select(["id", "key", "label", "checked_on as checkedOn"])
    .where("page_id", "=", pageId)
    .where("checked_on", "!=", "")
    .orderBy("position")
    .execute()
}

/** The page that has or had this slug. */
export function findAddressed(db: Reader | Transaction, slug: string): Promise<{ id: string; revision: number } | undefined> {
  return db
    .selectFrom("slugs")
    .innerJoin("pages", "pages.id", "slugs.page_id")
    .select(["pages.id", "pages.revision"])
    .where("slugs.slug", "=", slug.normalize("NFC"))
    .executeTakeFirst()
}

export interface Reading {
  revision: number
  before: number | null
}

export function findReading(db: Reader | Transaction, userId: string, pageId: string): Promise<Reading | undefined> {
  return db
    .selectFrom("readings")
    .select(["revision", "before"])
    .where("user_id", "=", userId)
    .where("page_id", "=", pageId)
    .executeTakeFirst()
}

export async function keepReading(tx: Transaction, userId: string, pageId: string, reading: Reading, readAt: string): Promise<void> {
  await tx
    .insertInto("readings")
    .values({ user_id: userId, page_id: pageId, ...reading, read_at: readAt })
    .onConflict((conflict) => conflict.columns(["user_id", "page_id"]).doUpdateSet({ ...reading, read_at: readAt }))
    .execute()
}

/** The newest of all types together; each type is searched by itself, and none further than the list is long. */
function newestOf<Row>(types: EventType[], limit: number, ofType: (type: EventType) => SelectQueryBuilder<Tables & { part: Row }, "part", Row>) {
  const [first, ...rest] = types.map(ofType)
  if (!first) throw new Error("A list of events needs a type")
  const all = rest.reduce<SelectQueryBuilder<Tables & { part: Row }, "part", Row>>((query, part) => query.unionAll(part), first)
  return all.orderBy("seq" as never, "desc").limit(limit)
}

// The number stands in a text column that holds ids for other types of events: only that of a revision is a number.
function waits(eb: ExpressionBuilder<Tables, "events">) {
  const number = eb.case().when("events.type", "in", REVISION_EVENTS).then(eb.cast<number>("events.subject", "integer")).end()
  return eb.exists(
    eb
      .selectFrom("unreviewed")
      .select("unreviewed.number")
      .whereRef("unreviewed.page_id", "=", "events.page_id")
      .where("unreviewed.number", "=", number),
  )
}

// A page is watched as a whole or in a section, as one of a state, or for a kind of fact that it tells.
function isWatched(eb: ExpressionBuilder<Tables, "pages">, userId: string) {
  return eb.exists(
    eb
      .selectFrom("watches")
      .select("watches.id")
      .where("watches.user_id", "=", userId)
      .where((watch) =>
        watch.or([
          watch("watches.page_id", "=", watch.ref("pages.id")),
          watch("watches.kind", "=", "state").and("watches.subject", "=", watch.ref("pages.region")),
          watch("watches.kind", "=", "fact").and(
            watch.exists(watch.selectFrom("facts").select("facts.id").whereRef("facts.page_id", "=", "pages.id").whereRef("facts.key", "=", "watches.subject")),
          ),
        ]),
      ),
  )
}

// Each change with the revision before it, in one query.
async function sizesOf(db: Reader, revisions: [page: string, number: number][]) {
  const sizes = new Map<string, { words: number; summary: string }>()
  if (revisions.length === 0) return sizes
  const rows = await db
    .selectFrom("revisions")
    .select(["page_id", "number", "words", "summary"])
    .where((eb) =>
      eb.or(revisions.map(([page, number]) => eb("page_id", "=", page).and("number", "in", [number - 1, number]))),
    )
    .execute()
  for (const row of rows) sizes.set(`${row.page_id} ${row.number}`, row)
  return sizes
}

function readEvent(row: {
  seq: number
  type: EventType
  page: string | null
  actor: string | null
  subject: string | null
  detail: string | null
  createdAt: string
}): Event {
  return {
    seq: row.seq,
    type: row.type,
    page: row.page ?? undefined,
    actor: row.actor,
    subject: row.subject ?? undefined,
    detail: row.detail ? (JSON.parse(row.detail) as Event["detail"]) : undefined,
    createdAt: row.createdAt,
  }
}
