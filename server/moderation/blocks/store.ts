import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"
import type { Act, Block } from "./model.ts"

type Db = Reader | Transaction

const columns = [
  "user_blocks.id",
  "user_blocks.user_id as userId",
  "users.name",
  "user_blocks.acts",
  "user_blocks.pages",
  "user_blocks.reason",
  "user_blocks.blocked_by as blockedBy",
  "user_blocks.created_at as createdAt",
  "user_blocks.expires_at as expiresAt",
  "user_blocks.lifted_at as liftedAt",
  "user_blocks.appeal",
  "user_blocks.appealed_at as appealedAt",
  "user_blocks.answer",
  "user_blocks.answered_at as answeredAt",
] as const

/** A person's blocks, newest first, those over included. */
export async function listBlocksOf(db: Db, userId: string): Promise<Block[]> {
  return (await blocksOf.all(db, { userId })).map(readRow)
}

const blocksOf = prepared((db, { userId }: { userId: string }) =>
  blocks(db).where("user_blocks.user_id", "=", userId).orderBy("user_blocks.created_at", "desc"),
)

/** The newest blocks of everybody. */
export async function listBlocks(db: Db, limit: number): Promise<Block[]> {
  return (await blocks(db).orderBy("user_blocks.created_at", "desc").orderBy("user_blocks.id").limit(limit).execute()).map(readRow)
}

export async function findBlock(db: Db, id: string): Promise<Block | undefined> {
  const row = await blocks(db).where("user_blocks.id", "=", id).executeTakeFirst()
  return row && readRow(row)
}

export async function insertBlock(tx: Transaction, block: Block): Promise<void> {
  await tx
    .insertInto("user_blocks")
    .values({
      id: block.id,
      user_id: block.userId,
      acts: JSON.stringify(block.acts),
      pages: block.pages && JSON.stringify(block.pages),
      reason: block.reason,
      blocked_by: block.blockedBy,
      created_at: block.createdAt,
      expires_at: block.expiresAt,
    })
    .execute()
}

/** Ends a block; false when it was ended already. */
export async function liftBlock(tx: Transaction, id: string, by: string, now: string): Promise<boolean> {
  const done = await tx
    .updateTable("user_blocks")
    .set({ lifted_by: by, lifted_at: now })
    .where("id", "=", id)
    .where("lifted_at", "is", null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Keeps an appeal; false when there is one already. */
export async function keepAppeal(tx: Transaction, id: string, appeal: string, now: string): Promise<boolean> {
  const done = await tx
    .updateTable("user_blocks")
    .set({ appeal, appealed_at: now })
    .where("id", "=", id)
    .where("appeal", "is", null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function keepAnswer(tx: Transaction, id: string, answer: string, by: string, now: string): Promise<boolean> {
  const done = await tx
    .updateTable("user_blocks")
    .set({ answer, answered_by: by, answered_at: now })
    .where("id", "=", id)
    .where("appeal", "is not", null)
    .where("answer", "is", null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Appeals against blocks in force that nobody has answered. */
export async function countUnanswered(db: Db, now: string): Promise<number> {
  const row = await db
    .selectFrom("user_blocks")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("appeal", "is not", null)
    .where("answer", "is", null)
    .where("lifted_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

function blocks(db: Db) {
  return db.selectFrom("user_blocks").innerJoin("users", "users.id", "user_blocks.user_id").select(columns)
}

function readRow<Row extends { acts: string; pages: string | null }>(row: Row) {
  return { ...row, acts: JSON.parse(row.acts) as Act[], pages: row.pages === null ? null : (JSON.parse(row.pages) as string[]) }
}
