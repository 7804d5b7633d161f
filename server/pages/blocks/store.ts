import { nextNumber, type Reader, type Transaction } from "../../storage/database.ts"
import { frameOf, packedAgainst, unpacked } from "./packing.ts"

type Db = Reader | Transaction

/** Placeholders in one statement; both engines accept more, and longer lists are cut. */
const CHUNK = 500

/** A block as it was written, whichever way it is kept. */
export interface KeptBlock {
  key: number
  hash: string
  body: string
}

/** The bodies of blocks, in the order of their keys as given. */
export async function findBlocks(db: Db, keys: readonly number[]): Promise<string[]> {
  const found = await readBlocks(db, keys)
  return keys.map((key) => found.get(key)?.body ?? missingBlock(key))
}

/** Blocks by their keys: the one door to their bodies. Those that are not there are missing from the map. */
export async function readBlocks(db: Db, keys: readonly number[]): Promise<Map<number, KeptBlock>> {
  const rows = await storedBlocks(db, keys)
  const bodies = new Map([...rows.values()].map(({ key, body }) => [key, body]))
  const frames = new Set([...rows.values()].map(({ body }) => frameOf(body)).filter((key) => key !== null && !bodies.has(key)))
  for (const { key, body } of (await storedBlocks(db, [...frames] as number[])).values()) bodies.set(key, body)
  for (const row of rows.values()) row.body = bodyOf(row.body, bodies)
  return rows
}

/** Keys for these blocks, in order; each content is stored once. Where those in `before` are is known by their hash already. */
export async function keepBlocks(
  tx: Transaction,
  blocks: readonly { hash: string; body: string }[],
  before: ReadonlyMap<string, number> = new Map(),
): Promise<number[]> {
  const known = new Map(before)
  const byHash = new Map(blocks.filter(({ hash }) => !known.has(hash)).map(({ hash, body }) => [hash, body]))
  for (const part of chunks([...byHash.keys()])) {
    const rows = await tx.selectFrom("blocks").select(["key", "hash"]).where("hash", "in", part).execute()
    for (const { key, hash } of rows) known.set(hash, key)
  }
  const fresh = [...byHash].filter(([hash]) => !known.has(hash))
  if (fresh.length > 0) {
    let key = await nextNumber(tx, "blocks", fresh.length)
    const rows = fresh.map(([hash, body]) => ({ key: key++, hash, body }))
    for (const part of chunks(rows)) await tx.insertInto("blocks").values(part).execute()
    for (const row of rows) known.set(row.hash, row.key)
  }
  return blocks.map(({ hash }) => known.get(hash)!)
}

/**
 * Puts another body in the place of a block's, under the hash it has: for a purge. Blocks that were packed against it are unpacked
 * first, so that they lose nothing and nothing of it is left in them but what they say themselves.
 */
export async function rewriteBlock(tx: Transaction, key: number, body: string): Promise<void> {
  const packed = await tx.selectFrom("blocks").select("key").where("body", "like", `${packedAgainst(key)}%`).execute()
  for (const block of (await readBlocks(tx, packed.map((row) => row.key))).values()) await putBody(tx, block.key, block.body)
  await putBody(tx, key, body)
}

/** Every block there is, by key. */
export async function* everyBlock(db: Db): AsyncGenerator<KeptBlock> {
  for (let after = 0; ; ) {
    const rows = await listStored(db, after, CHUNK)
    const last = rows.at(-1)
    if (!last) return
    yield* (await readBlocks(db, rows.map(({ key }) => key))).values()
    after = last.key
  }
}

/** Blocks as they are kept, by key, those after `after`: for packing them, and for looking through all of them in turn. */
export function listStored(db: Db, after: number, limit: number): Promise<KeptBlock[]> {
  return db.selectFrom("blocks").selectAll().where("key", ">", after).orderBy("key").limit(limit).execute()
}

export async function putBody(tx: Transaction, key: number, body: string): Promise<void> {
  await tx.updateTable("blocks").set({ body }).where("key", "=", key).execute()
}

/** How many there are, and the highest key in use. */
export async function countBlocks(db: Db): Promise<{ count: number; highest: number }> {
  const row = await db
    .selectFrom("blocks")
    .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.max("key").as("highest")])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), highest: Number(row.highest ?? 0) }
}

function bodyOf(stored: string, bodies: ReadonlyMap<number, string>): string {
  const frame = frameOf(stored)
  if (frame === null) return stored
  try {
    return unpacked(stored, bodies.get(frame) ?? "")
  } catch {
    // Damaged on disk: it is no document then, and `verify` finds that it has not the hash it is kept under.
    return stored
  }
}

async function storedBlocks(db: Db, keys: readonly number[]): Promise<Map<number, KeptBlock>> {
  const found = new Map<number, KeptBlock>()
  for (const part of chunks([...new Set(keys)])) {
    const rows = await db.selectFrom("blocks").select(["key", "hash", "body"]).where("key", "in", part).execute()
    for (const row of rows) found.set(row.key, row)
  }
  return found
}

function chunks<T>(items: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += CHUNK) parts.push(items.slice(at, at + CHUNK))
  return parts
}

function missingBlock(key: number): never {
  throw new Error(`Block ${key} is not in the database`)
}
