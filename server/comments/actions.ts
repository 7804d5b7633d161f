import type { Node } from "prosemirror-model"
import { commentSchema, toHtml, toText, writtenText } from "../../editor/document/index.ts"
import { findAccount } from "../accounts/actions.ts"
import { gather, readEmail } from "../accounts/model.ts"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import { findLivePage, readPage, readRevision } from "../pages/actions.ts"
import { HIDDEN_NAME } from "../pages/redactions/model.ts"
import type { Page } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import { formDoubts, type FormProof } from "../web/form-proof.ts"
import type { Viewer } from "../web/viewer.ts"
import { endWish, keepWish } from "./replies/actions.ts"
import {
  canModerate,
  type Comment,
  countLinks,
  isId,
  MOST_LINKS,
  readBody,
  readName,
  readReason,
  requireModerator,
  SOURCE_LENGTHS,
  type State,
  stateAfter,
  type Thread,
  type Verdict,
} from "./model.ts"
import {
  type CommentRow,
  countPublished,
  emptyComment,
  findComment,
  findDecider,
  findTwin,
  hasPublished,
  hasRevision,
  insertComment,
  listByState,
  listPublished,
  listReplies,
  listThreads,
  moveComment,
  type QueueFilter,
} from "./store.ts"

/** Shorter runs of a text stand in too many others. */
const SHORTEST_TRACE = 12
/** Threads under a page; older ones are a click away. */
const THREADS = 50
/** More answers than people write; a page stays a page. */
const REPLIES = 1_000
/** On slow connections people press the button twice: the same words again within this time are the same comment. */
const TWICE = 10 * 60_000

export interface NewComment {
  slug: string
  /** A guest's name; people who are logged in comment as themselves. */
  name: string
  /** Only to know a guest again; stored when answers are wanted by mail, and not otherwise. */
  email?: string
  /** Whether answers are wanted by mail. */
  replies?: boolean
  /** Text with the tags of `commentFromHtml`. */
  body: string
  /** The comment it answers. */
  parent?: string
  /** What stood in the field that people do not see. */
  trap?: string
  /** What the form says of itself; a guest who sent none is taken at their word by whoever calls this. */
  proof?: FormProof
}

/**
 * Posts a comment: published at once by people known here, held for a moderator otherwise; its `state` tells. Throws `invalid`
 * with a problem for each wrong field, `not-found`, `gone`.
 */
export async function postComment(ctx: Context, viewer: Viewer, input: NewComment): Promise<{ comment: Comment; page: Page }> {
  const page = await readPage(ctx, viewer, input.slug)
  if (page.deletedAt) throw new AppError("gone", "This page was deleted. It takes no comments.")
  await ctx.admit(ctx, ctx.db.read, viewer, "comment", page.id)
  const draft = await readDraft(ctx, viewer, page, input)
  const row = await ctx.db.write(async (tx) => {
    if (!(await findLivePage(tx, page.id))) throw new AppError("gone", "This page was deleted in the meantime.")
    return keepComment(ctx, tx, viewer, page, draft)
  })
  return { comment: commentOf(row), page }
}

/** What a comment would look like, and what is wrong with it. Throws `invalid` as `postComment` does; stores nothing. */
export async function previewComment(ctx: Context, viewer: Viewer, input: NewComment): Promise<{ html: string; warnings: string[] }> {
  const page = await readPage(ctx, viewer, input.slug)
  const { doc, warnings } = await readDraft(ctx, viewer, page, input)
  return { html: toHtml(doc), warnings }
}

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

/** The newest threads of a page, in the order they began; `older` leads to those before. */
export async function readThreads(
  ctx: Context,
  page: Pick<Page, "id">,
  { before }: { before?: string } = {},
): Promise<{ threads: Thread[]; older: string | null; count: number }> {
  const rows = await listThreads(ctx.db.read, page.id, { before: placeOf(before), limit: THREADS + 1 })
  const shown = rows.slice(0, THREADS)
  const threads = await withReplies(ctx, page.id, shown)
  const older = rows.length > THREADS ? cursorOf(shown.at(-1)!) : null
  return { threads: threads.reverse(), older, count: await countPublished(ctx.db.read, page.id) }
}

/** The thread that a comment of this page began or stands in. Throws `not-found`. */
export async function readThread(ctx: Context, page: Pick<Page, "id">, id: string): Promise<Thread> {
  const row = isId(id) ? await findComment(ctx.db.read, id) : undefined
  if (!row || row.page !== page.id) throw notFound("comment")
  const first = row.parent === null ? row : await findComment(ctx.db.read, row.parent)
  const [thread] = first ? await withReplies(ctx, page.id, [first]) : []
  if (!thread || (!thread.comment && thread.replies.length === 0)) throw notFound("comment")
  return thread
}

/** Comments that wait for a moderator, or were published, on the whole site, newest first. Throws as `requireModerator` does. */
export async function readCommentQueue(ctx: Context, viewer: Viewer, filter: QueueFilter): Promise<Comment[]> {
  requireModerator(viewer)
  return (await listByState(ctx.db.read, filter)).map(commentOf)
}

/** One comment of the queue. Undefined when it is not in this state. Throws as `requireModerator` does. */
export async function readQueuedComment(ctx: Context, viewer: Viewer, id: string, state: State): Promise<Comment | undefined> {
  requireModerator(viewer)
  const row = isId(id) ? await findComment(ctx.db.read, id) : undefined
  return row?.state === state ? commentOf(row) : undefined
}

/**
 * Publishes a comment that waits, or refuses it; or takes a published one away. Throws `unauthenticated`, `forbidden`, `invalid`,
 * `not-found`, and `conflict` when it is not in the state that the moderator saw.
 */
export async function decideComment(ctx: Context, viewer: Viewer, id: string, verdict: Verdict): Promise<Comment> {
  const moderator = requireModerator(viewer)
  const reason = screenedReason(ctx, verdict)
  const from = verdict.state ?? "held"
  const to = stateAfter(verdict)
  const row = await ctx.db.write(async (tx) => {
    const found = (await findComment(tx, id)) ?? missing()
    const moved = from !== to && (await moveComment(tx, id, { from, to, by: moderator.id, now: ctx.clock().toISOString() }))
    if (!moved) throw decided(found.state, await findDecider(tx, id))
    const type = to === "published" ? "comment.published" : "comment.refused"
    const detail = { state: to, ...(from === "published" && { from }), ...(reason && { reason }) }
    await ctx.publish(tx, { type, page: found.page, actor: moderator.id, subject: id, detail })
    return { ...found, state: to }
  })
  return commentOf(row)
}

/** Takes a decision back: the comment is again as it was before. Throws `conflict` when somebody has decided anew since. */
export async function undecideComment(ctx: Context, viewer: Viewer, id: string, { from, to }: { from: State; to: State }): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    const found = (await findComment(tx, id)) ?? missing()
    const moved = await moveComment(tx, id, { from: to, to: from, by: moderator.id, now: ctx.clock().toISOString() })
    if (!moved) throw decided(found.state, await findDecider(tx, id))
    await ctx.publish(tx, { type: "decision.undone", page: found.page, actor: moderator.id, subject: id, detail: { kind: "comment" } })
  })
}

/** A moderator's reason, which the log shows: no personal data in it. Throws `invalid`. */
export function screenedReason(ctx: Context, { reason: raw = "" }: { reason?: string }): string {
  const reason = readReason(raw)
  const { reasons } = ctx.screen({ kind: "comment", fields: { reason } })
  if (reasons.length === 0) return reason
  throw invalid("reason", `The reason is public on the log, and this one ${reasons[0]}. Please leave it out.`)
}

/** What a second decision about the same thing is told. */
export function decided(state: string, by: string | undefined): AppError {
  const what = { published: "published", held: "still waiting", refused: "refused", spam: "marked as spam" }[state] ?? state
  return new AppError("conflict", `This is ${what} already${by ? `, by ${by}` : ""}. Nothing was changed.`)
}

/** The page and the text of a comment, hidden or not: for moderators who look at what was hidden. */
export async function readCommentText(
  db: Reader | Transaction,
  id: string,
): Promise<{ page: string; isPublished: boolean; isHidden: boolean; text: string } | undefined> {
  const row = await findComment(db, id)
  const isHidden = (row?.hidden ?? null) !== null
  return row && { page: row.page, isPublished: row.state === "published" && !isHidden, isHidden, text: `${row.name}: ${toText(commentSchema.nodeFromJSON(JSON.parse(row.body)))}` }
}

/** Empties a comment that is removed for good; returns the longer runs of its text, which may stand elsewhere as well. */
export async function purgeComment(tx: Transaction, id: string): Promise<string[]> {
  const row = await findComment(tx, id)
  if (!row) return []
  const texts: string[] = []
  commentSchema.nodeFromJSON(JSON.parse(row.body)).descendants((node) => {
    if (node.isText && node.text!.length >= SHORTEST_TRACE) texts.push(node.text!)
  })
  await endWish(tx, id)
  await emptyComment(tx, id, JSON.stringify(commentSchema.node("doc", null, commentSchema.node("paragraph")).toJSON()))
  return texts
}

interface Draft {
  doc: Node
  warnings: string[]
  name: string
  authorId: string | null
  authorKey: string | null
  /** Where a guest wants answers by mail; "" for somebody with an account who does. */
  repliesTo: string | null
  parent: string | null
  /** Why it should wait, whoever wrote it. */
  doubts: string[]
}

async function readDraft(ctx: Context, viewer: Viewer, page: Page, input: NewComment): Promise<Draft> {
  const { revision, doc: text } = await readRevision(ctx.db.read, page)
  const published = `${revision.title}\n${toText(text)}`
  const doubts = new Set<string>()
  const look = (fields: Record<string, string>) =>
    ctx.screen({ kind: "comment", fields, published }).reasons.forEach((reason) => doubts.add(reason))
  let name = viewer.name
  let email: string | null = null
  let read: ReturnType<typeof readBody> | undefined
  const problems = gather(
    () => viewer.id === null && (name = readName(input.name)),
    () => viewer.id === null && (email = readEmail(input.email ?? "")),
    () => refuseNowhere(viewer, input),
    () => viewer.id === null && look({ name: input.name.slice(0, SOURCE_LENGTHS.name) }),
    // As typed, so that the place can be marked; then as it will be read, with what the tags hid.
    () => look({ body: input.body.slice(0, SOURCE_LENGTHS.body) }),
    () => look({ body: writtenText((read = readBody(input.body)).doc) }),
  )
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems: distinct(problems) })
  const { doc, warnings } = read!
  if (input.trap) doubts.add("fills a field that people do not see")
  if (viewer.id === null) for (const doubt of await guestDoubts(ctx, name, doc)) doubts.add(doubt)
  if (viewer.id === null && input.proof) for (const doubt of formDoubts(ctx.keyed, ctx.clock(), input.proof, input.body)) doubts.add(doubt)
  for (const doubt of await ctx.doubt(ctx.db.read, `${name}: ${writtenText(doc)}`)) doubts.add(doubt)
  const authorKey = viewer.id === null && email ? keyOf(ctx, name, email) : null
  return { doc, warnings, name, authorId: viewer.id, authorKey, repliesTo: input.replies ? (email ?? "") : null, parent: input.parent || null, doubts: [...doubts] }
}

function refuseNowhere(viewer: Viewer, { replies, email = "" }: NewComment): void {
  if (viewer.id === null && replies && !email.trim()) throw invalid("email", "To be told of answers by mail, give an address.")
}

/** One problem for each field and message: the body is looked at twice. */
function distinct<Problem extends { field: string; message: string }>(problems: Problem[]): Problem[] {
  return problems.filter((one, at) => problems.findIndex((other) => other.field === one.field && other.message === one.message) === at)
}

async function guestDoubts(ctx: Context, name: string, doc: Node): Promise<string[]> {
  const doubts: string[] = []
  if (countLinks(doc) > MOST_LINKS) doubts.push(`has more than ${MOST_LINKS} links`)
  const isTaken = await findAccount(ctx, name).then(
    () => true,
    () => false,
  )
  if (isTaken) doubts.push("uses the name of somebody with an account")
  return doubts
}

// The mail address itself is kept nowhere: a hash with the site's key tells whether it is the same person again.
function keyOf(ctx: Context, name: string, email: string): string {
  return ctx.keyed(`guest\n${name.normalize("NFKC").toLowerCase()}\n${email.toLowerCase()}`)
}

async function keepComment(ctx: Context, tx: Transaction, viewer: Viewer, page: Page, draft: Draft): Promise<CommentRow> {
  const now = ctx.clock()
  const reasons = canModerate(viewer) ? [] : [...(await strangeness(tx, draft)), ...draft.doubts]
  const row: CommentRow = {
    id: ctx.ids(),
    page: page.id,
    parent: await threadOf(tx, page, draft.parent),
    authorId: draft.authorId,
    name: draft.name,
    body: JSON.stringify(draft.doc.toJSON()),
    state: reasons.length === 0 ? "published" : "held",
    reasons: JSON.stringify(reasons),
    createdAt: now.toISOString(),
  }
  const twin = await findTwin(tx, row, new Date(now.getTime() - TWICE).toISOString())
  if (twin) return twin
  await insertComment(tx, { ...row, authorKey: draft.authorKey })
  if (draft.repliesTo !== null) await keepWish(tx, { comment: row.id, email: draft.repliesTo || null, createdAt: row.createdAt })
  // Who waits is nobody's business: the event of a held comment names no person.
  const event = row.state === "held" ? { type: "comment.held" as const } : { type: "comment.posted" as const, actor: draft.authorId }
  await ctx.publish(tx, { ...event, page: page.id, subject: row.id })
  return row
}

/** Why this person is not known here yet; nothing for somebody who is. */
async function strangeness(tx: Transaction, { authorId, authorKey }: Draft): Promise<string[]> {
  if (authorId !== null) {
    const isKnown = (await hasPublished(tx, { authorId })) || (await hasRevision(tx, authorId))
    return isKnown ? [] : ["is the first comment of this account"]
  }
  if (authorKey === null) return ["is by a guest without a mail address"]
  return (await hasPublished(tx, { authorKey })) ? [] : ["is the first comment of this guest"]
}

// An answer to an answer joins the same thread.
async function threadOf(tx: Transaction, page: Page, parent: string | null): Promise<string | null> {
  if (parent === null) return null
  const found = isId(parent) ? await findComment(tx, parent) : undefined
  if (!found || found.page !== page.id || found.state !== "published") {
    throw invalid("parent", "The comment you answer is not there any more. You can post yours as a new one.")
  }
  return found.parent ?? found.id
}

async function withReplies(ctx: Context, page: string, firsts: readonly CommentRow[]): Promise<Thread[]> {
  const replies = await listReplies(ctx.db.read, page, firsts.map(({ id }) => id), REPLIES)
  return firsts.map((first) => ({
    id: first.id,
    comment: first.state === "published" ? commentOf(first) : null,
    replies: replies.filter(({ parent }) => parent === first.id).map(commentOf),
  }))
}

function commentOf(row: CommentRow): Comment {
  const { id, page, parent, name, state, createdAt, hidden = null } = row
  return {
    id,
    page,
    parent,
    name: hidden === null ? name : HIDDEN_NAME,
    isMember: row.authorId !== null && hidden === null,
    html: hidden === null ? toHtml(commentSchema.nodeFromJSON(JSON.parse(row.body))) : hiddenHtml(hidden),
    isHidden: hidden !== null,
    state,
    reasons: JSON.parse(row.reasons) as string[],
    createdAt,
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

function missing(): never {
  throw notFound("comment")
}
