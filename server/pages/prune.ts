import type { Context } from "../context.ts"
import { deleteDraftMarks } from "./drafts/store.ts"
import { ATTEMPT_LIFETIME } from "./model.ts"
import { deleteAttemptsBefore } from "./attempts/store.ts"

/** Where a draft was, its version is remembered for this long: an editor may be left open, and a device unused, for months. */
const MARK_LIFETIME = 180 * 86_400_000

/**
 * Takes away what nobody can come back to: refused texts after their time, and the marks of drafts that were saved or discarded long ago.
 * Drafts themselves stay until their authors save or discard them.
 */
export async function pruneTexts(ctx: Context): Promise<void> {
  const now = ctx.clock().getTime()
  const before = (lifetime: number) => new Date(now - lifetime).toISOString()
  await ctx.db.write(async (tx) => {
    await deleteAttemptsBefore(tx, before(ATTEMPT_LIFETIME))
    await deleteDraftMarks(tx, before(MARK_LIFETIME))
  })
}
