import type { SentMessageInfo, Transporter } from "nodemailer"
import type { Smtp } from "../../config.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Job, Kind } from "../../jobs/runner.ts"
import { markMailed } from "../store.ts"
import { type Letter, line, writeLetter } from "./letter.tsx"
import { type Mail, MOST_CONFIRMATIONS, newToken } from "./model.ts"
import { isEnough } from "./queue.ts"
import { addressKeyOf, addressOf, unconfirmedOf } from "./recipients.ts"
import { countConfirmations, findMail, keepToken, setState } from "./store.ts"

const DAY = 86_400_000
/** Milliseconds; together shorter than a job may take before it counts as lost. */
const PATIENCE = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000, dnsTimeout: 10_000 }

/**
 * Sends one mail of the outbox, its words read at this moment. Nothing is sent that was hidden or stopped since; without a mail server
 * it waits on. Tried for most of a day; a mail server that says it will never take it is believed.
 */
export const sendMailJob: Kind = { run: send, attempts: 12, atOnce: 2 }

async function send(ctx: Context, job: Job): Promise<void> {
  const mail = await findMail(ctx.db.read, String(job.body.mail))
  const { smtp } = ctx.config
  if (mail?.state !== "waiting" || !smtp) return
  const { token, hash } = newToken()
  const to = mail.kind === "confirmation" ? await unconfirmedOf(ctx.db.read, mail) : await addressOf(ctx.db.read, mail)
  const addressKey = mail.kind === "confirmation" && to !== null ? addressKeyOf(ctx, to) : null
  const letter = to === null || (await isTooMuch(ctx, mail, addressKey)) ? null : await writeLetter(ctx, mail, token)
  if (to === null || letter === null) return settle(ctx, mail, "dropped", "")
  await ctx.db.write((tx) => keepToken(tx, mail.id, { hash, addressKey, attempts: job.attempt }))
  try {
    await handOver(ctx, smtp, { mail, to, letter }, job.signal)
  } catch (error) {
    if (job.signal.aborted) throw error
    const { code, isFinal } = readRefusal(error)
    await settle(ctx, mail, isFinal || job.isLast ? "given-up" : "waiting", code)
    if (!isFinal) throw new AppError("unavailable", "The mail server did not take the mail.")
    return
  }
  await settle(ctx, mail, "sent", "", letter.notices)
}

async function isTooMuch(ctx: Context, mail: Mail, addressKey: string | null): Promise<boolean> {
  if (mail.kind === "at-once") return isEnough(ctx, ctx.db.read, mail)
  if (addressKey === null) return false
  const since = new Date(ctx.clock().getTime() - DAY).toISOString()
  return (await countConfirmations(ctx.db.read, addressKey, since)) >= MOST_CONFIRMATIONS
}

function settle(ctx: Context, mail: Mail, state: Mail["state"], error: string, told: string[] = []): Promise<void> {
  const now = ctx.clock().toISOString()
  return ctx.db.write(async (tx) => {
    await setState(tx, mail.id, state, { error, now })
    await markMailed(tx, told, now)
  })
}

async function handOver(ctx: Context, smtp: Smtp, { mail, to, letter }: { mail: Mail; to: string; letter: Letter }, signal: AbortSignal): Promise<void> {
  // Loaded when there is something to send: a site without a mail server keeps its memory.
  const { createTransport } = await import("nodemailer")
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: smtp.requireTls,
    ...(smtp.login && { auth: smtp.login }),
    ...PATIENCE,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const { hostname } = new URL(ctx.config.baseUrl)
  const stop = letter.unsubscribe && { "List-Unsubscribe": `<${letter.unsubscribe}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
  const message = {
    from: { name: "Habeas", address: smtp.from },
    to: { name: "", address: to },
    subject: line(letter.subject),
    text: letter.text,
    html: letter.html,
    date: ctx.clock(),
    // The same for every try, so that a letter box that got it twice can tell.
    messageId: `<${mail.id}@${hostname}>`,
    headers: { "Auto-Submitted": "auto-generated", ...stop },
  }
  await unlessStopped(transport, transport.sendMail(message), signal)
}

// The site waits for no mail server when it stops.
function unlessStopped(transport: Transporter, sending: Promise<SentMessageInfo>, signal: AbortSignal): Promise<SentMessageInfo> {
  return new Promise((done, fail) => {
    const stop = () => {
      transport.close()
      fail(new AppError("unavailable", "The site stops."))
    }
    signal.addEventListener("abort", stop, { once: true })
    sending.then(done, fail).finally(() => {
      signal.removeEventListener("abort", stop)
      transport.close()
    })
  })
}

// The words of a mail server may hold the address; its code does not.
function readRefusal(error: unknown): { code: string; isFinal: boolean } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  const isAboutAddress = code === "EENVELOPE" || code === "EMESSAGE"
  const isFinal = isAboutAddress && typeof responseCode === "number" && responseCode >= 500
  return { code: [code, responseCode].filter((part) => typeof part === "string" || typeof part === "number").join(" ") || "no answer", isFinal }
}
