import type { Event, EventType } from "../events.ts"
import type { Reader } from "../storage/database.ts"

const eventColumns = [
  "events.seq",
  "events.type",
  "events.page_id as page",
  "events.actor_id as actor",
  "events.subject",
  "events.detail",
  "events.created_at as createdAt",
] as const

/** What happened to a page, newest first, before the event `before`. */
export async function listPageEvents(
  db: Reader,
  pageId: string,
  options: { types: EventType[]; before?: number; limit: number },
): Promise<Event[]> {
  let query = db.selectFrom("events").select(eventColumns).where("page_id", "=", pageId).where("type", "in", options.types)
  if (options.before !== undefined) query = query.where("seq", "<", options.before)
  return (await query.orderBy("seq", "desc").limit(options.limit).execute()).map(readEvent)
}

export interface Change {
  seq: number
  type: EventType
  pageId: string
  /** The revision's number, for changes of the text. */
  number: number | null
  slug: string
  title: string
  kind: string
  actor: string | null
  summary: string | null
  words: number | null
  wordsBefore: number | null
  createdAt: string
}

/** What happened on the site, newest first; deleted pages are left out. One person's acts with `author`. */
export async function listChanges(
  db: Reader,
  options: { types: EventType[]; before?: number; author?: string; limit: number },
): Promise<Change[]> {
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
    .where("events.type", "in", options.types)
    .where("pages.deleted_at", "is", null)
  if (options.before !== undefined) query = query.where("events.seq", "<", options.before)
  if (options.author !== undefined) query = query.where("events.actor_id", "=", options.author)
  const rows = await query.orderBy("events.seq", "desc").limit(options.limit).execute()
  const sizes = await sizesOf(db, rows.filter(isText).map((row) => [row.pageId!, Number(row.subject)]))
  return rows.map(({ subject, pageId: page, ...row }) => {
    const pageId = page!
    const number = isText(row) ? Number(subject) : null
    const at = number === null ? undefined : sizes.get(`${pageId} ${number}`)
    const before = number === null ? undefined : sizes.get(`${pageId} ${number - 1}`)
    return { ...row, pageId, number, summary: at?.summary ?? null, words: at?.words ?? null, wordsBefore: before?.words ?? null }
  })
}

const TEXT_EVENTS: EventType[] = ["page.created", "page.saved", "page.restored"]

function isText(row: { type: EventType }): boolean {
  return TEXT_EVENTS.includes(row.type)
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
