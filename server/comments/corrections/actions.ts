import { commentSchema, commentSource, diffDocuments, diffHtml, fromText } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import { readPage } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import type { Transaction } from "../../storage/database.ts"
import { visitor } from "../../web/viewer.ts"
import { readDraft, reasonsToWait, type Typed } from "../draft.ts"
import { type Comment, isId } from "../model.ts"
import { commentOf } from "../reading.ts"
import { eraseWords } from "../removing.ts"
import { type CommentRow, findComment, listOwn, markWithdrawn, replaceWords } from "../store.ts"
import { type Asker, GUESTS_CORRECT, isOwn, until } from "./key.ts"
import { keepVersion, listVersions } from "./store.ts"

/** A comment for who wrote it. */
export interface OwnComment {
  comment: Comment
  /** As it would be typed. */
  source: string
  /** When the author's time to change it ends; null for people with an account, whose time does not. */
  until: string | null
}

/** Comments of one person shown to them above the form. */
const SHOWN = 20
/** Guests who comment on one page within the time they have. */
const MOST_GUESTS = 300

/** What the asker wrote on a page and may change, newest first. */
export async function readOwnComments(ctx: Context, asker: Asker, page: Pick<Page, "id">): Promise<OwnComment[]> {
  const { viewer, key } = asker
  const since = new Date(ctx.clock().getTime() - GUESTS_CORRECT).toISOString()
  const byAccount = viewer.id === null ? [] : await listOwn(ctx.db.read, page.id, { authorId: viewer.id }, SHOWN)
  const byKey = key === undefined ? [] : await listOwn(ctx.db.read, page.id, { since }, MOST_GUESTS)
  return [...byAccount, ...byKey].filter((row) => row.hidden === null && isOwn(ctx, asker, row)).slice(0, SHOWN).map(ownOf)
}

/** One comment for who wrote it. Throws `not-found` for everybody else, and when its time is over. */
export async function readOwnComment(ctx: Context, asker: Asker, slug: string, id: string): Promise<OwnComment & { page: Page }> {
  const page = await readPage(ctx, asker.viewer, slug)
  return { page, ...ownOf(await requireOwn(ctx, asker, page, id)) }
}

/**
 * Puts other words into a comment, as its author asks; what it said before is kept. They are looked through like new ones, and wait
 * when new ones would. Throws `invalid`, `forbidden`, `not-found`, `conflict`.
 */
export async function correctComment(ctx: Context, asker: Asker, slug: string, id: string, typed: Omit<Typed, "name" | "email">): Promise<{ comment: Comment; page: Page }> {
  const page = await readPage(ctx, asker.viewer, slug)
  const own = await requireOwn(ctx, asker, page, id)
  await ctx.admit(ctx, ctx.db.read, asker.viewer, "comment", page.id)
  const author = own.authorId === null ? visitor : asker.viewer
  const draft = { ...(await readDraft(ctx, author, page, { ...typed, name: own.name })), authorKey: own.authorKey }
  const body = JSON.stringify(draft.doc.toJSON())
  if (body === own.body) return { comment: commentOf(own), page }
  const row = await ctx.db.write(async (tx) => {
    const reasons = await reasonsToWait(ctx, tx, author, page, draft)
    const state = reasons.length === 0 ? "published" : "held"
    if (!(await replaceWords(tx, id, own.body, { body, state, reasons: JSON.stringify(reasons) }))) throw overtaken()
    const replacedAt = ctx.clock().toISOString()
    await keepVersion(tx, id, { number: Number(own.corrections) + 1, body: own.body, replacedAt, wasPublic: own.state === "published" })
    await tell(ctx, tx, own, state)
    return (await findComment(tx, id))!
  })
  return { comment: commentOf(row), page }
}

/** Takes a comment back, as its author asks: its words are gone for good, and a stub stays where readers saw it. Throws as `correctComment`. */
export async function withdrawComment(ctx: Context, asker: Asker, slug: string, id: string): Promise<Page> {
  const page = await readPage(ctx, asker.viewer, slug)
  await requireOwn(ctx, asker, page, id)
  await ctx.db.write(async (tx) => {
    if (!(await markWithdrawn(tx, id, ctx.clock().toISOString()))) throw overtaken()
    // Before the words go: whoever learned from them has to forget them.
    await ctx.publish(tx, { type: "comment.withdrawn", page: page.id, subject: id })
    await eraseWords(tx, id)
  })
  return page
}

/** What changed each time that readers saw a comment change, newest first. Throws `not-found` for one that is not published or is hidden. */
export async function readCorrections(ctx: Context, page: Page, id: string): Promise<{ comment: Comment; changes: { at: string; html: string }[] }> {
  const row = isId(id) ? await findComment(ctx.db.read, id) : undefined
  if (!row || row.page !== page.id || row.state !== "published" || row.hidden !== null) throw notFound("comment")
  const versions = await listVersions(ctx.db.read, id, { isPublic: true })
  const texts = [...versions.map(({ body }) => body), row.body].map((body) => fromText(sourceOf(body)).doc)
  const changes = versions.map(({ replacedAt }, at) => ({ at: replacedAt, html: diffHtml(diffDocuments(texts[at]!, texts[at + 1]!), "inline", { prefix: `${at}-` }) }))
  return { comment: commentOf(row), changes: changes.reverse() }
}

async function requireOwn(ctx: Context, asker: Asker, page: Page, id: string): Promise<CommentRow> {
  const row = isId(id) ? await findComment(ctx.db.read, id) : undefined
  const isThere = row && row.page === page.id && (row.state === "published" || row.state === "held") && row.hidden === null
  if (!isThere || !isOwn(ctx, asker, row)) {
    throw new AppError("not-found", "You cannot change this comment: it is not yours, it is gone, or the half hour in which guests change theirs is over.")
  }
  return row
}

// What waits is nobody's business: only what readers see change is told, and by whom only where the name stands there.
async function tell(ctx: Context, tx: Transaction, { id, page, authorId, state: before }: CommentRow, state: "published" | "held"): Promise<void> {
  const about = { page, subject: id }
  if (before === "published") await ctx.publish(tx, { type: "comment.corrected", ...about, detail: { state } })
  else if (state === "held") await ctx.publish(tx, { type: "comment.held", ...about })
  else await ctx.publish(tx, { type: "comment.posted", actor: authorId, ...about })
}

function ownOf(row: CommentRow): OwnComment {
  return { comment: commentOf(row), source: sourceOf(row.body), until: row.authorId === null ? until(row) : null }
}

function sourceOf(body: string): string {
  return commentSource(commentSchema.nodeFromJSON(JSON.parse(body)))
}

function overtaken(): AppError {
  return new AppError("conflict", "This comment was changed in another window, or a moderator decided about it. Look at it again.")
}
