import type { Reader } from "./database.ts"

/** Events read in one go; beyond that, everything counts as changed. */
const MOST = 1_000

/**
 * The pages that events after `seq` concern, and the newest number. A `seq` below zero asks only where the sequence stands.
 * `pages.has` is true for every page when there are too many events to look through.
 */
export async function pagesChangedSince(
  db: Reader,
  seq: number,
): Promise<{ seq: number; pages: { has(page: string | null): boolean } }> {
  const { value } = await db.selectFrom("sequences").select("value").where("name", "=", "events").executeTakeFirstOrThrow()
  if (seq < 0 || value === seq) return { seq: value, pages: new Set() }
  if (value - seq > MOST) return { seq: value, pages: { has: () => true } }
  const events = await db.selectFrom("events").select("page_id").where("seq", ">", seq).execute()
  return { seq: value, pages: new Set(events.map((event) => event.page_id)) }
}
