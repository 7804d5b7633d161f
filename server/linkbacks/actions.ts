import { decided, screenedReason } from "../comments/actions.ts"
import { requireModerator, type State, stateAfter, type Verdict } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import { findLivePage, readPage } from "../pages/actions.ts"
import { type Page, wiki } from "../pages/model.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import { type Viewer, visitor } from "../web/viewer.ts"
import { type Linkback, type Mention, readMention } from "./model.ts"
import {
  countHeld,
  findDecider,
  findLinkback,
  findPublished,
  isKnown,
  keepLinkback,
  type LinkbackRow,
  listByState,
  listPublished,
  moveLinkback,
  type QueueFilter,
} from "./store.ts"

/** More than this many waiting for one page is a flood; the moderators' list stays readable. */
const MOST_HELD = 100

/** The form fields of a TrackBack ping, decoded. */
export interface Ping {
  url?: string
  title?: string
  excerpt?: string
  blog_name?: string
}

/**
 * Keeps a TrackBack ping for the page until a moderator decides. A second one with the same url changes what waits and
 * nothing else; whoever pings cannot tell the difference. Throws `invalid`, `not-found`, `gone`, `too-many`.
 */
export async function receiveTrackback(ctx: Context, slug: string, ping: Ping): Promise<void> {
  const page = await readPage(ctx, visitor, slug)
  const mention = readMention(ping, pageUrl(ctx, page))
  look(ctx, mention)
  await ctx.db.write(async (tx) => {
    if (!(await findLivePage(tx, page.id))) throw new AppError("gone", "This page was deleted.")
    const isFlooded = !(await isKnown(tx, page.id, "trackback", mention)) && (await countHeld(tx, page.id)) >= MOST_HELD
    if (isFlooded) throw new AppError("too-many", "Too many pings wait for this page already.", { retryAfter: 3600 })
    const id = ctx.ids()
    const createdAt = ctx.clock().toISOString()
    const isNew = await keepLinkback(tx, { ...mention, id, page: page.id, protocol: "trackback", state: "held", createdAt })
    if (isNew) await ctx.publish(tx, { type: "linkback.received", page: page.id, subject: id, detail: { protocol: "trackback" } })
  })
}

/** Published linkbacks of a page, newest first, with the cursor that leads on. Throws `malformed` for a cursor that is none. */
export async function readLinkbacks(
  ctx: Context,
  page: Pick<Page, "id">,
  { after, limit = 100 }: { after?: string; limit?: number } = {},
): Promise<{ items: Linkback[]; next: string | null }> {
  const [createdAt, id] = after === undefined ? [] : readCursor(after, 2)
  const before = createdAt !== undefined && id !== undefined ? { createdAt, id } : undefined
  const rows = await listPublished(ctx.db.read, page.id, { before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit ? writeCursor([last!.createdAt, last!.id]) : null
  return { items: shown.map((row) => ({ ...row, reasons: [] })), next }
}

/** Those of these linkbacks that are published. */
export async function findLinkbacks(ctx: Context, ids: readonly string[]): Promise<Linkback[]> {
  return (await findPublished(ctx.db.read, ids)).map((row) => ({ ...row, reasons: [] }))
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

function look(ctx: Context, { source, title, excerpt, site }: Mention): string[] {
  return ctx.screen({ kind: "linkback", fields: { url: source, title, excerpt, blog_name: site } }).reasons
}

function reasonsFor(ctx: Context, row: LinkbackRow): string[] {
  const waits = "comes from another site, which nobody has looked at yet"
  try {
    return [waits, ...look(ctx, row)]
  } catch (error) {
    // Kept under an earlier policy.
    if (error instanceof AppError) return [waits, "may hold personal data"]
    throw error
  }
}

function missing(): never {
  throw notFound("linkback")
}
