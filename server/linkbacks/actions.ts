import { decided, screenedReason } from "../comments/actions.ts"
import { requireModerator, type State, stateAfter, type Verdict } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import { type Page, wiki } from "../pages/model.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import type { Viewer } from "../web/viewer.ts"
import type { Linkback } from "./model.ts"
import { findDecider, findLinkback, findShown, type LinkbackRow, listByState, listShown, moveLinkback, type QueueFilter } from "./store.ts"

/** The shown linkbacks of a page, one for each source, newest first, with the cursor that leads on. Throws `malformed` for a cursor that is none. */
export async function readLinkbacks(
  ctx: Context,
  page: Pick<Page, "id">,
  { after, limit = 100 }: { after?: string; limit?: number } = {},
): Promise<{ items: Linkback[]; next: string | null }> {
  const [createdAt, id] = after === undefined ? [] : readCursor(after, 2)
  const before = createdAt !== undefined && id !== undefined ? { createdAt, id } : undefined
  const rows = await listShown(ctx.db.read, page.id, { before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit ? writeCursor([last!.createdAt, last!.id]) : null
  return { items: shown.map((row) => ({ ...row, reasons: [] })), next }
}

/** Those of these linkbacks that are shown. */
export async function findLinkbacks(ctx: Context, ids: readonly string[]): Promise<Linkback[]> {
  return (await findShown(ctx.db.read, ids)).map((row) => ({ ...row, reasons: [] }))
}

/** Linkbacks that wait for a moderator, or were published, on the whole site, newest first. Throws as `requireModerator` does. */
export async function readLinkbackQueue(ctx: Context, viewer: Viewer, filter: QueueFilter): Promise<Linkback[]> {
  requireModerator(viewer)
  return (await listByState(ctx.db.read, filter)).map((row) => ({ ...row, reasons: reasonsFor(ctx, row) }))
}

/** One linkback of the queue. Undefined when it is not in this state. Throws as `requireModerator` does. */
export async function readQueuedLinkback(ctx: Context, viewer: Viewer, id: string, state: State): Promise<Linkback | undefined> {
  requireModerator(viewer)
  const row = await findLinkback(ctx.db.read, id)
  return row?.state === state ? { ...row, reasons: reasonsFor(ctx, row) } : undefined
}

/**
 * Publishes a linkback that waits, or refuses it; or takes a published one away. Throws `unauthenticated`, `forbidden`, `invalid`,
 * `not-found`, and `conflict` when it is not in the state that the moderator saw.
 */
export async function decideLinkback(ctx: Context, viewer: Viewer, id: string, verdict: Verdict): Promise<Linkback> {
  const moderator = requireModerator(viewer)
  const reason = screenedReason(ctx, verdict)
  const from = verdict.state ?? "held"
  const to = stateAfter(verdict)
  return ctx.db.write(async (tx) => {
    const found = (await findLinkback(tx, id)) ?? missing()
    const moved = from !== to && (await moveLinkback(tx, id, { from, to, by: moderator.id, now: ctx.clock().toISOString() }))
    if (!moved) throw decided(found.state, await findDecider(tx, id))
    const type = to === "published" ? "linkback.published" : "linkback.refused"
    const detail = { state: to, ...(from === "published" && { from }), ...(reason && { reason }) }
    await ctx.publish(tx, { type, page: found.page, actor: moderator.id, subject: id, detail })
    return { ...found, state: to, reasons: [] }
  })
}

/** Takes a decision back: the linkback is again as it was before. Throws `conflict` when somebody has decided anew since. */
export async function undecideLinkback(ctx: Context, viewer: Viewer, id: string, { from, to }: { from: State; to: State }): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    const found = (await findLinkback(tx, id)) ?? missing()
    const moved = await moveLinkback(tx, id, { from: to, to: from, by: moderator.id, now: ctx.clock().toISOString() })
    if (!moved) throw decided(found.state, await findDecider(tx, id))
    await ctx.publish(tx, { type: "decision.undone", page: found.page, actor: moderator.id, subject: id, detail: { kind: "linkback" } })
  })
}

/** The address of a page as the outside names it. */
export function pageUrl(ctx: Context, page: Pick<Page, "slug">): string {
  return ctx.config.baseUrl + wiki(page)
}

/** Where TrackBack pings about a page are sent. */
export function trackbackUrl(ctx: Context, page: Pick<Page, "slug">): string {
  return `${pageUrl(ctx, page)}/trackback`
}

/** What the policy has to say about the words of a linkback. Throws `invalid` for what must not be kept. */
export function doubtsAbout(ctx: Context, { source, title, excerpt, site, author = "" }: Pick<Linkback, "source" | "title" | "excerpt" | "site"> & { author?: string }): string[] {
  return ctx.screen({ kind: "linkback", fields: { url: source, title, excerpt, blog_name: site, ...(author && { author }) } }).reasons
}

function reasonsFor(ctx: Context, row: LinkbackRow): string[] {
  const waits = "comes from another site, which nobody has looked at yet"
  const own = [waits, ...(row.verification === "unverified" ? ["its link to this page was not found yet"] : []), ...(row.doubt ? [row.doubt] : [])]
  try {
    return [...own, ...doubtsAbout(ctx, row)]
  } catch (error) {
    // Kept under an earlier policy.
    if (error instanceof AppError) return [...own, "may hold personal data"]
    throw error
  }
}

function missing(): never {
  throw notFound("linkback")
}
