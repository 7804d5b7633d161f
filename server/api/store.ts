import type { EventType } from "../events.ts"
import type { Reader } from "../storage/database.ts"

/** Events after a number, oldest first, with the present slug of the page and the name of the person. */
export function listEvents(db: Reader, { types, after, limit }: { types: EventType[]; after: number; limit: number }) {
  return db
    .selectFrom("events")
    .leftJoin("pages", "pages.id", "events.page_id")
    .leftJoin("users", "users.id", "events.actor_id")
    .select([
      "events.seq as id",
      "events.type",
      "events.subject",
      "events.created_at as createdAt",
      "events.page_id as pageId",
      "pages.slug",
      "pages.deleted_at as deletedAt",
      "users.name as actor",
    ])
    .where("events.seq", ">", after)
    .where("events.type", "in", types)
    .orderBy("events.seq")
    .limit(limit)
    .execute()
}

/** The number of the last event. Answers only while the database does. */
export async function lastEvent(db: Reader): Promise<number> {
  const row = await db.selectFrom("sequences").select("value").where("name", "=", "events").executeTakeFirstOrThrow()
  return row.value
}
