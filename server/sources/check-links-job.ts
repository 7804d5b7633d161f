import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { enqueue } from "../jobs/queue.ts"
import type { Job, Kind } from "../jobs/runner.ts"
import { safeFetch } from "../outbound/safe-fetch.ts"
import { CHECK_LINK, weekBefore } from "./actions.ts"
import { type LinkStatus, nextCheck, statusOf } from "./model.ts"
import type { Reader } from "../storage/database.ts"
import { findChecks, keepCheck, listOwnAddresses, listUnchecked } from "./store.ts"

/** Addresses asked in one day, so that a large site asks others a few each minute at most. */
const IN_A_DAY = 1_000
const DAY = 86_400_000

/** Every day: has each address asked that pages cite, or sources have, and that was last asked a week ago. They are spread over the day. */
export async function checkLinks(ctx: Context): Promise<void> {
  const now = ctx.clock()
  const addresses = await dueAddresses(ctx.db.read, weekBefore(now))
  const apart = Math.floor(DAY / Math.max(addresses.length, 24 * 6))
  await ctx.db.write(async (tx) => {
    for (const [index, address] of addresses.entries()) {
      await enqueue(ctx, tx, { kind: CHECK_LINK, body: { address }, key: ctx.keyed(address), at: new Date(now.getTime() + index * apart) })
    }
  })
}

async function dueAddresses(db: Reader, before: string): Promise<string[]> {
  const own = (await listOwnAddresses(db)).map(({ address }) => address)
  const known = new Set((await findChecks(db, own)).filter(({ checkedAt }) => checkedAt >= before).map(({ address }) => address))
  const cited = await listUnchecked(db, before, IN_A_DAY)
  return [...new Set([...cited, ...own.filter((address) => !known.has(address))])].slice(0, IN_A_DAY)
}

/** Asks one address whether it still answers. */
export const checkLinkJob: Kind = { run: checkLink, attempts: 1, atOnce: 1 }

async function checkLink(ctx: Context, { body, signal }: Job): Promise<void> {
  const address = String(body.address)
  const status = await ask(ctx, address, signal)
  const [before] = await findChecks(ctx.db.read, [address])
  await ctx.db.write((tx) => keepCheck(tx, nextCheck(address, status, before, ctx.clock().toISOString())))
}

async function ask(ctx: Context, address: string, signal: AbortSignal): Promise<LinkStatus> {
  try {
    return statusOf(await safeFetch(ctx.config, address, { signal }))
  } catch (error) {
    if (error instanceof AppError && !signal.aborted) return statusOf({ code: error.code })
    throw error
  }
}
