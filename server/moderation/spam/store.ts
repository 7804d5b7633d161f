import type { Reader, Transaction } from "../../storage/database.ts"
import type { Counts } from "./filter.ts"

type Db = Reader | Transaction

const CHUNK = 300

/** Notes what an item was said to be; what it was said to be before, if anything. */
export async function keepLesson(tx: Transaction, item: string, verdict: "spam" | "wanted", now: string): Promise<"spam" | "wanted" | null> {
  const before = await tx.selectFrom("spam_lessons").select("verdict").where("item", "=", item).executeTakeFirst()
  await tx
    .insertInto("spam_lessons")
    .values({ item, verdict, created_at: now })
    .onConflict((conflict) => conflict.column("item").doUpdateSet({ verdict }))
    .execute()
  return before?.verdict ?? null
}

/** Forgets what an item was said to be; what that was. */
export async function dropLesson(tx: Transaction, item: string): Promise<"spam" | "wanted" | null> {
  const gone = await tx.deleteFrom("spam_lessons").where("item", "=", item).returning("verdict").executeTakeFirst()
  return gone?.verdict ?? null
}

/** Counts these words once more, or with `by` -1 once less. Words that are counted no more are gone. */
export async function countWords(tx: Transaction, words: readonly string[], verdict: "spam" | "wanted", by: 1 | -1): Promise<void> {
  for (let at = 0; at < words.length; at += CHUNK) {
    const part = words.slice(at, at + CHUNK)
    if (by > 0) {
      const rows = part.map((word) => ({ word, spam: Number(verdict === "spam"), wanted: Number(verdict === "wanted") }))
      await tx
        .insertInto("spam_words")
        .values(rows)
        .onConflict((conflict) => conflict.column("word").doUpdateSet((eb) => ({ [verdict]: eb(`spam_words.${verdict}`, "+", 1) })))
        .execute()
    } else {
      await tx.updateTable("spam_words").set((eb) => ({ [verdict]: eb(verdict, "-", 1) })).where("word", "in", part).where(verdict, ">", 0).execute()
      await tx.deleteFrom("spam_words").where("word", "in", part).where("spam", "=", 0).where("wanted", "=", 0).execute()
    }
  }
}

export async function countMessages(db: Db): Promise<Counts> {
  const rows = await db
    .selectFrom("spam_lessons")
    .select((eb) => ["verdict", eb.fn.countAll<number>().as("count")])
    .groupBy("verdict")
    .execute()
  const of = (verdict: string) => Number(rows.find((row) => row.verdict === verdict)?.count ?? 0)
  return { spam: of("spam"), wanted: of("wanted") }
}

/** The counts of these words, or of all there are. */
export async function findWords(db: Db, words?: readonly string[]): Promise<Map<string, Counts>> {
  const found = new Map<string, Counts>()
  const keep = (rows: ({ word: string } & Counts)[]) => rows.forEach(({ word, spam, wanted }) => found.set(word, { spam, wanted }))
  if (words === undefined) keep(await db.selectFrom("spam_words").selectAll().orderBy("word").execute())
  else for (let at = 0; at < words.length; at += CHUNK) {
    keep(await db.selectFrom("spam_words").selectAll().where("word", "in", words.slice(at, at + CHUNK)).execute())
  }
  return found
}
