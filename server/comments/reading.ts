import { commentSchema, toHtml } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { notFound } from "../errors.ts"
import { HIDDEN_NAME } from "../pages/redactions/model.ts"
import type { Page } from "../pages/model.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import { type Comment, isId, type Order, type Place, type Thread } from "./model.ts"
import { type CommentRow, findComment } from "./store.ts"
import { countPublished, listPublished, listReplies, listThreads } from "./threads/store.ts"

/** Threads under a page; older ones are a click away. */
const THREADS = 50
/** More answers than people write; a page stays a page. */
const REPLIES = 1_000

/** Published comments of a page, oldest first, with the cursor that leads on. Throws `invalid` for a cursor that is none. */
export async function readComments(
  ctx: Context,
  page: Page,
  { after, limit = 100 }: { after?: string; limit?: number } = {},
): Promise<{ items: Comment[]; next: string | null }> {
  const rows = await listPublished(ctx.db.read, page.id, { after: placeOf(after), limit: limit + 1 })
  const shown = rows.slice(0, limit)
  return { items: shown.map(commentOf), next: rows.length > limit ? cursorOf(shown.at(-1)!) : null }
}

/** Where to go on among the threads of a page, and in which order. Without `order` the newest threads come in the order they began. */
export interface ThreadsAsked {
  order?: Order
  before?: string
  after?: string
}

export interface Threads {
  threads: Thread[]
  /** Cursors that lead to threads that began before or after these. */
  earlier: string | null
  later: string | null
  count: number
}

/** Threads of a page, fifty at once: the newest in the order they began; or, with `order`, from one end on. */
export async function readThreads(ctx: Context, page: Pick<Page, "id">, { order, before, after }: ThreadsAsked = {}): Promise<Threads> {
  const isForward = order === "oldest"
  const from = isForward ? { after: placeOf(after) ?? ("start" as const) } : { before: placeOf(before) }
  const rows = await listThreads(ctx.db.read, page.id, { ...from, limit: THREADS + 1 })
  const shown = rows.slice(0, THREADS)
  const threads = await withReplies(ctx, page.id, shown)
  const further = rows.length > THREADS ? cursorOf(shown.at(-1)!) : null
  return {
    threads: order === undefined ? threads.reverse() : threads,
    earlier: isForward ? null : further,
    later: isForward ? further : null,
    count: await countPublished(ctx.db.read, page.id),
  }
}

/** The thread that a comment of this page began or stands in. Throws `not-found`. */
export async function readThread(ctx: Context, page: Pick<Page, "id">, id: string): Promise<Thread> {
  const row = isId(id) ? await findComment(ctx.db.read, id) : undefined
  if (!row || row.page !== page.id) throw notFound("comment")
  const first = row.parent === null ? row : await findComment(ctx.db.read, row.parent)
  const [thread] = first ? await withReplies(ctx, page.id, [first]) : []
  // What nobody but its author ever saw has no address.
  const isStub = first?.wasPublic === 1 && first.state !== "spam"
  if (!thread || (!thread.comment && !isStub && thread.replies.length === 0)) throw notFound("comment")
  return thread
}

async function withReplies(ctx: Context, page: string, firsts: readonly CommentRow[]): Promise<Thread[]> {
  const replies = await listReplies(ctx.db.read, page, firsts.map(({ id }) => id), REPLIES)
  return firsts.map((first) => ({ ...placeAt(first), replies: replies.filter(({ parent }) => parent === first.id).map(placeAt) }))
}

function placeAt(row: CommentRow): Place {
  if (row.state === "published") return { id: row.id, comment: commentOf(row), gone: null }
  const gone = row.withdrawnAt !== null ? "withdrawn" : row.state === "held" && row.wasPublic === 1 ? "waiting" : "removed"
  return { id: row.id, comment: null, gone }
}

/** A comment as it is shown: of a hidden one, that it is and why. */
export function commentOf(row: CommentRow): Comment {
  const { id, page, parent, name, state, createdAt, hidden, correctedAt, resolvedBy } = row
  return {
    id,
    page,
    parent,
    name: hidden === null ? name : HIDDEN_NAME,
    isMember: row.authorId !== null && hidden === null,
    isByKnowable: row.authorId !== null || row.authorKey !== null,
    html: hidden === null ? toHtml(commentSchema.nodeFromJSON(JSON.parse(row.body))) : hiddenHtml(hidden),
    isHidden: hidden !== null,
    state,
    reasons: JSON.parse(row.reasons) as string[],
    createdAt,
    version: Number(row.corrections) + 1,
    correctedAt,
    resolvedBy,
  }
}

function hiddenHtml(reason: string): string {
  const words = `This comment was hidden by a moderator: ${reason}`
  return toHtml(commentSchema.node("doc", null, commentSchema.node("paragraph", null, commentSchema.text(words))))
}

function placeOf(cursor: string | undefined): { createdAt: string; id: string } | undefined {
  if (cursor === undefined) return undefined
  const [createdAt, id] = readCursor(cursor, 2)
  return { createdAt: createdAt!, id: id! }
}

function cursorOf({ createdAt, id }: CommentRow): string {
  return writeCursor([createdAt, id])
}
