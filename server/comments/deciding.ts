import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import type { Viewer } from "../web/viewer.ts"
import { type Comment, isId, readReason, requireModerator, type State, stateAfter, type Verdict } from "./model.ts"
import { commentOf } from "./reading.ts"
import { findComment, findDecider, listByState, moveComment, type QueueFilter } from "./store.ts"

/** Comments that wait for a moderator, or were published, on the whole site, newest first. Throws as `requireModerator` does. */
export async function readCommentQueue(ctx: Context, viewer: Viewer, filter: QueueFilter): Promise<Comment[]> {
  requireModerator(viewer)
  return (await listByState(ctx.db.read, filter)).map(commentOf)
}

/** One comment of the queue. Undefined when it is not in this state. Throws as `requireModerator` does. */
export async function readQueuedComment(ctx: Context, viewer: Viewer, id: string, state: State): Promise<Comment | undefined> {
  requireModerator(viewer)
  const row = isId(id) ? await findComment(ctx.db.read, id) : undefined
  return row?.state === state ? commentOf(row) : undefined
}

/**
 * Publishes a comment that waits, or refuses it; or takes a published one away. Throws `unauthenticated`, `forbidden`, `invalid`,
 * `not-found`, and `conflict` when it is not in the state that the moderator saw.
 */
export async function decideComment(ctx: Context, viewer: Viewer, id: string, verdict: Verdict): Promise<Comment> {
  const moderator = requireModerator(viewer)
  const reason = screenedReason(ctx, verdict)
  const from = verdict.state ?? "held"
  const to = stateAfter(verdict)
  const row = await ctx.db.write(async (tx) => {
    const found = (await findComment(tx, id)) ?? missing()
    if (verdict.version !== undefined && verdict.version !== Number(found.corrections) + 1) throw corrected()
    const moved = from !== to && (await moveComment(tx, id, { from, to, by: moderator.id, now: ctx.clock().toISOString() }))
    if (!moved) throw decided(found.state, await findDecider(tx, id))
    const type = to === "published" ? "comment.published" : "comment.refused"
    const detail = { state: to, ...(from === "published" && { from }), ...(reason && { reason }) }
    await ctx.publish(tx, { type, page: found.page, actor: moderator.id, subject: id, detail })
    return { ...found, state: to }
  })
  return commentOf(row)
}

/** Takes a decision back: the comment is again as it was before. Throws `conflict` when somebody has decided anew since. */
export async function undecideComment(ctx: Context, viewer: Viewer, id: string, { from, to }: { from: State; to: State }): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    const found = (await findComment(tx, id)) ?? missing()
    const moved = await moveComment(tx, id, { from: to, to: from, by: moderator.id, now: ctx.clock().toISOString() })
    if (!moved) throw decided(found.state, await findDecider(tx, id))
    await ctx.publish(tx, { type: "decision.undone", page: found.page, actor: moderator.id, subject: id, detail: { kind: "comment" } })
  })
}

/** A moderator's reason, which the log shows: no personal data in it. Throws `invalid`. */
export function screenedReason(ctx: Context, { reason: raw = "" }: { reason?: string }): string {
  const reason = readReason(raw)
  const { reasons } = ctx.screen({ kind: "comment", fields: { reason } })
  if (reasons.length === 0) return reason
  throw invalid("reason", `The reason is public on the log, and this one ${reasons[0]}. Please leave it out.`)
}

/** What a second decision about the same thing is told. */
export function decided(state: string, by: string | undefined): AppError {
  const what = { published: "published", held: "still waiting", refused: "refused", spam: "marked as spam" }[state] ?? state
  return new AppError("conflict", `This is ${what} already${by ? `, by ${by}` : ""}. Nothing was changed.`)
}

function corrected(): AppError {
  return new AppError("conflict", "Its author has corrected this comment since you looked. Look at what it says now.")
}

function missing(): never {
  throw notFound("comment")
}
