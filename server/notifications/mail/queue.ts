import type { Context } from "../../context.ts"
import { enqueue } from "../../jobs/queue.ts"
import type { Transaction } from "../../storage/database.ts"
import { MOST_A_DAY, type MailKind, type Recipient } from "./model.ts"
import { addressOf, unconfirmedOf } from "./recipients.ts"
import { countSent, findLast, insertMail, listStranded } from "./store.ts"

export const SEND = "mail.send"

const DAY = 86_400_000

/**
 * Puts a mail into the outbox, where it waits for the job that sends it: one of a kind at a time, and only to somebody it can reach.
 * What would be too much for one day waits for the daily one.
 */
export async function queueMail(ctx: Context, tx: Transaction, to: Recipient, kind: MailKind): Promise<void> {
  const address = kind === "confirmation" ? await unconfirmedOf(tx, to) : await addressOf(tx, to)
  if (address === null || (await findLast(tx, to.recipient, kind))?.state === "waiting") return
  if (kind === "at-once" && (await isEnough(ctx, tx, to))) return
  const now = ctx.clock().toISOString()
  const mail = { ...to, id: ctx.ids(), kind, state: "waiting", attempts: 0, error: "", createdAt: now, updatedAt: now } as const
  await insertMail(tx, mail)
  await enqueueSend(ctx, tx, mail.id)
}

/** Whether as many mails at once went to a recipient in a day as may. */
export async function isEnough(ctx: Context, db: Parameters<typeof countSent>[0], { recipient, isGuest }: Recipient): Promise<boolean> {
  const since = new Date(ctx.clock().getTime() - DAY).toISOString()
  return (await countSent(db, recipient, "at-once", since)) >= MOST_A_DAY[isGuest ? "guest" : "person"]
}

/** Has everything sent that waits in the outbox and that no job cares for, once there is somewhere to send it to. */
export async function releaseOutbox(ctx: Context, tx: Transaction): Promise<void> {
  if (ctx.config.smtp) for (const id of await listStranded(tx, SEND)) await enqueueSend(ctx, tx, id)
}

export function enqueueSend(ctx: Context, tx: Transaction, mail: string): Promise<void> {
  return enqueue(ctx, tx, { kind: SEND, body: { mail }, key: mail })
}
