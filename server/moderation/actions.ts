import { decideComment, decided, readCommentQueue, screenedReason } from "../comments/actions.ts"
import { type Comment, requireModerator, type Verdict } from "../comments/model.ts"
import type { Context, Reaction } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import { decideLinkback, readLinkbackQueue } from "../linkbacks/actions.ts"
import type { Linkback } from "../linkbacks/model.ts"
import { findLivePage, restorePage, setPageDeleted } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { type LogEntry, type PageName, type QueueItem, readItemName, type Unreviewed } from "./model.ts"
import { findRestoration, insertReviews, listLog, listReviews, listUnreviewed, pageNames } from "./store.ts"

/** Items on one page of the queue: what a person works through between two sips. */
const QUEUE_SIZE = 20
const LOG_SIZE = 50

export interface QueueOptions {
  after?: string
  limit?: number
  /** `held`: what waits, unreviewed edits included. `published`: comments and linkbacks that readers see, to take one away. */
  state?: "held" | "published"
}

/** What waits for a moderator, newest first, with the cursor that leads on. Throws `unauthenticated`, `forbidden`, `malformed`. */
export async function readQueue(
  ctx: Context,
  viewer: Viewer,
  { after, limit = QUEUE_SIZE, state = "held" }: QueueOptions = {},
): Promise<{ items: QueueItem[]; next: string | null }> {
  requireModerator(viewer)
  const place = after === undefined ? undefined : placeOf(after)
  const options = (kind: Kind) => ({ state, before: before(place, kind), limit: limit + 1 })
  const comments = await readCommentQueue(ctx, viewer, options("comment"))
  const linkbacks = await readLinkbackQueue(ctx, viewer, options("linkback"))
  const edits = state === "held" ? await listUnreviewed(ctx.db.read, { before: revisionBefore(place), limit: limit + 1 }) : []
  const names = await pageNames(ctx.db.read, [...comments, ...linkbacks, ...edits].map(({ page }) => page))
  const items = [
    ...comments.map((comment) => commentItem(comment, names)),
    ...linkbacks.map((linkback) => linkbackItem(linkback, names)),
    ...edits.map((edit) => editItem(edit, names)),
  ].sort((a, b) => (a.createdAt === b.createdAt ? 0 : a.createdAt < b.createdAt ? 1 : -1))
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? cursorOf(shown.at(-1)!) : null }
}

/**
 * Decides about one item of the queue: a comment or linkback is published, refused or called spam; an edit is marked as reviewed, or the
 * revision before it restored (a page that began with it is deleted). Throws `unauthenticated`, `forbidden`, `invalid`, `not-found`, and
 * `conflict` when somebody else decided first.
 */
export async function decideItem(ctx: Context, viewer: Viewer, id: string, verdict: Verdict): Promise<void> {
  const moderator = requireModerator(viewer)
  const name = readItemName(id)
  if (name?.kind === "comment") await decideComment(ctx, moderator, name.id, verdict)
  else if (name?.kind === "linkback") await decideLinkback(ctx, moderator, name.id, verdict)
  else if (name?.kind === "edit") await decideEdit(ctx, moderator, name.page, name.number, verdict)
  else throw notFound("item")
}

/** The public record of moderators' acts, newest first; `next` is the number to ask for as `before`. */
export async function readLog(
  ctx: Context,
  { before, limit = LOG_SIZE }: { before?: number; limit?: number } = {},
): Promise<{ entries: LogEntry[]; next: number | null }> {
  const rows = await listLog(ctx.db.read, { before, limit: limit + 1 })
  const entries = rows.slice(0, limit)
  return { entries, next: rows.length > limit ? entries.at(-1)!.seq : null }
}

/** Who reviewed these revisions of a page, and when, by their numbers. */
export function reviewsOf(
  db: Reader | Transaction,
  pageId: string,
  numbers: readonly number[],
): Promise<Map<number, { by: string; at: string }>> {
  return listReviews(db, pageId, numbers)
}

/** When a moderator goes back to an earlier text, nothing of what came after it is left to review. */
export const reviewRestored: Reaction = async (ctx, tx, event) => {
  const number = Number(event.subject)
  const found = event.page === undefined ? undefined : await findRestoration(tx, event.page, number)
  if (!found || found.restores === null || found.role === "editor") return
  const numbers = Array.from({ length: number - found.restores }, (_, at) => number - at)
  await insertReviews(tx, { page: event.page!, numbers, by: event.actor!, now: ctx.clock().toISOString() })
}

async function decideEdit(ctx: Context, moderator: User, pageId: string, number: number, verdict: Verdict): Promise<void> {
  const page = await findLivePage(ctx.db.read, pageId)
  if (!page || number > page.revision) throw notFound("revision")
  const reason = screenedReason(ctx, verdict)
  if (verdict.decision === "approve") return markReviewed(ctx, moderator, page, number, reason)
  const review = (await reviewsOf(ctx.db.read, pageId, [number])).get(number)
  if (review) throw decided("reviewed", review.by)
  if (page.revision !== number) {
    throw new AppError("conflict", "Later edits stand on this one. Choose in the page's history which revision to go back to.", {
      extra: { current: page.revision },
    })
  }
  if (number === 1) await setPageDeleted(ctx, moderator, { slug: page.slug, deleted: true })
  else await restorePage(ctx, moderator, { slug: page.slug, number: number - 1, base: number, summary: reason || undefined })
}

async function markReviewed(ctx: Context, moderator: User, page: Page, number: number, reason: string): Promise<void> {
  const now = ctx.clock().toISOString()
  await ctx.db.write(async (tx) => {
    const fresh = await insertReviews(tx, { page: page.id, numbers: [number], by: moderator.id, now })
    if (fresh.length === 0) throw decided("reviewed", (await listReviews(tx, page.id, [number])).get(number)?.by)
    const detail = reason ? { reason } : undefined
    await ctx.publish(tx, { type: "revision.reviewed", page: page.id, actor: moderator.id, subject: String(number), detail })
  })
}

type Kind = QueueItem["kind"]
/** Of what happened in the same moment, comments are shown first. */
const ORDER: Kind[] = ["comment", "linkback", "edit"]
/** Comes after every id. */
const LAST = "z".repeat(20)

/** Where a page of the queue ended: the moment, and the item by its kind and id. */
interface QueuePlace {
  createdAt: string
  kind: Kind
  id: string
}

function placeOf(cursor: string): QueuePlace {
  const [createdAt, kind, id] = readCursor(cursor, 3) as [string, Kind, string]
  return { createdAt, kind, id }
}

function cursorOf(item: QueueItem): string {
  return writeCursor([item.createdAt, item.kind, keyOf(item)])
}

function keyOf(item: QueueItem): string {
  if (item.kind === "edit") return `${item.revision.page} ${item.revision.number}`
  return item.kind === "comment" ? item.comment.id : item.linkback.id
}

/** Where the list of one kind goes on: of the same moment, kinds shown earlier are done and kinds shown later still to come. */
function before(place: QueuePlace | undefined, kind: Kind): { createdAt: string; id: string } | undefined {
  if (!place) return undefined
  const { createdAt } = place
  if (kind === place.kind) return { createdAt, id: place.id }
  return { createdAt, id: ORDER.indexOf(kind) < ORDER.indexOf(place.kind) ? "" : LAST }
}

function revisionBefore(place: QueuePlace | undefined): { createdAt: string; page: string; number: number } | undefined {
  const at = before(place, "edit")
  if (!at) return undefined
  const [page = "", number = "0"] = at.id.split(" ")
  return { createdAt: at.createdAt, page, number: Number(number) || 0 }
}

type Names = Map<string, PageName>

function commentItem(comment: Comment, names: Names): QueueItem {
  const { id, createdAt, reasons } = comment
  return { kind: "comment", id: `comment-${id}`, page: names.get(comment.page)!, createdAt, reasons, comment }
}

function linkbackItem(linkback: Linkback, names: Names): QueueItem {
  const { id, createdAt, reasons } = linkback
  return { kind: "linkback", id: `linkback-${id}`, page: names.get(linkback.page)!, createdAt, reasons, linkback }
}

function editItem(revision: Unreviewed, names: Names): QueueItem {
  const { page, number, createdAt } = revision
  return { kind: "edit", id: `edit-${page}-${number}`, page: names.get(page)!, createdAt, reasons: ["was not reviewed yet"], revision }
}
