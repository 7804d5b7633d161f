import { findAccount } from "../../accounts/actions.ts"
import { screenedReason } from "../../comments/actions.ts"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import { carryOut, findLivePage, planUndo, requireLive, type Return } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { Viewer } from "../../web/viewer.ts"
import { listRevisionsBy } from "./store.ts"

/** Pages in one act: as many as somebody can look through. The rest comes in the next. */
const MOST_PAGES = 30
const MOST_REVISIONS = 2_000
const SINCE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/

/** What of one page would be taken back. */
export interface Revert {
  page: Page
  numbers: number[]
  /** Null where it cannot be done; `problem` says why. */
  plan: Return | null
  problem: string | null
}

export interface Reverts {
  /** The account as it is written. */
  name: string
  since: string
  reverts: Revert[]
  /** Whether there are more pages than are shown. */
  isCut: boolean
}

/**
 * What taking back everything by this person since a time (UTC) would do to each page; nothing is done. Throws `unauthenticated`,
 * `forbidden`, `not-found`, `invalid`.
 */
export async function planReverts(ctx: Context, viewer: Viewer, asked: { name: string; since: string }): Promise<Reverts> {
  requireModerator(viewer)
  const account = await findAccount(ctx, asked.name)
  const since = readSince(asked.since)
  const rows = await listRevisionsBy(ctx.db.read, { author: account.id, since, limit: MOST_REVISIONS })
  const byPage = new Map<string, number[]>()
  for (const { page, number } of rows) byPage.set(page, [...(byPage.get(page) ?? []), number])
  const reverts: Revert[] = []
  for (const [id, numbers] of byPage) {
    const page = reverts.length < MOST_PAGES ? await findLivePage(ctx.db.read, id) : undefined
    const revert = page && (await planOne(ctx.db.read, page, numbers))
    if (revert && !revert.plan?.unchanged) reverts.push(revert)
  }
  return { name: account.name, since: asked.since, reverts, isCut: reverts.length === MOST_PAGES || rows.length === MOST_REVISIONS }
}

/** What was done, and what was left and why. */
export interface Reverted {
  done: { page: Page; number: number }[]
  left: { page: Page; why: string }[]
}

/**
 * Takes it back on the chosen pages, each by one revision that names those it undoes, and writes one line into the log. `heads` has the
 * revision at which each page was looked at, by its id: pages that changed since, or where something collides, are left as they are.
 */
export async function revertAll(
  ctx: Context,
  viewer: Viewer,
  asked: { name: string; since: string; reason: string; heads: ReadonlyMap<string, number> },
): Promise<Reverted> {
  const moderator = requireModerator(viewer)
  const account = await findAccount(ctx, asked.name)
  const since = readSince(asked.since)
  const reason = screenedReason(ctx, { reason: asked.reason })
  if (asked.heads.size === 0) throw invalid("heads", "Choose at least one page.")
  if (asked.heads.size > MOST_PAGES) throw invalid("heads", `At most ${MOST_PAGES} pages are taken back at once.`)
  return ctx.db.write(async (tx) => {
    const reverted: Reverted = { done: [], left: [] }
    for (const [id, head] of asked.heads) {
      const page = await findLivePage(tx, id)
      if (!page) continue
      const rows = await listRevisionsBy(tx, { author: account.id, since, page: id, limit: MOST_REVISIONS })
      const revert = page.revision === head ? await planOne(tx, await requireLive(tx, id), rows.map(({ number }) => number)) : null
      const outcome = revert?.plan ? await undoOne(ctx, tx, moderator, revert.plan, reason) : null
      if (typeof outcome === "number") reverted.done.push({ page, number: outcome })
      else reverted.left.push({ page, why: outcome ?? revert?.problem ?? "It changed since you looked at it." })
    }
    if (reverted.done.length > 0) {
      const detail = { since, pages: reverted.done.length, ...(reason && { reason }) }
      await ctx.publish(tx, { type: "edits.reverted", actor: moderator.id, subject: account.id, detail })
    }
    return reverted
  })
}

async function planOne(db: Reader | Transaction, page: Page, numbers: number[]): Promise<Revert> {
  try {
    const plan = await planUndo(db, page, numbers)
    if (plan.collisions === 0) return { page, numbers, plan, problem: null }
    const places = plan.collisions === 1 ? "One place was" : `${plan.collisions} places were`
    return { page, numbers, plan: null, problem: `${places} changed again since. Undo the revisions one by one.` }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { page, numbers, plan: null, problem: error.message }
  }
}

/** The number of the revision that does it, or why it was not done; nothing is written then. */
async function undoOne(ctx: Context, tx: Transaction, moderator: ReturnType<typeof requireModerator>, plan: Return, reason: string): Promise<number | string> {
  const { summary } = plan.text
  const text = { ...plan.text, summary: reason ? `${summary}: ${reason}` : summary }
  try {
    const returned = await carryOut(ctx, tx, moderator, { ...plan, text })
    if ("attempt" in returned || returned.proposal !== undefined) return "It has to be decided about on the page itself."
    return returned.unchanged ? "There was nothing left to take back." : returned.at.revision.number
  } catch (error) {
    // A title that another page has by now: nothing of this page is written yet.
    if (error instanceof AppError) return error.message
    throw error
  }
}

function readSince(text: string): string {
  const time = SINCE.test(text) ? Date.parse(text.includes("T") ? `${text}Z` : `${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time)) throw invalid("since", "Say since when as a day, such as 2026-11-23, or a day and a time (UTC).")
  return new Date(time).toISOString()
}
