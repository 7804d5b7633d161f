import type { Reader } from "../../storage/database.ts"

/** Something that waited and was decided: when it came, when it was decided, and whether readers got to see it. */
export interface Decision {
  createdAt: string
  decidedAt: string
  accepted: boolean
}

/** What moderators decided since a time. What was published at once was never decided. */
export async function listDecisions(db: Reader, since: string): Promise<Decision[]> {
  const [comments, linkbacks, reports, proposals] = await Promise.all([
    db.selectFrom("comments").select(["created_at as createdAt", "decided_at as decidedAt", "state"]).where("decided_at", ">=", since).execute(),
    db.selectFrom("linkbacks").select(["created_at as createdAt", "decided_at as decidedAt", "state"]).where("decided_at", ">=", since).execute(),
    db.selectFrom("reports").select(["created_at as createdAt", "decided_at as decidedAt", "state"]).where("decided_at", ">=", since).execute(),
    db
      .selectFrom("proposals")
      .select(["created_at as createdAt", "decided_at as decidedAt", "state"])
      .where("decided_at", ">=", since)
      .where("state", "in", ["accepted", "refused"])
      .execute(),
  ])
  return [...comments, ...linkbacks, ...reports, ...proposals].map(({ createdAt, decidedAt, state }) => ({
    createdAt,
    decidedAt: decidedAt!,
    accepted: state === "published" || state === "accepted",
  }))
}

/** How many of each kind wait now, and since when the oldest of all does. */
export async function countWaiting(db: Reader): Promise<{ counts: Record<string, number>; oldest: string | null }> {
  const waiting = await Promise.all([
    count(db, "comments", "held", "Comments"),
    count(db, "linkbacks", "held", "Links"),
    count(db, "proposals", "waiting", "Proposals"),
    count(db, "reports", "open", "Reports"),
  ])
  const oldest = waiting.flatMap((one) => one.oldest ?? []).sort()[0] ?? null
  return { counts: Object.fromEntries(waiting.map(({ name, number }) => [name, number])), oldest }
}

async function count(db: Reader, table: "comments" | "linkbacks" | "proposals" | "reports", state: string, name: string) {
  const row = await db
    .selectFrom(table)
    .select((eb) => [eb.fn.countAll<number>().as("number"), eb.fn.min("created_at").as("oldest")])
    .where("state", "=", state as never)
    .executeTakeFirstOrThrow()
  return { name, number: Number(row.number), oldest: row.oldest as string | null }
}
