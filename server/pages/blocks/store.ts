import { createHash } from "node:crypto"
import type { Reader, Transaction } from "../../storage/database.ts"
import { nextNumber } from "../../storage/sequences.ts"
import { cut, type Frame, frameOf, packedAgainst, unpacked } from "./packing.ts"

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
  for (const row of rows.values()) {
    row.body = bodyOf(row.body, bodies)
    row.hash = wholeHash(row)
  }
  return rows
}

/** Where the blocks of the text before are: by their hash, and for each of the new blocks the key of what it was before. */
export interface Before {
  keys: ReadonlyMap<string, number>
  former: readonly (number | undefined)[]
}

/** Keys for these blocks, in order; each content is stored once, and an edited one as what distinguishes it from what it was. */
export async function keepBlocks(
  tx: Transaction,
  blocks: readonly { hash: string; body: string }[],
  { keys: before, former }: Before = { keys: new Map(), former: [] },
): Promise<number[]> {
  const known = new Map(before)
  const byHash = new Map(blocks.filter(({ hash }) => !known.has(hash)).map(({ hash, body }) => [hash, body]))
  for (const [hash, key] of await findByHash(tx, [...byHash.keys()])) known.set(hash, key)
  const fresh = [...byHash].filter(([hash]) => !known.has(hash))
  if (fresh.length > 0) {
    const formerOf = new Map(blocks.map(({ hash }, at) => [hash, former[at]]))
    const frames = await framesOf(tx, fresh.map(([hash]) => formerOf.get(hash)))
    let key = await nextNumber(tx, "blocks", fresh.length)
    const rows = fresh.map(([hash, body], at) => {
      const frame = frames[at]
      const small = frame ? cut(body, frame) : null
      if (frame && small) remember(key, frame.key)
      return { key: key++, hash, body: small ?? body }
    })
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
  for (const start of packedAgainst(key)) {
    const packed = await tx.selectFrom("blocks").select("key").where("body", "like", `${start}%`).execute()
    for (const block of (await readBlocks(tx, packed.map((row) => row.key))).values()) await putBlock(tx, block)
  }
  const { hash } = (await readBlocks(tx, [key])).get(key) ?? missingBlock(key)
  await putBlock(tx, { key, hash, body })
}

/** Keeps a block in another way. Its hash follows from its body: of a packed one only the beginning is kept, to find it by. */
export async function putPacked(tx: Transaction, { key, hash, body }: KeptBlock): Promise<void> {
  const short = hash.slice(0, SHORT)
  const taken = await tx.selectFrom("blocks").select("key").where("hash", "=", short).executeTakeFirst()
  await putBlock(tx, { key, hash: taken && taken.key !== key ? hash : short, body })
}

/** Whether a packed block still has its hash in full. */
export function hasWholeHash({ hash }: KeptBlock): boolean {
  return hash.length > SHORT
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

/** How many there are, and the highest key in use. */
export async function countBlocks(db: Db): Promise<{ count: number; highest: number }> {
  const row = await db
    .selectFrom("blocks")
    .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.max("key").as("highest")])
    .executeTakeFirstOrThrow()
  return { count: Number(row.count), highest: Number(row.highest ?? 0) }
}

/** Letters kept of the hash of a packed block. What is found by them is compared in full. */
const SHORT = 10

async function putBlock(tx: Transaction, { key, hash, body }: KeptBlock): Promise<void> {
  await tx.updateTable("blocks").set({ hash, body }).where("key", "=", key).execute()
}

async function findByHash(tx: Transaction, hashes: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const part of chunks(hashes)) {
    const asked = part.flatMap((hash) => [hash, hash.slice(0, SHORT)])
    const rows = await tx.selectFrom("blocks").select(["key", "hash"]).where("hash", "in", asked).execute()
    for (const { key, hash } of rows) if (hash.length > SHORT) found.set(hash, key)
    const short = rows.filter(({ hash }) => hash.length <= SHORT).map(({ key }) => key)
    for (const { key, hash } of short.length > 0 ? (await readBlocks(tx, short)).values() : []) if (part.includes(hash)) found.set(hash, key)
  }
  return found
}

/** What each of these blocks can be packed against: itself, or the block it is packed against. */
async function framesOf(tx: Transaction, keys: readonly (number | undefined)[]): Promise<(Frame | undefined)[]> {
  const wanted = keys.filter((key) => key !== undefined)
  if (wanted.length === 0) return []
  const rows = await storedBlocks(tx, wanted.flatMap((key) => [key, hints.get(key) ?? key]))
  const others = wanted.map((key) => frameOf(rows.get(key)?.body ?? "")).filter((key) => key !== null && !rows.has(key)) as number[]
  for (const row of (await storedBlocks(tx, others)).values()) rows.set(row.key, row)
  return keys.map((key) => {
    const row = key === undefined ? undefined : rows.get(key)
    return row && rows.get(frameOf(row.body) ?? row.key)
  })
}

/** What a block is packed against, as far as it was written here: spares asking twice. What is there is read anew each time. */
const hints = new Map<number, number>()
const HINTS = 2_000

function remember(key: number, frame: number): void {
  hints.set(key, frame)
  if (hints.size > HINTS) hints.delete(hints.keys().next().value!)
}

function wholeHash({ hash, body }: KeptBlock): string {
  if (hash.length > SHORT) return hash
  const whole = createHash("sha256").update(body).digest("base64url")
  // What was altered does not have the hash it is kept under.
  return whole.startsWith(hash) ? whole : hash
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
