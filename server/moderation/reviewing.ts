import { decided } from "../comments/actions.ts"
import type { Context, Reaction } from "../context.ts"
import { letStand } from "../media/actions.ts"
import type { Transaction } from "../storage/database.ts"
import type { User } from "../web/viewer.ts"
import { deleteReview, findRestoration, insertReviews, insertUnreviewed, listReviews } from "./store.ts"
import { mayStand, recount } from "./trust/actions.ts"
import { authorsOf, roleOf } from "./trust/store.ts"

/** What is published by people who are not trusted yet is to be looked at. */
export const awaitReview: Reaction = async (ctx, tx, event) => {
  const number = Number(event.subject)
  const [author] = await authorsOf(tx, event.page!, [number])
  if (!author || (await mayStand(tx, author))) return
  await insertUnreviewed(tx, event.page!, number, ctx.clock().toISOString())
}

/** Uploads by people who are trusted wait for nobody's look. */
export const passUpload: Reaction = async (_ctx, tx, event) => {
  const { actor, subject, detail } = event
  const role = actor && (await roleOf(tx, actor))
  if (role && subject && (await mayStand(tx, { id: actor, role }))) await letStand(tx, subject, Number(detail?.version))
}

/** When a moderator goes back to an earlier text, nothing of what came after it is left to review. */
export const reviewRestored: Reaction = async (ctx, tx, event) => {
  const number = Number(event.subject)
  const found = event.page === undefined ? undefined : await findRestoration(tx, event.page, number)
  if (!found || found.restores === null || found.role === "editor") return
  const numbers = Array.from({ length: number - found.restores }, (_, at) => number - at)
  await insertReviews(tx, { page: event.page!, numbers, by: event.actor!, now: ctx.clock().toISOString(), accepted: false })
  await recount(tx, event.page!, numbers)
}

/** Notes that a moderator found a revision good. Throws `conflict` when somebody looked at it before. */
export async function acceptRevision(ctx: Context, tx: Transaction, moderator: User, page: string, number: number): Promise<void> {
  const now = ctx.clock().toISOString()
  const fresh = await insertReviews(tx, { page, numbers: [number], by: moderator.id, now, accepted: true })
  if (fresh.length === 0) throw decided("reviewed", (await listReviews(tx, page, [number])).get(number)?.by)
  await recount(tx, page, [number])
}

/** What a moderator accepted and then took from the page again was not accepted. */
export async function takeBackReview(tx: Transaction, moderator: User, page: string, number: number, now: string): Promise<void> {
  await deleteReview(tx, page, number, moderator.id)
  await insertReviews(tx, { page, numbers: [number], by: moderator.id, now, accepted: false })
  await recount(tx, page, [number])
}

/** Takes a moderator's own review back: the revision is to be looked at again. False when it is not theirs. */
export async function unreview(tx: Transaction, moderator: User, page: string, number: number, createdAt: string): Promise<boolean> {
  if (!(await deleteReview(tx, page, number, moderator.id))) return false
  await insertUnreviewed(tx, page, number, createdAt)
  await recount(tx, page, [number])
  return true
}
