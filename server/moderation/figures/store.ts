import type { Reader } from "../../storage/database.ts"

/** Something that waited and was decided: when it came, when it was decided, and whether readers got to see it. */
export interface Decision {
  createdAt: string
  decidedAt: string
  accepted: boolean
}

/** What moderators decided since a time. What was published at once was never decided. */
export async function listDecisions(db: Reader, since: string): Promise<Decision[]> {
  const [comments, linkbacks, reports, proposals, edits, uploads] = await Promise.all([
    db.selectFrom("comments").select(["created_at as createdAt", "decided_at as decidedAt", "state"]).where("decided_at", ">=", since).execute(),
    db.selectFrom("linkbacks").select(["created_at as createdAt", "decided_at as decidedAt", "state"]).where("decided_at", ">=", since).execute(),
    db.selectFrom("reports").select(["created_at as createdAt", "decided_at as decidedAt", "state"]).where("decided_at", ">=", since).execute(),
    db
      .selectFrom("proposals")
      .select(["created_at as createdAt", "decided_at as decidedAt", "state"])
      .where("decided_at", ">=", since)
      .where("state", "in", ["accepted", "refused"])
      .execute(),
    listReviewed(db, since),
    listUploads(db, since),
  ])
  const decided = [...comments, ...linkbacks, ...reports, ...proposals].map(({ createdAt, decidedAt, state }) => ({
    createdAt,
    decidedAt: decidedAt!,
    accepted: state === "published" || state === "accepted",
  }))
  return [...decided, ...edits, ...uploads]
}

/** Edits that somebody else looked at; what a proposal became, be it taken back since, was decided as the proposal. */
async function listReviewed(db: Reader, since: string): Promise<Decision[]> {
  const rows = await db
    .selectFrom("reviews")
    .innerJoin("revisions", (join) => join.onRef("revisions.page_id", "=", "reviews.page_id").onRef("revisions.number", "=", "reviews.number"))
    .select(["reviews.page_id as page", "reviews.number", "revisions.created_at as createdAt", "reviews.created_at as decidedAt", "reviews.accepted"])
    .where("reviews.created_at", ">=", since)
    .whereRef("reviews.reviewer_id", "!=", "revisions.author_id")
    .execute()
  const accepted = await db.selectFrom("events").select(["page_id as page", "detail"]).where("type", "=", "proposal.accepted").where("created_at", ">=", since).execute()
  const proposed = new Set(accepted.map(({ page, detail }) => `${page} ${(JSON.parse(detail ?? "{}") as { revision?: number }).revision}`))
  return rows.flatMap(({ page, number, createdAt, decidedAt, accepted }) =>
    proposed.has(`${page} ${number}`) ? [] : [{ createdAt, decidedAt, accepted: accepted === 1 }],
  )
}

/**
 * Uploads that somebody decided about. That is written in the log alone: as an event for each page that shows the file, one after the
 * other, and as another where it was undone.
 */
async function listUploads(db: Reader, since: string): Promise<Decision[]> {
  const rows = await db
    .selectFrom("events")
    .innerJoin("media_versions", "media_versions.media_id", "events.subject")
    .select(["type", "detail", "events.created_at as decidedAt", "media_id as id", "number", "media_versions.created_at as createdAt"])
    .where("type", "in", ["media.reviewed", "media.refused", "decision.undone"])
    .where("events.created_at", ">=", since)
    .orderBy("seq")
    .execute()
  const acts = new Map<string, { type: string; decisions: Decision[] }>()
  for (const { type, detail, id, number, createdAt, decidedAt } of rows) {
    if ((JSON.parse(detail ?? "{}") as { version?: number }).version !== number) continue
    const { type: last, decisions } = acts.get(`${id} ${number}`) ?? { type: "", decisions: [] }
    if (type === last) continue
    if (type === "decision.undone") decisions.pop()
    else decisions.push({ createdAt, decidedAt, accepted: type === "media.reviewed" })
    acts.set(`${id} ${number}`, { type, decisions })
  }
  return [...acts.values()].flatMap(({ decisions }) => decisions.slice(-1))
}

/** How many of each kind wait now, and since when the oldest of all does. */
export async function countWaiting(db: Reader): Promise<{ counts: Record<string, number>; oldest: string | null }> {
  const waiting = await Promise.all([
    count(db, "comments", "held", "Comments"),
    count(db, "linkbacks", "held", "Links"),
    count(db, "proposals", "waiting", "Proposals"),
    count(db, "reports", "open", "Reports"),
    edits(db),
    newUploads(db),
  ])
  const oldest = waiting.flatMap((one) => one.oldest ?? []).sort()[0] ?? null
  return { counts: Object.fromEntries(waiting.map(({ name, number }) => [name, number])), oldest }
}

// As in the queue: what belongs to a deleted page waits for nobody.
async function count(db: Reader, table: "comments" | "linkbacks" | "proposals" | "reports", state: string, name: string) {
  const row = await db
    .selectFrom(table)
    .innerJoin("pages", "pages.id", `${table}.page_id`)
    .select((eb) => [eb.fn.countAll<number>().as("number"), eb.fn.min(`${table}.created_at`).as("oldest")])
    .where("state", "=", state as never)
    .where("pages.deleted_at", "is", null)
    .executeTakeFirstOrThrow()
  return { name, number: Number(row.number), oldest: row.oldest as string | null }
}

async function edits(db: Reader) {
  const row = await db
    .selectFrom("unreviewed")
    .innerJoin("pages", "pages.id", "unreviewed.page_id")
    .select((eb) => [eb.fn.countAll<number>().as("number"), eb.fn.min("unreviewed.created_at").as("oldest")])
    .where("pages.deleted_at", "is", null)
    .executeTakeFirstOrThrow()
  return { name: "Edits", number: Number(row.number), oldest: row.oldest }
}

async function newUploads(db: Reader) {
  const row = await db
    .selectFrom("media_versions")
    .select((eb) => [eb.fn.countAll<number>().as("number"), eb.fn.min("created_at").as("oldest")])
    .where("state", "=", "new")
    .executeTakeFirstOrThrow()
  return { name: "Uploads", number: Number(row.number), oldest: row.oldest }
}
