import type { Context } from "../context.ts"
import { enqueue } from "./queue.ts"
import type { Kind } from "./runner.ts"

const DAY = 86_400_000
/** Of each kind one job waits, however many processes begin it. */
const KEY = "daily"

/** Work that is done once a day: each run leaves the next one in the queue. */
export function everyDay(kind: string, act: (ctx: Context) => Promise<void>): Kind {
  return {
    attempts: 5,
    atOnce: 1,
    run: async (ctx) => {
      // First, so that a day on which it cannot be done is not the last.
      await ctx.db.write((tx) => enqueue(ctx, tx, { kind, body: {}, key: KEY, at: new Date(ctx.clock().getTime() + DAY) }))
      await act(ctx)
    },
  }
}

/** Puts daily work into the queue, as a process does when it starts. */
export async function beginDaily(ctx: Context, kinds: readonly string[]): Promise<void> {
  await ctx.db.write(async (tx) => {
    for (const kind of kinds) await enqueue(ctx, tx, { kind, body: {}, key: KEY })
  })
}
