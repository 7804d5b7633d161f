import { screenedReason } from "../../comments/actions.ts"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { invalid } from "../../errors.ts"
import { enqueue } from "../../jobs/queue.ts"
import { findLivePage, readPage, setProtection, setProtectionOfOthers } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { Viewer } from "../../web/viewer.ts"
import { type Level, type Protection, readExpiry, readLevel, SITE } from "./model.ts"
import { deleteProtection, findProtection, protectedPages, putProtection } from "./store.ts"

/** The kind of job that ends a level when its time is over. */
export const EXPIRY = "protection-expiry"

/** What a moderator chose for a page, or for the site: the level, for how many days ("": until it is changed), and why. */
export interface ProtectionInput {
  level: string
  days: string
  reason: string
}

/** The level that somebody set for a page, or with "site" for all others; undefined when nobody has. */
export function readProtection(db: Reader | Transaction, scope: string): Promise<Protection | undefined> {
  return findProtection(db, scope)
}

/** The level of pages that have none of their own. */
export async function siteLevel(db: Reader | Transaction): Promise<Level> {
  return (await findProtection(db, SITE))?.level ?? "open"
}

/**
 * Gives a page a level of its own, or with `level` "default" takes it away. The reason is public. Throws `unauthenticated`, `forbidden`,
 * `not-found`, `invalid`.
 */
export async function protectPage(ctx: Context, viewer: Viewer, slug: string, input: ProtectionInput): Promise<Page> {
  const moderator = requireModerator(viewer)
  const page = await readPage(ctx, viewer, slug)
  const chosen = readInput(ctx, input)
  await ctx.db.write(async (tx) => {
    if (chosen.level === null) await endProtection(tx, page.id)
    else {
      await putProtection(tx, page.id, { ...chosen, level: chosen.level, by: moderator.id })
      await setProtection(tx, page.id, chosen.level)
    }
    await endLater(ctx, tx, page.id, chosen.expiresAt)
    await ctx.publish(tx, { type: "page.protected", page: page.id, actor: moderator.id, detail: detailOf(chosen) })
  })
  return page
}

/** Sets the level of all pages without one of their own. Throws as `protectPage` does. */
export async function protectSite(ctx: Context, viewer: Viewer, input: ProtectionInput): Promise<void> {
  const moderator = requireModerator(viewer)
  const chosen = readInput(ctx, input)
  const level = chosen.level ?? "open"
  await ctx.db.write(async (tx) => {
    await putProtection(tx, SITE, { ...chosen, level, by: moderator.id })
    await setProtectionOfOthers(tx, await protectedPages(tx), level)
    await endLater(ctx, tx, SITE, chosen.expiresAt)
    await ctx.publish(tx, { type: "site.protected", actor: moderator.id, detail: detailOf({ ...chosen, level }) })
  })
}

/** Ends a level whose time is over; one that was changed since stays. */
export async function expire(ctx: Context, scope: string): Promise<void> {
  await ctx.db.write(async (tx) => {
    const found = await findProtection(tx, scope)
    if (!found?.expiresAt || found.expiresAt > ctx.clock().toISOString()) return
    if (scope === SITE) {
      await deleteProtection(tx, SITE)
      await setProtectionOfOthers(tx, await protectedPages(tx), "open")
      return ctx.publish(tx, { type: "site.protected", detail: { level: "open", expired: 1 } })
    }
    await endProtection(tx, scope)
    if (await findLivePage(tx, scope)) await ctx.publish(tx, { type: "page.protected", page: scope, detail: { level: "default", expired: 1 } })
  })
}

async function endProtection(tx: Transaction, pageId: string): Promise<void> {
  await deleteProtection(tx, pageId)
  await setProtection(tx, pageId, await siteLevel(tx))
}

type Chosen = ReturnType<typeof readInput>

function readInput(ctx: Context, { level, days, reason: raw }: ProtectionInput) {
  const now = ctx.clock()
  const chosen = level === "default" ? null : readLevel(level)
  const reason = screenedReason(ctx, { reason: raw })
  if (!reason) throw invalid("reason", "Say why, in a few words. Everybody who reads the page can see it.")
  return { level: chosen, reason, expiresAt: chosen === null ? null : readExpiry(days, now), createdAt: now.toISOString() }
}

async function endLater(ctx: Context, tx: Transaction, scope: string, expiresAt: string | null): Promise<void> {
  if (expiresAt !== null) await enqueue(ctx, tx, { kind: EXPIRY, body: { scope }, at: new Date(expiresAt) })
}

function detailOf({ level, reason, expiresAt }: Pick<Chosen, "level" | "reason" | "expiresAt">): Record<string, string> {
  return { level: level ?? "default", reason, ...(expiresAt && { until: expiresAt }) }
}
