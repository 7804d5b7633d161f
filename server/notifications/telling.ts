import { findWish } from "../comments/replies/actions.ts"
import type { Context, Reaction } from "../context.ts"
import { enqueue } from "../jobs/queue.ts"
import type { EventType } from "../events.ts"
import type { Kind } from "../jobs/runner.ts"
import { readOutcome } from "../moderation/proposals/actions.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import { changedTargets } from "./changed.ts"
import type { Recipient } from "./mail/model.ts"
import { queueMail } from "./mail/queue.ts"
import { type BlockNews, targetOf } from "./model.ts"
import { deleteNoticesAbout, doersOf, findPublished, hasWatches, insertNotice, listEarlier, type NewNotice, type ToldComment, watchesOf } from "./store.ts"

export const TELL = "notices.tell"

/** When a revision is published: whoever watches what it changed is told soon. */
export const tellOfRevision: Reaction = async (ctx, tx, { page, subject }) => {
  if (page === undefined || subject === undefined || !(await hasWatches(tx))) return
  await enqueue(ctx, tx, { kind: TELL, body: { page, number: Number(subject) } })
}

/** When a comment is published: whoever it answers is told soon, and whoever watches the page and wants to know of comments. */
export const tellOfComment: Reaction = async (ctx, tx, { subject }) => {
  if (subject === undefined) return
  const isNews = (await hasWatches(tx)) || ((await findPublished(tx, subject))?.parent ?? null) !== null
  if (isNews) await enqueue(ctx, tx, { kind: TELL, body: { comment: subject } })
}

/** When a proposal was decided about: its author is told, on the site alone. One that waits again was not decided. */
export const tellAuthor: Reaction = async (ctx, tx, { type, page, subject, actor, detail }) => {
  if (page === undefined || subject === undefined || (type === "decision.undone" && detail?.kind !== "proposal")) return
  const about = `proposal:${subject}`
  if (type === "decision.undone") return deleteNoticesAbout(tx, about)
  const recipient = (await readOutcome(tx, subject))?.authorId ?? null
  if (recipient === null || recipient === actor) return
  const notice = { kind: "proposal", page, number: null, comment: null, subject: about } as const
  await insertNotice(tx, { ...fresh(ctx, notice), recipient, isGuest: false, targets: [subject] })
}

const BLOCK_NEWS: Partial<Record<EventType, BlockNews>> = { "user.blocked": "made", "block.answered": "answered", "user.unblocked": "lifted" }

/** When somebody is blocked, or something comes of that: they are told, on the site alone. */
export const tellBlocked: Reaction = async (ctx, tx, { type, subject, detail }) => {
  const what = BLOCK_NEWS[type]
  if (subject === undefined || what === undefined || typeof detail?.block !== "string") return
  const targets = [detail.block, what]
  const notice = { kind: "block", page: null, number: null, comment: null, subject: `block:${targets.join(":")}` } as const
  await insertNotice(tx, { ...fresh(ctx, notice), recipient: subject, isGuest: false, targets })
}

/** Writes a notice for everybody who is to be told, and mail for those who are told at once. */
export const tellJob: Kind = {
  attempts: 5,
  atOnce: 1,
  run: async (ctx, { body }) => {
    const owed = "comment" in body ? await owedByComment(ctx, String(body.comment)) : await owedByRevision(ctx, String(body.page), Number(body.number))
    if (owed.length === 0) return
    await ctx.db.write(async (tx) => {
      for (const { isAtOnce: _isAtOnce, ...notice } of owed) await insertNotice(tx, notice)
      for (const notice of owed) if (notice.isAtOnce) await queueMail(ctx, tx, recipientOf(notice), "at-once")
    })
  },
}

type Owed = NewNotice & { isAtOnce: boolean }

async function owedByRevision(ctx: Context, pageId: string, number: number): Promise<Owed[]> {
  const page = await findLivePage(ctx.db.read, pageId)
  if (!page) return []
  const after = await readRevision(ctx.db.read, page, number)
  if (after.isTextHidden) return []
  const before = number > 1 ? (await readRevision(ctx.db.read, page, number - 1)).doc : null
  const targets = changedTargets(page.id, before, after.doc)
  const doers = await doersOf(ctx.db.read, page.id, number)
  const notice = { kind: "revision", page: page.id, number, comment: null, subject: `revision:${page.id}:${number}` } as const
  return owedToWatchers(ctx, targets, doers, notice)
}

async function owedByComment(ctx: Context, id: string): Promise<Owed[]> {
  const comment = await findPublished(ctx.db.read, id)
  const page = comment && (await findLivePage(ctx.db.read, comment.page))
  if (!comment || !page) return []
  const answered = await owedToAnswered(ctx, comment)
  const states = page.region === null ? [] : [targetOf({ kind: "state", page: null, subject: page.region })]
  const targets = [targetOf({ kind: "page", page: page.id, subject: "" }), ...states]
  const notice = { kind: "comment", page: page.id, number: null, comment: id, subject: `comment:${id}` } as const
  const known = [comment.authorId, ...answered.map(({ recipient }) => recipient)].filter((one) => one !== null)
  return [...answered, ...(await owedToWatchers(ctx, targets, known, notice))]
}

type About = Pick<NewNotice, "kind" | "page" | "number" | "comment" | "subject">

async function owedToWatchers(ctx: Context, targets: readonly string[], except: readonly string[], about: About): Promise<Owed[]> {
  const watches = (await watchesOf(ctx.db.read, targets)).filter(({ userId, comments }) => !except.includes(userId) && (about.kind === "revision" || comments))
  return [...new Set(watches.map(({ userId }) => userId))].map((recipient) => {
    const owing = watches.filter(({ userId }) => userId === recipient)
    const isAtOnce = owing.some(({ frequency }) => frequency === "at-once")
    return { ...fresh(ctx, about), recipient, isGuest: false, targets: owing.map(({ target }) => target), isAtOnce }
  })
}

// Answers to answers join the same thread, so whoever wrote in it before is answered.
async function owedToAnswered(ctx: Context, comment: ToldComment): Promise<Owed[]> {
  if (comment.parent === null) return []
  const owed = new Map<string, Owed>()
  for (const one of await listEarlier(ctx.db.read, comment)) {
    if (isSamePerson(one, comment)) continue
    const wish = await findWish(ctx.db.read, one.id)
    if (one.authorId === null && !wish) continue
    const recipient = one.authorId ?? one.id
    if (owed.has(recipient) && !wish) continue
    const about = { kind: "reply", page: comment.page, number: null, comment: comment.id, subject: `comment:${comment.id}` } as const
    owed.set(recipient, { ...fresh(ctx, about), recipient, isGuest: one.authorId === null, targets: [one.id], isAtOnce: wish?.frequency === "at-once" })
  }
  return [...owed.values()]
}

function isSamePerson(one: ToldComment, other: ToldComment): boolean {
  if (one.authorId !== null || other.authorId !== null) return one.authorId === other.authorId
  return one.authorKey !== null && one.authorKey === other.authorKey
}

function fresh(ctx: Context, about: About) {
  return { ...about, id: ctx.ids(), createdAt: ctx.clock().toISOString() }
}

function recipientOf({ recipient, isGuest }: Owed): Recipient {
  return { recipient, isGuest }
}
