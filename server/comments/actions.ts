import { toHtml } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import { findLivePage, readPage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Transaction } from "../storage/database.ts"
import type { Viewer } from "../web/viewer.ts"
import { editKeyOf } from "./corrections/key.ts"
import { type Draft, readDraft, reasonsToWait, type Typed } from "./draft.ts"
import { type Comment, isId } from "./model.ts"
import { readQuote, type TypedQuote } from "./quotes/actions.ts"
import { insertQuote, listQuotes } from "./quotes/store.ts"
import { commentOf } from "./reading.ts"
import { keepWish } from "./replies/actions.ts"
import { requireOpen } from "./settings/actions.ts"
import { findComment, findTwin, insertComment, type NewRow } from "./store.ts"

export { approveAuthor } from "./approving.ts"
export { decideComment, decided, readCommentQueue, readQueuedComment, screenedReason, undecideComment } from "./deciding.ts"
export { readComments, readThread, readThreads } from "./reading.ts"
export { purgeComment, readCommentText, readFormerText } from "./removing.ts"
export { corrections } from "./store.ts"

/** On slow connections people press the button twice: the same words again within this time are the same comment. */
const TWICE = 10 * 60_000

export interface NewComment extends Typed {
  slug: string
  /** The comment it answers. */
  parent?: string
  /** What of the page it speaks of. */
  quote?: TypedQuote
  /** The secret in the browser of a guest, who may correct the comment with it for a while; a hash of it is stored. */
  key?: string
}

/**
 * Posts a comment: published at once by people known here, held for a moderator otherwise; its `state` tells. Throws `invalid`
 * with a problem for each wrong field, `not-found`, `gone`, and `forbidden` where the page takes no comments.
 */
export async function postComment(ctx: Context, viewer: Viewer, input: NewComment): Promise<{ comment: Comment; page: Page }> {
  const page = await readPage(ctx, viewer, input.slug)
  if (page.deletedAt) throw new AppError("gone", "This page was deleted. It takes no comments.")
  await requireOpen(ctx, page)
  await ctx.admit(ctx, ctx.db.read, viewer, "comment", page.id)
  const draft = await readDraft(ctx, viewer, page, input)
  const quote = await readQuote(ctx.db.read, page, input.quote)
  const comment = await ctx.db.write(async (tx) => {
    if (!(await findLivePage(tx, page.id))) throw new AppError("gone", "This page was deleted in the meantime.")
    return keepComment(ctx, tx, viewer, page, { ...draft, parent: input.parent || null, key: input.key, quote })
  })
  return { comment, page }
}

/** What a comment would look like, and what is wrong with it. Throws `invalid` as `postComment` does; stores nothing. */
export async function previewComment(ctx: Context, viewer: Viewer, input: NewComment): Promise<{ html: string; warnings: string[] }> {
  const page = await readPage(ctx, viewer, input.slug)
  const { doc, warnings } = await readDraft(ctx, viewer, page, input)
  await readQuote(ctx.db.read, page, input.quote)
  return { html: toHtml(doc), warnings }
}

type Placed = Draft & { parent: string | null; key?: string; quote: Awaited<ReturnType<typeof readQuote>> }

async function keepComment(ctx: Context, tx: Transaction, viewer: Viewer, page: Page, draft: Placed): Promise<Comment> {
  const now = ctx.clock()
  const reasons = await reasonsToWait(ctx, tx, viewer, page, draft)
  const id = ctx.ids()
  const row: NewRow = {
    id,
    page: page.id,
    parent: await threadOf(tx, page, draft.parent),
    authorId: draft.authorId,
    name: draft.name,
    body: JSON.stringify(draft.doc.toJSON()),
    authorKey: draft.authorKey,
    editKey: draft.authorId === null && draft.key ? editKeyOf(ctx, id, draft.key) : null,
    state: reasons.length === 0 ? "published" : "held",
    reasons: JSON.stringify(reasons),
    createdAt: now.toISOString(),
  }
  const twin = await findTwin(tx, row, new Date(now.getTime() - TWICE).toISOString())
  if (twin && (await isOf(tx, twin.id, draft.quote))) return commentOf(twin)
  await insertComment(tx, row)
  if (draft.repliesTo !== null) await keepWish(tx, { comment: id, email: draft.repliesTo || null, createdAt: row.createdAt })
  if (draft.quote) await insertQuote(tx, page.id, { ...draft.quote, comment: id })
  // Who waits is nobody's business: the event of a held comment names no person.
  const event = row.state === "held" ? { type: "comment.held" as const } : { type: "comment.posted" as const, actor: draft.authorId }
  await ctx.publish(tx, { ...event, page: page.id, subject: row.id })
  return commentOf((await findComment(tx, id))!)
}

/** Whether a comment speaks of these words of the page, or of none where they are null. */
async function isOf(tx: Transaction, comment: string, quote: Placed["quote"]): Promise<boolean> {
  const [kept] = await listQuotes(tx, [comment])
  return kept?.block === quote?.block && kept?.exact === quote?.exact
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
