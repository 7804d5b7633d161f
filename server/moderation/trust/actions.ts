import { screenedReason } from "../../comments/actions.ts"
import { requireModerator } from "../../comments/model.ts"
import { findAccount } from "../../accounts/actions.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { Role, Viewer } from "../../web/viewer.ts"
import { type HandChoice, isTrusted, type Standing } from "./model.ts"
import { authorsOf, countAccepted, findStanding, setByHand } from "./store.ts"

export function readStanding(db: Reader | Transaction, userId: string): Promise<Standing> {
  return findStanding(db, userId)
}

/** Whether what this person writes may stand without anybody's look. */
export async function mayStand(db: Reader | Transaction, person: { id: string; role: Role }): Promise<boolean> {
  return isTrusted(person, await findStanding(db, person.id))
}

/**
 * Decides by hand whether a person is trusted, or, with `earned`, lets their accepted edits decide again. The reason is public. Throws
 * `unauthenticated`, `forbidden`, `not-found`, `invalid` without a reason.
 */
export async function setTrust(ctx: Context, viewer: Viewer, input: { name: string; choice: HandChoice; reason: string }): Promise<void> {
  const moderator = requireModerator(viewer)
  const person = await findAccount(ctx, input.name)
  if (person.id === moderator.id) throw new AppError("forbidden", "Somebody else has to decide whether you are trusted.")
  const reason = screenedReason(ctx, input)
  if (!reason) throw invalid("reason", "Say why, in a few words. They are public.")
  const byHand = input.choice === "earned" ? null : input.choice
  await ctx.db.write(async (tx) => {
    await setByHand(tx, person.id, { byHand, reason, by: moderator.id, now: ctx.clock().toISOString() })
    await ctx.publish(tx, { type: "user.trust-changed", actor: moderator.id, subject: person.id, detail: { trust: input.choice, reason } })
  })
}

/** Counts anew for everybody who wrote one of these revisions. */
export async function recount(tx: Transaction, page: string, numbers: readonly number[]): Promise<void> {
  const authors = await authorsOf(tx, page, numbers)
  for (const id of new Set(authors.map(({ id }) => id))) await countAccepted(tx, id)
}
