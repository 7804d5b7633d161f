import { AppError } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { REMOVED } from "../storage/purge.ts"
import type { Media, PurgeOfFile, Size, StoredFile, Version } from "./model.ts"

type Db = Reader | Transaction

const fileColumns = [
  "media_files.hash",
  "media_files.format",
  "media_files.width",
  "media_files.height",
  "media_files.bytes",
  "media_files.sizes",
] as const

const versionColumns = [
  ...fileColumns,
  "media_versions.media_id as mediaId",
  "media_versions.number",
  "media_versions.name",
  "media_versions.alt",
  "media_versions.caption",
  "media_versions.licence",
  "media_versions.source",
  "media_versions.author_id as authorId",
  "users.name as author",
  "media_versions.created_at as createdAt",
] as const

export async function findFile(db: Db, hash: string): Promise<StoredFile | undefined> {
  const row = await db.selectFrom("media_files").select(fileColumns).where("hash", "=", hash).executeTakeFirst()
  return row && readRow(row)
}

/** Files by their hashes, in that order, those after `after`; those that were taken away for good left out. */
export async function listFiles(db: Db, after: string, limit: number): Promise<StoredFile[]> {
  const rows = await db
    .selectFrom("media_files")
    .select(fileColumns)
    .where("hash", ">", after)
    .where("erased_at", "is", null)
    .orderBy("hash")
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

/** Records a file; what was recorded of the same content before is replaced. */
export async function putFile(tx: Transaction, file: StoredFile, now: string): Promise<void> {
  const sizes = JSON.stringify(file.sizes)
  await tx
    .insertInto("media_files")
    .values({ ...file, sizes, created_at: now, erased_at: null })
    .onConflict((conflict) => conflict.column("hash").doUpdateSet({ sizes }))
    .execute()
}

/** The item with its current version. */
export async function findMedia(db: Db, id: string): Promise<Media | undefined> {
  const row = await versions(db)
    .innerJoin("media", (join) => join.onRef("media.id", "=", "media_versions.media_id").onRef("media.version", "=", "media_versions.number"))
    .where("media.id", "=", id)
    .executeTakeFirst()
  return row && { id: row.mediaId, current: readRow(row) }
}

/** The versions of an item, newest first. */
export async function listVersions(db: Db, mediaId: string, limit: number): Promise<Version[]> {
  const rows = await versions(db).where("media_versions.media_id", "=", mediaId).orderBy("media_versions.number", "desc").limit(limit).execute()
  return rows.map(readRow)
}

/** The newest version of any item that has a file of one of these hashes, by hash. */
export async function findByHash(db: Db, hashes: readonly string[]): Promise<Map<string, Version>> {
  if (hashes.length === 0) return new Map()
  const rows = await versions(db)
    .where("media_versions.hash", "in", hashes)
    .orderBy("media_versions.created_at")
    .orderBy("media_versions.number")
    .execute()
  return new Map(rows.map((row) => [row.hash, readRow(row)]))
}

/** A new item with its first version. */
export async function insertMedia(tx: Transaction, version: Version): Promise<void> {
  await tx.insertInto("media").values({ id: version.mediaId, version: version.number, created_at: version.createdAt }).execute()
  await insertVersion(tx, version)
}

/** Puts a version on top of the one before it. Throws `conflict` when somebody was quicker. */
export async function advanceMedia(tx: Transaction, version: Version): Promise<void> {
  const moved = await tx
    .updateTable("media")
    .set({ version: version.number })
    .where("id", "=", version.mediaId)
    .where("version", "=", version.number - 1)
    .executeTakeFirst()
  if (moved.numUpdatedRows === 0n) throw new AppError("conflict", "Somebody else changed this in the meantime. Look at what is there now, then try again.")
  await insertVersion(tx, version)
}

export interface UploadFilter {
  state: "new" | "reviewed"
  before?: { createdAt: string; mediaId: string; number: number }
  limit: number
}

/** Versions with a file of their own that are in a state, newest first. */
export function listUploads(db: Db, { state, before, limit }: UploadFilter): Promise<Version[]> {
  let query = versions(db).where("media_versions.state", "=", state)
  if (before) {
    const { createdAt, mediaId, number } = before
    query = query.where((eb) => {
      const now = eb("media_versions.created_at", "=", createdAt)
      const here = now.and("media_versions.media_id", "=", mediaId).and("media_versions.number", "<", number)
      return eb.or([eb("media_versions.created_at", "<", createdAt), now.and("media_versions.media_id", "<", mediaId), here])
    })
  }
  return query
    .orderBy("media_versions.created_at", "desc")
    .orderBy("media_versions.media_id", "desc")
    .orderBy("media_versions.number", "desc")
    .limit(limit)
    .execute()
    .then((rows) => rows.map(readRow))
}

export async function findVersion(db: Db, mediaId: string, number: number): Promise<(Version & { state: UploadState }) | undefined> {
  const row = await versions(db)
    .select("media_versions.state")
    .where("media_versions.media_id", "=", mediaId)
    .where("media_versions.number", "=", number)
    .executeTakeFirst()
  return row && readRow(row)
}

export type UploadState = "new" | "reviewed" | "refused"

/** Moves a version from one state to another; false when it is in the first one no longer. */
export async function moveVersion(
  tx: Transaction,
  { mediaId, number, from, to }: { mediaId: string; number: number; from: UploadState; to: UploadState },
): Promise<boolean> {
  const moved = await tx
    .updateTable("media_versions")
    .set({ state: to })
    .where("media_id", "=", mediaId)
    .where("number", "=", number)
    .where("state", "=", from)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Refuses every version of an item that has this file; false when there is none to refuse. */
export async function refuseFile(tx: Transaction, mediaId: string, hash: string): Promise<boolean> {
  const refused = await tx
    .updateTable("media_versions")
    .set({ state: "refused" })
    .where("media_id", "=", mediaId)
    .where("hash", "=", hash)
    .executeTakeFirst()
  return refused.numUpdatedRows > 0n
}

/** What is asked for about this file of an item; undefined while nothing is. */
export function readPurge(db: Db, mediaId: string, hash: string): Promise<PurgeOfFile | undefined> {
  return purges(db).where("media_versions.media_id", "=", mediaId).where("media_versions.hash", "=", hash).executeTakeFirst()
}

/** Everything of an item that is to be removed for good, or was. */
export function listPurges(db: Db, mediaId: string): Promise<PurgeOfFile[]> {
  return purges(db).where("media_versions.media_id", "=", mediaId).execute()
}

/** What waits for a second moderator, on the whole site, the longest waiting first. */
export function listPurgesAsked(db: Db, limit: number): Promise<PurgeOfFile[]> {
  return purges(db).where("media_versions.purged_at", "is", null).orderBy("media_versions.purge_asked_at").limit(limit).execute()
}

export async function askForPurge(tx: Transaction, { id, hash, by, now }: { id: string; hash: string; by: string; now: string }): Promise<void> {
  await tx.updateTable("media_versions").set({ purge_asked_by: by, purge_asked_at: now }).where("media_id", "=", id).where("hash", "=", hash).execute()
}

/** Lets a file stand again that is not gone yet. */
export async function showFile(tx: Transaction, mediaId: string, hash: string): Promise<void> {
  await tx
    .updateTable("media_versions")
    .set({ state: "reviewed", purge_asked_by: null, purge_asked_at: null })
    .where("media_id", "=", mediaId)
    .where("hash", "=", hash)
    .where("purged_at", "is", null)
    .execute()
}

/** Takes the words of every version of an item that has this file. */
export async function markPurged(tx: Transaction, mediaId: string, hash: string, now: string): Promise<void> {
  await tx
    .updateTable("media_versions")
    .set({ name: REMOVED, alt: "", caption: "", licence: "", source: "", purged_at: now })
    .where("media_id", "=", mediaId)
    .where("hash", "=", hash)
    .execute()
}

/** Notes that the bytes of a file go for good. */
export async function markErased(tx: Transaction, hash: string, now: string): Promise<void> {
  await tx.updateTable("media_files").set({ erased_at: now }).where("hash", "=", hash).where("erased_at", "is", null).execute()
}

export async function isErased(db: Db, hash: string): Promise<boolean> {
  const row = await db.selectFrom("media_files").select("erased_at").where("hash", "=", hash).executeTakeFirst()
  return (row?.erased_at ?? null) !== null
}

/** Whether every version that has this file was refused. */
export async function isRefused(db: Db, hash: string): Promise<boolean> {
  const rows = await db.selectFrom("media_versions").select("state").where("hash", "=", hash).groupBy("state").execute()
  return rows.length > 0 && rows.every(({ state }) => state === "refused")
}

/** Records anew which files a page uses. */
export async function setUses(tx: Transaction, pageId: string, hashes: readonly string[]): Promise<void> {
  const known = await usedBy(tx, pageId)
  if (known.length === hashes.length && hashes.every((hash) => known.includes(hash))) return
  await tx.deleteFrom("media_uses").where("page_id", "=", pageId).execute()
  if (hashes.length > 0) await tx.insertInto("media_uses").values(hashes.map((hash) => ({ page_id: pageId, hash }))).execute()
}

/** Pages that use one of these files, by title; deleted ones left out. */
export function listUses(db: Db, hashes: readonly string[]): Promise<{ id: string; slug: string; title: string; hash: string }[]> {
  return db
    .selectFrom("media_uses")
    .innerJoin("pages", "pages.id", "media_uses.page_id")
    .select(["pages.id", "pages.slug", "pages.title", "media_uses.hash"])
    .where("media_uses.hash", "in", hashes)
    .where("pages.deleted_at", "is", null)
    .orderBy("pages.title_key")
    .execute()
}

export async function usedBy(db: Db, pageId: string): Promise<string[]> {
  const rows = await db.selectFrom("media_uses").select("hash").where("page_id", "=", pageId).execute()
  return rows.map(({ hash }) => hash)
}

async function insertVersion(tx: Transaction, version: Version): Promise<void> {
  await tx
    .insertInto("media_versions")
    .values({
      media_id: version.mediaId,
      number: version.number,
      hash: version.hash,
      name: version.name,
      alt: version.alt,
      caption: version.caption,
      licence: version.licence,
      source: version.source,
      author_id: version.authorId,
      created_at: version.createdAt,
      state: "new",
      purge_asked_by: null,
      purge_asked_at: null,
      purged_at: null,
    })
    .execute()
}

function purges(db: Db) {
  return db
    .selectFrom("media_versions")
    .innerJoin("users", "users.id", "media_versions.purge_asked_by")
    .select((eb) => [
      "media_versions.media_id as mediaId",
      eb.fn.max<number>("media_versions.number").as("number"),
      "users.id as askedBy",
      "users.name as asker",
      eb.ref("media_versions.purge_asked_at").$notNull().as("askedAt"),
      "media_versions.purged_at as purgedAt",
    ])
    .groupBy(["media_versions.media_id", "media_versions.hash", "users.id", "users.name", "media_versions.purge_asked_at", "media_versions.purged_at"])
}

function versions(db: Db) {
  return db
    .selectFrom("media_versions")
    .innerJoin("media_files", "media_files.hash", "media_versions.hash")
    .innerJoin("users", "users.id", "media_versions.author_id")
    .select(versionColumns)
}

function readRow<Row extends { sizes: string }>(row: Row) {
  return { ...row, sizes: JSON.parse(row.sizes) as Size[] }
}
