import type { Event, NewEvent } from "../events.ts"
import { nextNumber, type Reader, type Transaction } from "./database.ts"

/** Writes an event as the next of the one sequence. */
export async function insertEvent(tx: Transaction, event: NewEvent, createdAt: string): Promise<Event> {
  const seq = await nextNumber(tx, "events")
  await tx
    .insertInto("events")
    .values({
      seq,
      type: event.type,
      page_id: event.page ?? null,
      actor_id: event.actor ?? null,
      subject: event.subject ?? null,
      detail: event.detail ? JSON.stringify(event.detail) : null,
      created_at: createdAt,
    })
    .execute()
  return { ...event, seq, createdAt }
}

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
