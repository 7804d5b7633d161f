import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import type { Transaction } from "../storage/database.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { NEWNESS } from "./draft.ts"
import { type Comment, isId, requireModerator } from "./model.ts"
import { commentOf } from "./reading.ts"
import { insertAuthor } from "./settings/store.ts"
import { type CommentRow, findComment, listHeldBy, moveComment } from "./store.ts"

/**
 * Publishes a comment that waits and approves of its author: from now on theirs wait only when something in them is doubtful, and those
 * that wait for nothing else are published as well. Throws `unauthenticated`, `forbidden`, `not-found`, `conflict`, and `invalid` for a
 * guest without a mail address, who cannot be known again. `approval` is its id, null where the author was approved before.
 */
export async function approveAuthor(ctx: Context, viewer: Viewer, id: string, version: number): Promise<{ comment: Comment; approval: string | null }> {
  const moderator = requireModerator(viewer)
  return ctx.db.write(async (tx) => {
    const found = (isId(id) ? await findComment(tx, id) : undefined) ?? missing()
    const by = authorOf(found)
    if (!by) throw new AppError("invalid", "This guest gave no mail address, and cannot be known again. Publish the comment alone.")
    if (Number(found.corrections) + 1 !== version) throw new AppError("conflict", "Its author has corrected this comment since you looked. Look again.")
    const approval = { id: ctx.ids(), name: found.name, now: ctx.clock().toISOString(), by: moderator.id }
    const isNew = await insertAuthor(tx, found, approval)
    if (isNew) {
      await ctx.publish(tx, { type: "comment.author-approved", page: found.page, actor: moderator.id, subject: approval.id, detail: { approved: 1 } })
    }
    if (!(await publish(ctx, tx, moderator, found))) throw new AppError("conflict", "This does not wait any more. Nothing was changed.")
    for (const other of await listHeldBy(tx, by)) if (waitsForNewness(other)) await publish(ctx, tx, moderator, other)
    return { comment: commentOf((await findComment(tx, id))!), approval: isNew ? approval.id : null }
  })
}

async function publish(ctx: Context, tx: Transaction, moderator: User, { id, page }: CommentRow): Promise<boolean> {
  const moved = await moveComment(tx, id, { from: "held", to: "published", by: moderator.id, now: ctx.clock().toISOString() })
  if (moved) await ctx.publish(tx, { type: "comment.published", page, actor: moderator.id, subject: id, detail: { state: "published" } })
  return moved
}

function waitsForNewness({ reasons }: CommentRow): boolean {
  return (JSON.parse(reasons) as string[]).every((reason) => NEWNESS.has(reason))
}

/** How the author is known; null for a guest who is not. */
export function authorOf({ authorId, authorKey }: CommentRow): { authorId: string } | { authorKey: string } | null {
  if (authorId !== null) return { authorId }
  return authorKey === null ? null : { authorKey }
}

function missing(): never {
  throw notFound("comment")
}
