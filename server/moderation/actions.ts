import { requireModerator, type Verdict } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { kinds } from "./kinds/index.ts"
import { approveAuthorOf, commentKind } from "./kinds/comments.tsx"
import type { Act, ItemKind, ListOptions, QueueItem } from "./kinds/kind.ts"
import { CLAIM_LASTS, type Claim, type PersonRecord, readItemName, UNDO_LASTS } from "./model.ts"
import { acceptProposal, type Acceptance } from "./proposals/accept.ts"
import { deleteClaim, findLastAct, listClaims, listRecords, listReviews, putClaim, putLastAct, releaseOthers, takeLastAct } from "./store.ts"

export { readLog } from "./log/actions.ts"

export type { QueueItem } from "./kinds/kind.ts"

/** Items on one page of the queue: what a person works through between two sips. */
const QUEUE_SIZE = 20

export interface QueueOptions {
  after?: string
  limit?: number
  /** `held`: what waits, unreviewed edits included. `published`: what readers see, to take it away. */
  state?: ListOptions["state"]
}

/** Of each kind at least so many are looked through for what is about the same page. */
const NEAR = 30

/**
 * What waits for a moderator, newest first, with the cursor that leads on; `beyond` has what comes soon after it. Throws
 * `unauthenticated`, `forbidden`, `malformed`.
 */
export async function readQueue(
  ctx: Context,
  viewer: Viewer,
  { after, limit = QUEUE_SIZE, state = "held" }: QueueOptions = {},
): Promise<{ items: QueueItem[]; next: string | null; beyond: QueueItem[] }> {
  const moderator = requireModerator(viewer)
  const place = after === undefined ? undefined : placeOf(after)
  const lists = await Promise.all(
    kinds.map((kind) => kind.list(ctx, moderator, { state, before: before(place, kind), limit: Math.max(limit, NEAR) + 1 })),
  )
  const items = lists.flat().sort((a, b) => (a.createdAt === b.createdAt ? 0 : a.createdAt < b.createdAt ? 1 : -1))
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? cursorOf(shown.at(-1)!) : null, beyond: items.slice(limit) }
}

/** One item of the queue. Throws as `readQueue`, and `not-found` when it does not wait, or is not published, any more. */
export async function readItem(ctx: Context, viewer: Viewer, id: string, state: ListOptions["state"] = "held"): Promise<QueueItem> {
  const moderator = requireModerator(viewer)
  const { kind, key } = kindOf(id)
  return (await kind.find(ctx, moderator, key, state)) ?? notWaiting()
}

/**
 * Decides about one item of the queue: what waits is published, refused or called spam; an edit is marked as reviewed, or the revision
 * before it restored. What another moderator has in hand, and what is the moderator's own, is left to others. Throws `unauthenticated`,
 * `forbidden`, `invalid`, `not-found`, and `conflict` when somebody else decided first.
 */
export function decideItem(ctx: Context, viewer: Viewer, id: string, verdict: Verdict): Promise<Act> {
  return actOn(ctx, viewer, id, verdict, (moderator, { kind, key }) => kind.decide(ctx, moderator, key, verdict))
}

/** Accepts a proposal in another way than as it is: in part, edited, or with what was decided where it collides. Throws as `decideItem`. */
export function acceptItem(ctx: Context, viewer: Viewer, proposal: string, acceptance: Acceptance): Promise<Act> {
  const work = (moderator: User) => acceptProposal(ctx, moderator, proposal, acceptance)
  return actOn(ctx, viewer, `proposal-${proposal}`, { decision: "approve" }, work)
}

/** Publishes a comment that waits, and lets what its author writes later through. Throws as `decideItem`. */
export function approveAuthorOfItem(ctx: Context, viewer: Viewer, id: string): Promise<Act> {
  return actOn(ctx, viewer, id, { decision: "approve" }, (moderator, { kind, key }) => (kind === commentKind ? approveAuthorOf(ctx, moderator, key) : notWaiting()))
}

type Named = ReturnType<typeof kindOf>

/** Nobody approves their own, nor decides about what another has in hand; and what was done can be taken back. */
async function actOn(ctx: Context, viewer: Viewer, id: string, verdict: Verdict, work: (moderator: User, named: Named) => Promise<Act>): Promise<Act> {
  const moderator = requireModerator(viewer)
  const named = kindOf(id)
  const item = await named.kind.find(ctx, moderator, named.key, verdict.state ?? "held")
  if (item && verdict.decision === "approve" && isOwn(item, moderator)) throw ownThing()
  await refuseClaimed(ctx, moderator, id)
  const act = await work(moderator, named)
  await ctx.db.write(async (tx) => {
    await deleteClaim(tx, id)
    const createdAt = ctx.clock().toISOString()
    await putLastAct(tx, { moderatorId: moderator.id, item: id, words: act.words, undo: act.undo && JSON.stringify(act.undo), createdAt })
  })
  return act
}

/** The moderator's last decision, while it can be taken back. */
export async function readLastAct(ctx: Context, viewer: Viewer): Promise<{ item: string; words: string } | undefined> {
  const moderator = requireModerator(viewer)
  return findLastAct(ctx.db.read, moderator.id, new Date(ctx.clock().getTime() - UNDO_LASTS).toISOString())
}

/** Takes the moderator's last decision back. Throws `not-found` when there is none, and `conflict` when others have gone on from it. */
export async function undoLastAct(ctx: Context, viewer: Viewer): Promise<{ item: string; words: string }> {
  const moderator = requireModerator(viewer)
  const since = new Date(ctx.clock().getTime() - UNDO_LASTS).toISOString()
  const last = (await findLastAct(ctx.db.read, moderator.id, since)) ?? nothingToUndo()
  const { kind, key } = kindOf(last.item)
  await kind.undo(ctx, moderator, key, JSON.parse(last.undo) as NonNullable<Act["undo"]>)
  await ctx.db.write((tx) => takeLastAct(tx, moderator.id, last.item))
  return last
}

/**
 * Takes an item in hand: for ten minutes nobody else decides about it. What the moderator had in hand before is free again. Throws
 * `conflict`, naming the other, when somebody has it, and `forbidden` for the moderator's own, which others are to decide about.
 */
export async function claimItem(ctx: Context, viewer: Viewer, id: string): Promise<void> {
  const moderator = requireModerator(viewer)
  if (isOwn(await readItem(ctx, viewer, id), moderator)) throw ownThing()
  const now = ctx.clock()
  const until = new Date(now.getTime() + CLAIM_LASTS).toISOString()
  const taken = await ctx.db.write(async (tx) => {
    await releaseOthers(tx, moderator.id, id, now.toISOString())
    return putClaim(tx, { item: id, moderatorId: moderator.id, until }, now.toISOString())
  })
  if (!taken) await refuseClaimed(ctx, moderator, id)
}

/** Who has which of these items in hand just now, the moderator's own left out. */
export async function claimsOn(ctx: Context, viewer: Viewer, ids: readonly string[]): Promise<Map<string, Claim>> {
  const claims = await listClaims(ctx.db.read, ids, ctx.clock().toISOString())
  return new Map(claims.filter(({ moderatorId }) => moderatorId !== viewer.id).map((claim) => [claim.item, claim]))
}

/** What is known here of the people with an account who wrote these items, by name. */
export function recordsOf(ctx: Context, items: readonly QueueItem[]): Promise<Map<string, PersonRecord>> {
  const names = items.flatMap(({ author }) => (author?.isMember ? [author.name] : []))
  return listRecords(ctx.db.read, [...new Set(names)])
}

/** Who reviewed these revisions of a page, and when, by their numbers. */
export function reviewsOf(
  db: Reader | Transaction,
  pageId: string,
  numbers: readonly number[],
): Promise<Map<number, { by: string; at: string }>> {
  return listReviews(db, pageId, numbers)
}

function kindOf(id: string): { kind: ItemKind; key: string } {
  const name = readItemName(id)
  const kind = name && kinds.find((one) => one.name === name.kind)
  if (!kind) throw notFound("item")
  return { kind, key: name.key }
}

function ownThing(): AppError {
  return new AppError("forbidden", "This is your own. Somebody else has to decide about it.")
}

/** Whether somebody would decide about what they wrote themselves. */
export function isOwn({ author }: QueueItem, moderator: Pick<Viewer, "name">): boolean {
  return author !== null && author.isMember && author.name === moderator.name
}

async function refuseClaimed(ctx: Context, moderator: User, id: string): Promise<void> {
  const claim = (await claimsOn(ctx, moderator, [id])).get(id)
  if (!claim) return
  const minutes = Math.max(1, Math.ceil((Date.parse(claim.until) - ctx.clock().getTime()) / 60_000))
  throw new AppError("conflict", `${claim.by} has this in hand, for ${minutes} more minutes at most. Nothing was changed.`)
}

/** Comes after every key. */
const LAST = "z".repeat(20)

/** Where a page of the queue ended: the moment, and the item by its kind and key. */
interface QueuePlace {
  createdAt: string
  kind: string
  key: string
}

function placeOf(cursor: string): QueuePlace {
  const [createdAt, kind, key] = readCursor(cursor, 3) as [string, string, string]
  return { createdAt, kind, key }
}

function cursorOf({ createdAt, kind, id }: QueueItem): string {
  return writeCursor([createdAt, kind, id.slice(kind.length + 1)])
}

/** Where the list of one kind goes on: of the same moment, kinds shown earlier are done and kinds shown later still to come. */
function before(place: QueuePlace | undefined, { name }: ItemKind): ListOptions["before"] {
  if (!place) return undefined
  const { createdAt } = place
  if (name === place.kind) return { createdAt, key: place.key }
  const rank = (kind: string) => kinds.findIndex((one) => one.name === kind)
  return { createdAt, key: rank(name) < rank(place.kind) ? "" : LAST }
}

function notWaiting(): never {
  throw new AppError("not-found", "This does not wait any more. Somebody may have decided about it.")
}

function nothingToUndo(): never {
  throw new AppError("not-found", "There is nothing of yours to take back: only the last decision can be, within an hour.")
}
