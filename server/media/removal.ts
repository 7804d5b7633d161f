import { rm } from "node:fs/promises"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import { enqueue } from "../jobs/queue.ts"
import type { Kind } from "../jobs/runner.ts"
import type { Viewer } from "../web/viewer.ts"
import { placesOf } from "./files.ts"
import { canRemove, readReason } from "./model.ts"
import { findFile, findVersion, isErased, isRefused, listUses, markErased, refuseFile } from "./store.ts"

export const ERASE = "media.erase"

/**
 * Takes the file of one version away for good: nobody is served it any more (410), it cannot be uploaded again, and its bytes go, unless
 * another item has the same file. The reason stands on the public log. Throws `unauthenticated`, `forbidden`, `invalid`, `not-found`.
 */
export async function removeFile(ctx: Context, viewer: Viewer, target: { id: string; number: number }, rawReason: string): Promise<void> {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in as a moderator.")
  if (!canRemove(viewer)) throw new AppError("forbidden", "Only moderators take files away.")
  const { id: actor } = viewer
  const reason = readReason(rawReason)
  if (ctx.screen({ kind: "comment", fields: { reason } }).reasons.length > 0) {
    throw invalid("reason", "The reason is public on the log. Please leave numbers and addresses of people out.")
  }
  await ctx.db.write(async (tx) => {
    const version = await findVersion(tx, target.id, target.number)
    if (!version) throw notFound("version of this picture or file")
    await refuseFile(tx, target.id, version.hash)
    if ((await isRefused(tx, version.hash)) && !(await isErased(tx, version.hash))) {
      await markErased(tx, version.hash, ctx.clock().toISOString())
      await enqueue(ctx, tx, { kind: ERASE, body: { hash: version.hash }, key: version.hash })
    }
    const pages: ({ id: string } | undefined)[] = await listUses(tx, [version.hash])
    for (const page of pages.length > 0 ? pages : [undefined]) {
      const detail = { version: target.number, reason }
      await ctx.publish(tx, { type: "media.removed", ...(page && { page: page.id }), actor, subject: target.id, detail })
    }
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
