import type { Context } from "../../context.ts"
import type { Kind } from "../../jobs/runner.ts"
import { markSwept } from "../../pages/redactions/actions.ts"
import { settleSearch } from "../../search/actions.ts"

/** The job after a purge: the search index and the database's files forget as well. Safe to run again. */
export const cleanFiles: Kind = {
  run: (ctx) => cleanOut(ctx),
  attempts: 20,
  atOnce: 1,
}

/** Leaves nothing of what was purged in the search index and in the files of the database. Throws `unavailable` when it has to be tried again. */
export async function cleanOut(ctx: Context): Promise<void> {
  await settleSearch(ctx)
  await ctx.db.scour()
  await ctx.db.write((tx) => markSwept(tx, ctx.clock().toISOString()))
}
