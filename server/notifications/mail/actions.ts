import { changeEmail, confirmEmail, findPersonById } from "../../accounts/actions.ts"
import { confirmWish, endWish, findWish } from "../../comments/replies/actions.ts"
import type { Context, Reaction } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { isAtLeast, type User, type Viewer } from "../../web/viewer.ts"
import { deleteNoticesOf, listAwaiting } from "../store.ts"
import { type Letter, writeLetter } from "./letter.tsx"
import { CONFIRM_WITHIN, hashOf, type Mail, type Recipient } from "./model.ts"
import { enqueueSend, queueMail } from "./queue.ts"
import { addressKeyOf, unconfirmedOf } from "./recipients.ts"
import { dropWaiting, findByToken, findMail, isPaused, listOutbox, setPaused, setState, spendToken } from "./store.ts"

/** Mails of the outbox on one page. */
const SHOWN = 200
/** Stands in a mail that an administrator looks at, where the letter has a secret. */
const NO_TOKEN = "..."

/** Where a person's mail goes, and whether it does. */
export interface MailSettings {
  email: string | null
  isConfirmed: boolean
  isPaused: boolean
  /** Whether the site has a mail server at all. */
  isSending: boolean
}

export async function readMailSettings(ctx: Context, user: User): Promise<MailSettings> {
  const account = await findPersonById(ctx.db.read, user.id)
  const { email = null, emailConfirmedAt = null } = account ?? {}
  return { email, isConfirmed: emailConfirmedAt !== null, isPaused: await isPaused(ctx.db.read, user.id), isSending: ctx.config.smtp !== null }
}

/** Sets the address mail goes to, or none for "", and asks for its confirmation by mail. Throws `invalid`. */
export async function giveAddress(ctx: Context, user: User, raw: string): Promise<void> {
  await ctx.db.write(async (tx) => {
    await changeEmail(tx, user, raw)
    await dropWaiting(tx, { recipient: user.id }, ctx.clock().toISOString())
    await queueMail(ctx, tx, { recipient: user.id, isGuest: false }, "confirmation")
  })
}

/** Stops all mail to a person, or lets it go on. What they watch is told on the site either way. */
export async function pauseMail(ctx: Context, user: User, paused: boolean): Promise<void> {
  await ctx.db.write((tx) => stop(ctx, tx, { recipient: user.id, isGuest: false }, paused))
}

/** When somebody gives an address with a new account: they are asked to confirm it. */
export const askToConfirm: Reaction = async (ctx, tx, { subject }) => {
  if (subject !== undefined) await queueMail(ctx, tx, { recipient: subject, isGuest: false }, "confirmation")
}

/** When the comment of a guest who wants to be told of answers is published: they are asked to confirm their address. */
export const askGuestToConfirm: Reaction = async (ctx, tx, { subject }) => {
  if (subject !== undefined) await queueMail(ctx, tx, { recipient: subject, isGuest: true }, "confirmation")
}

/** When a comment is refused: nobody answers it, and the address of a guest who wrote it is forgotten. */
export const forgetWish: Reaction = async (ctx, tx, { subject }) => {
  if (subject !== undefined) await forgetGuest(ctx, tx, subject)
}

/** What a link in a mail leads to. Throws `not-found`, and `gone` when it was used or is too old. */
export async function readLink(ctx: Context, token: string, kind: "confirmation" | "unsubscribe"): Promise<Mail> {
  return findLink(ctx, ctx.db.read, token, kind)
}

/** Confirms the address that the mail with this secret went to. Throws as `readLink` does. */
export async function confirmAddress(ctx: Context, token: string, frequency: string): Promise<Mail> {
  return ctx.db.write(async (tx) => {
    const mail = await findLink(ctx, tx, token, "confirmation")
    await spendToken(tx, hashOf(token))
    const at = ctx.clock().toISOString()
    if (mail.isGuest) await confirmWish(tx, mail.recipient, { at, frequency: frequency === "daily" ? "daily" : "at-once" })
    else await confirmEmail(tx, mail.recipient, at)
    const waiting = await listAwaiting(tx, mail.isGuest ? { comment: mail.recipient } : { author: mail.recipient })
    for (const to of [mail, ...waiting]) await queueMail(ctx, tx, { recipient: to.recipient, isGuest: to.isGuest }, "at-once")
    return mail
  })
}

/** Stops the mail that the mail with this secret was part of; a guest's address is forgotten. May be asked again. Throws `not-found`. */
export async function unsubscribe(ctx: Context, token: string): Promise<Mail> {
  return ctx.db.write(async (tx) => {
    const mail = await findLink(ctx, tx, token, "unsubscribe")
    await stop(ctx, tx, mail, true)
    return mail
  })
}

async function stop(ctx: Context, tx: Transaction, { recipient, isGuest }: Recipient, stopped: boolean): Promise<void> {
  const now = ctx.clock().toISOString()
  if (isGuest) return forgetGuest(ctx, tx, recipient)
  await setPaused(tx, recipient, stopped ? now : null)
  if (stopped) await dropWaiting(tx, { recipient }, now)
}

async function forgetGuest(ctx: Context, tx: Transaction, comment: string): Promise<void> {
  const wish = await findWish(tx, comment)
  await endWish(tx, comment)
  if (!wish || wish.email === null) return
  await deleteNoticesOf(tx, comment)
  await dropWaiting(tx, { recipient: comment }, ctx.clock().toISOString())
}

async function findLink(ctx: Context, db: Reader | Transaction, token: string, kind: "confirmation" | "unsubscribe"): Promise<Mail> {
  const mail = await findByToken(db, hashOf(token))
  if (!mail || (mail.kind === "confirmation") !== (kind === "confirmation")) throw notFound("link; perhaps it was used already, or is not whole")
  if (kind === "unsubscribe") return mail
  const address = await unconfirmedOf(db, mail)
  const isOld = ctx.clock().getTime() - Date.parse(mail.updatedAt) > CONFIRM_WITHIN
  if (isOld || address === null || addressKeyOf(ctx, address) !== mail.addressKey) {
    const next = mail.isGuest ? "You can ask for answers with your next comment." : "You can ask for a new one at /watching."
    throw new AppError("gone", `This link is too old, or of another address. ${next}`)
  }
  return mail
}

/** What waits to be sent and what was given up, for administrators. Throws `unauthenticated`, `forbidden`. */
export async function readOutbox(ctx: Context, viewer: Viewer): Promise<{ mails: Awaited<ReturnType<typeof listOutbox>>; isSending: boolean }> {
  requireAdministrator(viewer)
  return { mails: await listOutbox(ctx.db.read, SHOWN), isSending: ctx.config.smtp !== null }
}

/** A mail of the outbox as it would be sent now, its secret left out; null when there is nothing to say in it. Throws `not-found` too. */
export async function readOutboxMail(ctx: Context, viewer: Viewer, id: string): Promise<{ mail: Mail; letter: Letter | null }> {
  requireAdministrator(viewer)
  const mail = (await findMail(ctx.db.read, id)) ?? missing()
  if (mail.state === "sent" || mail.state === "dropped") throw missing()
  return { mail, letter: await writeLetter(ctx, mail, NO_TOKEN) }
}

/** Tries a mail again that was given up. Throws as `readOutboxMail` does, and `conflict` for one that is tried by itself. */
export async function retryMail(ctx: Context, viewer: Viewer, id: string): Promise<void> {
  const { mail } = await readOutboxMail(ctx, viewer, id)
  if (mail.state !== "given-up") throw new AppError("conflict", "This mail was not given up. It is tried by itself.")
  await ctx.db.write(async (tx) => {
    await setState(tx, mail.id, "waiting", { error: mail.error, now: ctx.clock().toISOString() })
    await enqueueSend(ctx, tx, mail.id)
  })
}

function requireAdministrator(viewer: Viewer): void {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in as an administrator.")
  if (!isAtLeast(viewer, "administrator")) throw new AppError("forbidden", "Only administrators see the mail that waits.")
}

function missing(): never {
  throw notFound("mail")
}
