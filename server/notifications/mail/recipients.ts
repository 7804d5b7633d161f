import { findPersonById } from "../../accounts/actions.ts"
import { findWish } from "../../comments/replies/actions.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { findLivePage } from "../../pages/actions.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { frequencies, type Frequency, type Notice, targetOf } from "../model.ts"
import { findPublished, listUnmailed, listWatches, type ListedWatch } from "../store.ts"
import { doerOf } from "../told.ts"
import { MOST_READ, type MailKind, type Recipient, STALE } from "./model.ts"
import { isPaused } from "./store.ts"

type Db = Reader | Transaction

/** Where mail to a recipient goes: the address they confirmed, unless they stopped it. Null when there is no such address. */
export async function addressOf(db: Db, { recipient, isGuest }: Recipient): Promise<string | null> {
  if (isGuest) {
    const wish = await findWish(db, recipient)
    return wish?.confirmedAt ? wish.email : null
  }
  const account = await findPersonById(db, recipient)
  if (!account?.emailConfirmedAt || (await isPaused(db, recipient))) return null
  return account.email
}

/** Where a confirmation goes: the address that was given and is not confirmed yet. */
export async function unconfirmedOf(db: Db, { recipient, isGuest }: Recipient): Promise<string | null> {
  if (isGuest) {
    const wish = await findWish(db, recipient)
    return wish && wish.confirmedAt === null ? wish.email : null
  }
  const account = await findPersonById(db, recipient)
  return account && account.emailConfirmedAt === null ? account.email : null
}

/** What tells whether an address is still the one that a confirmation went to. */
export function addressKeyOf(ctx: Context, address: string): string {
  return ctx.keyed(`address\n${address.toLowerCase()}`)
}

const TAKES: Record<Exclude<MailKind, "confirmation">, Frequency[]> = {
  "at-once": ["at-once"],
  // What was too much for one day at once comes with the day's.
  daily: ["at-once", "daily"],
  weekly: ["weekly"],
}

/**
 * What a mail of this kind would tell the recipient now, oldest first: as they wish to be told by what they watch at this moment, and of
 * answers only when whoever gave them has confirmed an address as well.
 */
export async function owedTo(ctx: Context, { recipient, isGuest }: Recipient, kind: Exclude<MailKind, "confirmation">): Promise<Notice[]> {
  const since = new Date(ctx.clock().getTime() - STALE).toISOString()
  const unmailed = await listUnmailed(ctx.db.read, recipient, since, MOST_READ)
  const watches = isGuest || unmailed.length === 0 ? [] : await listWatches(ctx.db.read, recipient)
  const owed: Notice[] = []
  for (const notice of unmailed) {
    const frequency = notice.kind === "reply" ? await replyFrequency(ctx.db.read, notice) : watchedFrequency(watches, notice)
    if (frequency !== null && TAKES[kind].includes(frequency) && !(await isByBlocked(ctx, notice))) owed.push(notice)
  }
  return owed
}

/** How soon a person is told by what they watch: the soonest of all that it is owed to. Null when they watch none of it any more. */
function watchedFrequency(watches: readonly ListedWatch[], { kind, targets }: Pick<Notice, "kind" | "targets">): Frequency | null {
  const owing = watches.filter((watch) => targets.includes(targetOf(watch)) && (kind === "revision" || watch.comments))
  return frequencies.find((one) => owing.some(({ frequency }) => frequency === one)) ?? null
}

async function replyFrequency(db: Db, { comment, targets }: Notice): Promise<Frequency | null> {
  const wish = await findWish(db, targets[0]!)
  return wish && (await isAuthorConfirmed(db, comment!)) ? wish.frequency : null
}

// Whoever answers writes into somebody's letter box: they have shown an address of their own.
async function isAuthorConfirmed(db: Db, comment: string): Promise<boolean> {
  const found = await findPublished(db, comment)
  if (!found) return false
  if (found.authorId === null) return Boolean((await findWish(db, comment))?.confirmedAt)
  return Boolean((await findPersonById(db, found.authorId))?.emailConfirmedAt)
}

async function isByBlocked(ctx: Context, notice: Notice): Promise<boolean> {
  const page = notice.page === null ? undefined : await findLivePage(ctx.db.read, notice.page)
  const id = page && (await doerOf(ctx, notice, page))
  if (!page || !id) return false
  const act = notice.kind === "revision" ? "edit" : "comment"
  try {
    await ctx.admit(ctx, ctx.db.read, { id, name: "", role: "editor" }, act, page.id)
    return false
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return true
    throw error
  }
}
