import { createHash } from "node:crypto"
import type { Event, NewEvent } from "../events.ts"
import type { Reader, Transaction } from "./database.ts"
import { insertRow, prepared } from "./prepared.ts"
import { nextNumber } from "./sequences.ts"
import type { Tables } from "./tables.ts"

/** Writes an event as the next of the one sequence. */
export async function insertEvent(tx: Transaction, event: NewEvent, createdAt: string): Promise<Event> {
  const seq = await nextNumber(tx, "events")
  const before = await hashAt.first(tx, { seq: seq - 1 })
  const row = {
    seq,
    type: event.type,
    page_id: event.page ?? null,
    actor_id: event.actor ?? null,
    subject: event.subject ?? null,
    detail: event.detail ? JSON.stringify(event.detail) : null,
    created_at: createdAt,
  }
  await insertRow(tx, "events", { ...row, hash: eventHash(row, before?.hash ?? "") })
  return { ...event, seq, createdAt }
}

const hashAt = prepared((db, { seq }: { seq: number }) => db.selectFrom("events").select("hash").where("seq", "=", seq))

type EventRow = Omit<Tables["events"], "hash">

/**
 * Covers the hash of the event before it. Words enter as their digests, so that a purge can take them and leave the chain whole: the
 * digests of what is gone are handed in as `digests`.
 */
export function eventHash(row: EventRow, parent: string, digests: { subject?: string; detail?: string } = {}): string {
  const { subject = digest(row.subject), detail = digest(row.detail) } = digests
  return digest(JSON.stringify([parent, row.seq, row.type, row.page_id, row.actor_id, subject, detail, row.created_at]))!
}

function digest(text: string | null): string | null {
  return text === null ? null : createHash("sha256").update(text).digest("base64url")
}

/** Events read in one go; beyond that, everything counts as changed. */
const MOST = 1_000

/** What is switched for the whole site, where they name no page. */
const FOR_ALL = new Set(["linkback.switched", "comments.switched"])

/**
 * The pages that events after `seq` concern, and the newest number. A `seq` below zero asks only where the sequence stands.
 * `pages.has` is true for every page when there are too many events to look through, or one of them concerns all.
 */
export async function pagesChangedSince(
  db: Reader,
  seq: number,
): Promise<{ seq: number; pages: { has(page: string | null): boolean } }> {
  const { value } = await db.selectFrom("sequences").select("value").where("name", "=", "events").executeTakeFirstOrThrow()
  if (seq < 0 || value === seq) return { seq: value, pages: new Set() }
  if (value - seq > MOST) return { seq: value, pages: { has: () => true } }
  const events = await db.selectFrom("events").select(["page_id", "type"]).where("seq", ">", seq).execute()
  const isForAll = events.some(({ type, page_id }) => type === "site.protected" || (FOR_ALL.has(type) && page_id === null))
  if (isForAll) return { seq: value, pages: { has: () => true } }
  return { seq: value, pages: new Set(events.map((event) => event.page_id)) }
}
