import { countBlocks, readKeys } from "../pages/actions.ts"
import type { Reader, Transaction } from "../storage/database.ts"

type Db = Reader | Transaction

/** Rows read in one go. */
const CHUNK = 500

/** Every page, deleted ones too, for checking. */
export function allPages(db: Db): Promise<{ id: string; slug: string; title: string; revision: number; kept: string | null }[]> {
  return db
    .selectFrom("pages")
    .leftJoin("slugs", (join) => join.onRef("slugs.slug", "=", "pages.slug").onRef("slugs.page_id", "=", "pages.id"))
    .select(["pages.id", "pages.slug", "pages.title", "pages.revision", "slugs.slug as kept"])
    .orderBy("pages.slug")
    .execute()
}

/** Pages that readers can see, by slug. */
export function publicPages(db: Db) {
  return db
    .selectFrom("pages")
    .select(["id", "slug", "title", "kind", "region", "revision", "protection"])
    .select(["created_at as createdAt", "updated_at as updatedAt", "deleted_at as deletedAt"])
    .where("deleted_at", "is", null)
    .orderBy("slug")
    .execute()
}

export async function countRevisions(db: Db): Promise<number> {
  const row = await db.selectFrom("revisions").select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow()
  return Number(row.count)
}

export interface StoredRevision {
  pageId: string
  number: number
  hash: string
  title: string
  keys: number[]
  words: number
  authorId: string
  contributorIds: string[]
  summary: string
  restores: number | null
  undoes: number[]
  partOf: number | null
  createdAt: string
  seal: string | null
}

/** The revisions of a page in their order, as the rows have them. */
export async function* storedRevisions(db: Db, pageId: string): AsyncGenerator<StoredRevision> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom("revisions")
      .selectAll()
      .where("page_id", "=", pageId)
      .where("number", ">", after)
      .orderBy("number")
      .limit(CHUNK)
      .execute()
    for (const row of rows) {
      yield {
        pageId,
        number: row.number,
        hash: row.hash,
        title: row.title,
        keys: readKeys(row.blocks),
        words: row.words,
        authorId: row.author_id,
        contributorIds: row.contributors ? (JSON.parse(row.contributors) as string[]) : [row.author_id],
        summary: row.summary,
        restores: row.restores,
        undoes: row.undoes === null ? [] : row.undoes.split(" ").map(Number),
        partOf: row.part_of,
        createdAt: row.created_at,
        seal: row.seal,
      }
    }
    if (rows.length < CHUNK) return
    after = rows.at(-1)!.number
  }
}

/** Where the sequences stand, and the highest number that was given out by each. */
export async function sequenceStates(db: Db): Promise<{ name: "events" | "blocks"; value: number; highest: number; count: number }[]> {
  const values = new Map((await db.selectFrom("sequences").selectAll().execute()).map(({ name, value }) => [name, value]))
  const events = await db
    .selectFrom("events")
    .select((eb) => [eb.fn.max("seq").as("highest"), eb.fn.countAll<number>().as("count")])
    .executeTakeFirstOrThrow()
  const blocks = await countBlocks(db)
  return [
    { name: "events", value: values.get("events") ?? 0, highest: Number(events.highest ?? 0), count: Number(events.count) },
    { name: "blocks", value: values.get("blocks") ?? 0, highest: blocks.highest, count: blocks.count },
  ]
}

/** Whether anybody but this person has begun a page. */
export async function hasPageByOthers(db: Db, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom("revisions")
    .select("page_id")
    .where("number", "=", 1)
    .where("author_id", "!=", userId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
