import { uploadHashes } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import type { Event } from "../events.ts"
import { findLivePage, leftAlone, readPages, readRevision } from "../pages/actions.ts"
import type { Transaction } from "../storage/database.ts"
import { isAtLeast, type User, type Viewer } from "../web/viewer.ts"
import { fingerprint, placeOf } from "./files.ts"
import { canUpload, cleanName, type Description, type Format, type Media, type PurgeOfFile, readDescription, type Version } from "./model.ts"
import { formatOf } from "./formats.ts"
import { type Prepared, prepare, settle } from "./prepare.ts"
import {
  advanceMedia,
  findByHash,
  findMedia,
  findVersion,
  insertMedia,
  isErased,
  isRefused,
  listPurges,
  listPurgesAsked,
  listUploads,
  listUses,
  listVersions,
  moveVersion,
  putFile,
  setUses,
  type UploadFilter,
  type UploadState,
  usedBy,
} from "./store.ts"

export { mediaFaults } from "./check.ts"
export { ERASE, eraseFile } from "./removal.ts"

/** Versions shown of one item. */
const SHOWN = 200

/** An upload that waits in a folder of its own, which the caller removes. */
export interface Upload {
  folder: string
  path: string
  /** As the browser gave it. */
  name: string
}

type Described = Partial<Record<keyof Description, string>>

/**
 * Takes a picture or file in. What is there already, to the byte, stays one item, with the description it has. Throws `unsupported`,
 * `invalid`, `too-large`, `unauthenticated`, `forbidden`.
 */
export async function addMedia(ctx: Context, viewer: Viewer, upload: Upload, described: Described): Promise<{ media: Media; isNew: boolean }> {
  const author = requireUploader(viewer)
  await ctx.admit(ctx, ctx.db.read, viewer, "upload", null)
  const description = readDescription(described)
  const { prepared, name } = await receiveFile(ctx, upload, description)
  const known = (await findByHash(ctx.db.read, [prepared.file.hash])).get(prepared.file.hash)
  await refuseTakenAway(ctx, prepared)
  await settle(ctx, prepared)
  if (known) return { media: (await findMedia(ctx.db.read, known.mediaId))!, isNew: false }
  const version = versionOf(ctx, author, { ...prepared.file, ...description, name, mediaId: ctx.ids(), number: 1 })
  await ctx.db.write(async (tx) => {
    await putFile(tx, prepared.file, version.createdAt)
    await insertMedia(tx, version)
    await ctx.publish(tx, { type: "media.uploaded", actor: author.id, subject: version.mediaId, detail: { version: 1 } })
  })
  return { media: { id: version.mediaId, current: version }, isNew: true }
}

/** Puts another file in the place of an item's current one; pages keep the one they show. Throws as `addMedia`, and `conflict`, `not-found`. */
export async function replaceMedia(ctx: Context, viewer: Viewer, target: { id: string; base: number }, upload: Upload): Promise<Media> {
  const author = requireUploader(viewer)
  await ctx.admit(ctx, ctx.db.read, viewer, "upload", null)
  const { current } = await requireCurrent(ctx, target)
  const { prepared, name } = await receiveFile(ctx, upload, current)
  if ((prepared.file.format === "pdf") !== (current.format === "pdf")) {
    throw invalid("file", "A picture is replaced by a picture and a PDF by a PDF. Upload this one as a new file.")
  }
  if (prepared.file.hash === current.hash) throw invalid("file", "This is the file that is here already.")
  await refuseTakenAway(ctx, prepared)
  await settle(ctx, prepared)
  const version = versionOf(ctx, author, { ...current, ...prepared.file, name, number: current.number + 1 })
  await ctx.db.write(async (tx) => {
    await putFile(tx, prepared.file, version.createdAt)
    await advanceMedia(tx, version)
    await tell(ctx, tx, "media.uploaded", version, [current.hash])
  })
  return { id: target.id, current: version }
}

/** Changes what is said of an item. Throws `invalid`, `conflict`, `not-found`, `unauthenticated`, `forbidden`. */
export async function describeMedia(ctx: Context, viewer: Viewer, target: { id: string; base: number }, described: Described): Promise<Media> {
  const author = requireUploader(viewer)
  await ctx.admit(ctx, ctx.db.read, viewer, "upload", null)
  const description = readDescription(described)
  const media = await requireCurrent(ctx, target)
  const { current } = media
  if (PARTS.every((part) => description[part] === current[part])) return media
  ctx.screen({ kind: "edit", fields: { ...description }, published: PARTS.map((part) => current[part]).join("\n"), atOnce: true })
  const version = versionOf(ctx, author, { ...current, ...description, number: current.number + 1 })
  await ctx.db.write(async (tx) => {
    await advanceMedia(tx, version)
    await tell(ctx, tx, "media.described", version, [current.hash])
  })
  return { id: target.id, current: version }
}

export interface MediaPage {
  media: Media
  /** Whether a moderator has taken its current file away. */
  isTaken: boolean
  /** What of it is to be removed for good, or was. */
  purges: PurgeOfFile[]
  versions: Version[]
  /** Pages that show or link to a file of this item, with the newest version they use. */
  uses: { slug: string; title: string; version: number }[]
}

/** Everything about an item. Throws `not-found`. */
export async function readMedia(ctx: Context, id: string): Promise<MediaPage> {
  const media = (await findMedia(ctx.db.read, id)) ?? missing()
  const versions = await listVersions(ctx.db.read, id, SHOWN)
  const newest = new Map(versions.toReversed().map(({ hash, number }) => [hash, number]))
  const uses = await listUses(ctx.db.read, [...newest.keys()])
  const isTaken = await isRefused(ctx.db.read, media.current.hash)
  const purges = await listPurges(ctx.db.read, id)
  return { media, isTaken, purges, versions, uses: uses.map(({ slug, title, hash }) => ({ slug, title, version: newest.get(hash)! })) }
}

/** The uploaded files that a page shows or links to. */
export async function readMediaOn(ctx: Context, pageId: string): Promise<Version[]> {
  return [...(await findByHash(ctx.db.read, await usedBy(ctx.db.read, pageId))).values()]
}

/** The same, and these items, with the SHA-256 of each as it is kept, in hexadecimal; those whose file is not there are left out. */
export async function readFingerprints(ctx: Context, pageId: string, items: readonly string[]): Promise<(Version & { sha256: string })[]> {
  const named = await Promise.all(items.map((id) => findMedia(ctx.db.read, id)))
  const versions = [...(await readMediaOn(ctx, pageId)), ...named.flatMap((media) => media?.current ?? [])]
  const known = await Promise.all(
    [...new Map(versions.map((version) => [version.hash, version])).values()].map(async (version) => {
      const place = placeOf(ctx.config.dataDir, `${version.hash}.${version.format}`)
      const found = await fingerprint(place).catch(() => null)
      return found ? [{ ...version, sha256: found.sha256 }] : []
    }),
  )
  return known.flat()
}

/** The versions of these items, by the item's id and the version's number with a blank between them. */
export async function readVersions(ctx: Context, ids: readonly string[]): Promise<Map<string, Version>> {
  const versions = await Promise.all([...new Set(ids)].map((id) => listVersions(ctx.db.read, id, SHOWN)))
  return new Map(versions.flat().map((version) => [`${version.mediaId} ${version.number}`, version]))
}

/** Uploads of the whole site that nobody has looked at, or that were looked at, newest first. */
export function readUploads(ctx: Context, filter: UploadFilter): Promise<Version[]> {
  return listUploads(ctx.db.read, filter)
}

/** The files that wait for a second moderator to remove them for good. */
export function readPurgesAsked(ctx: Context): Promise<PurgeOfFile[]> {
  return listPurgesAsked(ctx.db.read, SHOWN)
}

/** One version of an item, and whether a moderator has looked at it. */
export function readUpload(ctx: Context, mediaId: string, number: number): Promise<(Version & { state: UploadState }) | undefined> {
  return findVersion(ctx.db.read, mediaId, number)
}

/**
 * Notes what a moderator found: a refused file is served to nobody any more, unless another version that has it stands. Throws
 * `unauthenticated`, `forbidden`, `not-found`, and `conflict` when it is not in the state that the moderator saw.
 */
export async function reviewUpload(
  ctx: Context,
  viewer: Viewer,
  target: { mediaId: string; number: number },
  { from, to, reason = "", event }: { from: UploadState; to: UploadState; reason?: string; event: "media.reviewed" | "media.refused" | "decision.undone" },
): Promise<Version> {
  const moderator = requireUploader(viewer)
  if (!isAtLeast(viewer, "moderator")) throw new AppError("forbidden", "Only moderators may do this.")
  return ctx.db.write(async (tx) => {
    const version = (await findVersion(tx, target.mediaId, target.number)) ?? missing()
    if (await isErased(tx, version.hash)) throw new AppError("conflict", "This file was taken away for good. Nothing can be decided about it any more.")
    if (!(await moveVersion(tx, { ...target, from, to }))) {
      throw new AppError("conflict", "Somebody has decided about this upload already. Nothing was changed.")
    }
    const detail = { version: target.number, ...(event === "decision.undone" && { kind: "upload" }), ...(reason && { reason }) }
    const pages = await listUses(tx, [version.hash])
    for (const page of pages.length > 0 ? pages : [undefined]) {
      await ctx.publish(tx, { type: event, ...(page && { page: page.id }), actor: moderator.id, subject: target.mediaId, detail })
    }
    return version
  })
}

/** Lets an upload stand without a moderator's look. */
export async function letStand(tx: Transaction, mediaId: string, number: number): Promise<void> {
  await moveVersion(tx, { mediaId, number, from: "new", to: "reviewed" })
}

/** Whether a moderator has taken this file away. */
export function isTakenAway(ctx: Context, hash: string): Promise<boolean> {
  return isRefused(ctx.db.read, hash)
}

/** The name under which a file was last uploaded, for saving it. */
export async function nameOf(ctx: Context, hash: string): Promise<string | undefined> {
  return (await findByHash(ctx.db.read, [hash])).get(hash)?.name
}

/** What of a page can name a file. */
const HOLDERS = ["figure", "link", "fact", "citation"]

/** Reaction: which files the page uses now. Derived, so `rebuildUses` can make it anew. */
export async function recordUses(_ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page === undefined || (await leftAlone(tx, event, HOLDERS))) return
  const page = await findLivePage(tx, event.page)
  await setUses(tx, event.page, page ? uploadHashes((await readRevision(tx, page)).doc) : [])
}

/** Records the uses of every page anew, while the site goes on. */
export async function rebuildUses(ctx: Context): Promise<void> {
  for (let after: string | undefined = ""; after !== undefined; ) {
    const { pages, next }: { pages: { id: string }[]; next: string | null } = await readPages(ctx.db.read, { after, limit: 100 })
    for (const { id } of pages) {
      await ctx.db.write(async (tx) => {
        const page = await findLivePage(tx, id)
        if (page) await setUses(tx, id, uploadHashes((await readRevision(tx, page)).doc))
      })
    }
    after = next ?? undefined
  }
}

const PARTS = ["alt", "caption", "licence", "source"] as const

async function receiveFile(ctx: Context, upload: Upload, description: Description): Promise<{ prepared: Prepared; name: string }> {
  const format: Format = await formatOf(upload.path)
  const name = cleanName(upload.name, format)
  // Before the work of a minute, and before anything is kept.
  ctx.screen({ kind: "edit", fields: { file: name.slice(0, name.lastIndexOf(".")), ...pick(description) }, atOnce: true })
  return { prepared: await prepare(upload, format), name }
}

// What was taken away does not come back under another name.
async function refuseTakenAway(ctx: Context, { file }: Prepared): Promise<void> {
  if (await isRefused(ctx.db.read, file.hash)) throw invalid("file", "A moderator has taken this very file away. It cannot be uploaded again.")
}

function pick(description: Description): Record<string, string> {
  return Object.fromEntries(PARTS.map((part) => [part, description[part]]))
}

function versionOf(ctx: Context, author: User, parts: Omit<Version, "authorId" | "author" | "createdAt">): Version {
  return { ...parts, authorId: author.id, author: author.name, createdAt: ctx.clock().toISOString() }
}

/** One event for each page that shows the item, whose readers see what changed; one at least. */
async function tell(ctx: Context, tx: Transaction, type: "media.uploaded" | "media.described", version: Version, hashes: string[]): Promise<void> {
  const pages: (string | undefined)[] = (await listUses(tx, hashes)).map(({ id }) => id)
  for (const page of pages.length > 0 ? pages : [undefined]) {
    await ctx.publish(tx, { type, ...(page && { page }), actor: version.authorId, subject: version.mediaId, detail: { version: version.number } })
  }
}

async function requireCurrent(ctx: Context, { id, base }: { id: string; base: number }): Promise<Media> {
  const media = (await findMedia(ctx.db.read, id)) ?? missing()
  if (media.current.number === base) return media
  throw new AppError("conflict", "Somebody else changed this in the meantime. Look at what is there now, then try again.")
}

function requireUploader(viewer: Viewer): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in or register to upload.")
  if (!canUpload(viewer)) throw new AppError("forbidden", "You may not upload files.")
  return { ...viewer, id: viewer.id }
}

function missing(): never {
  throw notFound("picture or file")
}

