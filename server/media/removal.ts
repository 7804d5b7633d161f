import { rm } from "node:fs/promises"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import type { NewEvent } from "../events.ts"
import { enqueue } from "../jobs/queue.ts"
import type { Kind } from "../jobs/runner.ts"
import type { Transaction } from "../storage/database.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { placesOf } from "./files.ts"
import { canRemove, type PurgeOfFile, readReason, type Version } from "./model.ts"
import { askForPurge, findFile, findVersion, isErased, isRefused, listUses, markErased, markPurged, readPurge, refuseFile, showFile } from "./store.ts"

export const ERASE = "media.erase"

/** One version of an item, and with it all others of the item that have the same file. */
interface Target {
  id: string
  number: number
}

/**
 * Takes the file of one version away: nobody is served it any more (410) and it cannot be uploaded again. A second moderator is asked to
 * remove it for good. The reason stands on the public log. Throws `unauthenticated`, `forbidden`, `invalid`, `not-found`, `conflict`.
 */
export async function removeFile(ctx: Context, viewer: Viewer, target: Target, rawReason: string): Promise<void> {
  const moderator = requireModerator(viewer)
  const reason = readReason(rawReason)
  if (ctx.screen({ kind: "comment", fields: { reason } }).reasons.length > 0) {
    throw invalid("reason", "The reason is public on the log. Please leave numbers and addresses of people out.")
  }
  await ctx.db.write(async (tx) => {
    const version = await requireVersion(tx, target)
    const known = await readPurge(tx, target.id, version.hash)
    if (known) throw new AppError("conflict", "This was taken away already. Look at what is asked for now.")
    await refuseFile(tx, target.id, version.hash)
    await askForPurge(tx, { id: target.id, hash: version.hash, by: moderator.id, now: ctx.clock().toISOString() })
    await tell(ctx, tx, version, { type: "media.removed", actor: moderator.id, subject: target.id, detail: { version: target.number, reason } })
  })
}

/** Shows again what was taken away and is not gone yet. Throws `unauthenticated`, `forbidden`, `not-found`, `conflict`. */
export async function showAgain(ctx: Context, viewer: Viewer, target: Target): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    const { version } = await requireAsked(tx, target)
    await showFile(tx, target.id, version.hash)
    await tell(ctx, tx, version, { type: "decision.undone", actor: moderator.id, subject: target.id, detail: { version: target.number, kind: "upload" } })
  })
}

/**
 * Removes for good what another moderator took away: its name and what was said of it at once, and its bytes, unless another item has the
 * same file, as soon as the jobs have run that clean the files. Throws `forbidden` for who took it away, else as `showAgain`.
 */
export async function purgeFile(ctx: Context, viewer: Viewer, target: Target): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    const { version, purge } = await requireAsked(tx, target)
    if (purge.askedBy === moderator.id) throw new AppError("forbidden", "Another moderator has to confirm what you asked for.")
    const now = ctx.clock().toISOString()
    await markPurged(tx, target.id, version.hash, now)
    if ((await isRefused(tx, version.hash)) && !(await isErased(tx, version.hash))) {
      await markErased(tx, version.hash, now)
      await enqueue(ctx, tx, { kind: ERASE, body: { hash: version.hash }, key: version.hash })
    }
    await tell(ctx, tx, version, { type: "media.purged", actor: moderator.id, subject: target.id, detail: { version: target.number } })
  })
}

/** The job after that: the bytes and every narrower copy go from the disk. Safe to run again. */
export const eraseFile: Kind = {
  attempts: 20,
  atOnce: 1,
  run: async (ctx, { body }) => {
    const file = await findFile(ctx.db.read, String(body.hash))
    if (!file || !(await isErased(ctx.db.read, file.hash))) return
    for (const place of placesOf(ctx.config.dataDir, file)) await rm(place, { force: true })
  },
}

function requireModerator(viewer: Viewer): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in as a moderator.")
  if (!canRemove(viewer)) throw new AppError("forbidden", "Only moderators take files away.")
  return { ...viewer, id: viewer.id }
}

async function requireVersion(tx: Transaction, { id, number }: Target): Promise<Version> {
  const version = await findVersion(tx, id, number)
  if (!version) throw notFound("version of this picture or file")
  return version
}

async function requireAsked(tx: Transaction, target: Target): Promise<{ version: Version; purge: PurgeOfFile }> {
  const version = await requireVersion(tx, target)
  const purge = await readPurge(tx, target.id, version.hash)
  if (!purge || purge.purgedAt !== null) throw new AppError("conflict", "Nobody asks for this to be removed for good.")
  return { version, purge }
}

/** One event for each page that shows the file; one at least. */
async function tell(ctx: Context, tx: Transaction, { hash }: Version, event: NewEvent): Promise<void> {
  const pages: ({ id: string } | undefined)[] = await listUses(tx, [hash])
  for (const page of pages.length > 0 ? pages : [undefined]) await ctx.publish(tx, { ...event, ...(page && { page: page.id }) })
}
