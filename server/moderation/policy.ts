import { pageSchema } from "../../editor/document/index.ts"
import type { Context, Edit, Review } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Transaction } from "../storage/database.ts"
import { isAtLeast } from "../web/viewer.ts"
import { doubtsAbout, type Written, writtenFields } from "./held-words.ts"
import { keepProposal } from "./proposals/keep.ts"
import { readProtection, siteLevel } from "./protection/actions.ts"
import { byRules } from "./rules/actions.ts"
import { riskOf } from "./risk.ts"
import { mayStand } from "./trust/actions.ts"

/** A reason to let an edit wait, or several; each goes on after "it". May throw, to refuse it altogether. */
export type Check = (ctx: Context, tx: Transaction, edit: Edit) => Promise<string[]>

/** Everything that can make an edit wait. Moderators' edits are not asked about. */
const checks: readonly Check[] = [byProtection, byRisk, byPersonalData, byRules]

/** Who publishes at once, and what waits. */
export const review: Review = {
  async hold(ctx, tx, edit) {
    const reasons = await reasonsToWait(ctx, tx, edit)
    return reasons.length === 0 ? null : keepProposal(ctx, tx, edit, reasons)
  },
  async mayPublish(ctx, tx, author, page) {
    if (isAtLeast(author, "moderator")) return true
    return page.protection === "open" || (page.protection === "reviewed" && (await isOpenAgain(ctx, tx, page.id))) || mayStand(tx, author)
  },
  async start(ctx, tx, author, text) {
    const level = await siteLevel(tx)
    // What a rule lets wait has no page yet on which it could wait; what one refuses is refused here as well.
    if (!isAtLeast(author, "moderator")) {
      refusePersonalData(ctx, text)
      await byRules(ctx, tx, { ...text, author, base: null })
    }
    if (level === "open" || isAtLeast(author, "moderator") || (level === "reviewed" && (await mayStand(tx, author)))) return level
    const who = level === "reviewed" ? "people who are trusted" : "moderators"
    throw new AppError("forbidden", `At present only ${who} start pages. What you wrote is kept as a draft where you have an account.`)
  },
}

/** Why this edit waits; nothing when it is published at once. */
export async function reasonsToWait(ctx: Context, tx: Transaction, edit: Edit): Promise<string[]> {
  if (isAtLeast(edit.author, "moderator")) return []
  const reasons: string[] = []
  for (const check of checks) reasons.push(...(await check(ctx, tx, edit)))
  return [...new Set(reasons)]
}

async function byProtection(ctx: Context, tx: Transaction, { page, author }: Edit): Promise<string[]> {
  if (page.protection !== "reviewed" || (await isOpenAgain(ctx, tx, page.id)) || (await mayStand(tx, author))) return []
  return ["is by somebody who is not trusted yet, on a page that is reviewed"]
}

/** Whether a page's level is over, though nothing has noticed it yet. */
async function isOpenAgain(ctx: Context, tx: Transaction, pageId: string): Promise<boolean> {
  const own = await readProtection(tx, pageId)
  const isOver = own?.expiresAt && own.expiresAt <= ctx.clock().toISOString()
  return Boolean(isOver) && (await siteLevel(tx)) === "open"
}

async function byRisk(_ctx: Context, _tx: Transaction, { base, doc }: Edit): Promise<string[]> {
  return riskOf(base.doc, doc)
}

async function byPersonalData(ctx: Context, _tx: Transaction, { base, ...written }: Edit): Promise<string[]> {
  return doubtsAbout(ctx, written, base)
}

// A first text cannot wait: there is no page yet on which it could.
function refusePersonalData(ctx: Context, written: Written): void {
  ctx.screen({ kind: "edit", fields: writtenFields(written, emptyPage), atOnce: true })
}

const emptyPage = pageSchema.node("doc", null, [pageSchema.node("paragraph")])
