import type { Context, Reaction } from "../../context.ts"
import { enqueue } from "../../jobs/queue.ts"
import type { Kind } from "../../jobs/runner.ts"
import { markSwept } from "../../pages/redactions/actions.ts"
import type { Transaction } from "../../storage/database.ts"
import { settleSearch } from "../../search/actions.ts"

/** The job after a purge: the search index and the database's files forget as well. Safe to run again. */
export const cleanFiles: Kind = {
  run: (ctx) => cleanOut(ctx),
  attempts: 20,
  atOnce: 1,
}

/** Asks for that job. */
export async function cleanLater(ctx: Context, tx: Transaction): Promise<void> {
  await enqueue(ctx, tx, { kind: "clean-files", body: {}, key: "all" })
}

/** Reaction: what was taken out of the tables is to go from the files as well. */
export const cleanFilesLater: Reaction = (ctx, tx) => cleanLater(ctx, tx)

/** Leaves nothing of what was purged in the search index and in the files of the database. Throws `unavailable` when it has to be tried again. */
export async function cleanOut(ctx: Context): Promise<void> {
  await settleSearch(ctx)
  await ctx.db.scour()
  await ctx.db.write((tx) => markSwept(tx, ctx.clock().toISOString()))
}
