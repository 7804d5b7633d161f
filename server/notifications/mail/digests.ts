import { endStaleWishes } from "../../comments/replies/actions.ts"
import type { Context } from "../../context.ts"
import { deleteNoticesBefore, listUntold } from "../store.ts"
import { PERIOD, type Recipient, STALE } from "./model.ts"
import { queueMail, releaseOutbox } from "./queue.ts"
import { owedTo } from "./recipients.ts"
import { deleteMailsBefore, findLast } from "./store.ts"

export const DIGESTS = "mail.digests"

const DAY = 86_400_000
/** A guest's address that nobody confirmed is forgotten; until then a moderator may publish their comment. */
const UNCONFIRMED = 30 * DAY
/** Notices are news; what happened stands in the history. */
const NOTICES_KEPT = 180 * DAY
/** As long as the links in a mail that went work. */
const MAILS_KEPT = 400 * DAY

/** Once a day: the day's and the week's mail for those it is due to, everything sent that waits, and what is of no use any more forgotten. */
export async function sendDigests(ctx: Context): Promise<void> {
  const ago = (milliseconds: number) => new Date(ctx.clock().getTime() - milliseconds).toISOString()
  await ctx.db.write(async (tx) => {
    await endStaleWishes(tx, ago(UNCONFIRMED))
    await deleteNoticesBefore(tx, ago(NOTICES_KEPT))
    await deleteMailsBefore(tx, ago(MAILS_KEPT))
  })
  for (const to of await listUntold(ctx.db.read, ago(STALE))) {
    for (const kind of ["daily", "weekly"] as const) if (await isDue(ctx, to, kind)) await ctx.db.write((tx) => queueMail(ctx, tx, to, kind))
  }
  await ctx.db.write((tx) => releaseOutbox(ctx, tx))
}

async function isDue(ctx: Context, to: Recipient, kind: keyof typeof PERIOD): Promise<boolean> {
  // What waits to be told at once would be told twice.
  if (kind === "daily" && (await findLast(ctx.db.read, to.recipient, "at-once"))?.state === "waiting") return false
  const last = await findLast(ctx.db.read, to.recipient, kind)
  const isRecent = last !== undefined && ctx.clock().getTime() - Date.parse(last.createdAt) < PERIOD[kind]
  return !isRecent && (await owedTo(ctx, to, kind)).length > 0
}
