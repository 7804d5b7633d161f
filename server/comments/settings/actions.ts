import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import { readPage } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { isAtLeast, type Viewer } from "../../web/viewer.ts"
import { requireModerator } from "../model.ts"
import { type Rules, rulesOf, type Setting } from "./model.ts"
import { type ApprovedAuthor, deleteAuthor, findSettings, keepSetting, listAuthors, SITE } from "./store.ts"

/** Approved authors shown at once. */
const SHOWN = 200

/** What holds for comments on a page today. */
export async function readRules(ctx: Context, db: Reader | Transaction, page: Pick<Page, "id" | "createdAt">): Promise<Rules> {
  const settings = await findSettings(db, page.id)
  return rulesOf(settings.site, settings.page, page.createdAt, ctx.clock().toISOString().slice(0, 10))
}

/** Throws `forbidden` where the page takes no comments (any more). */
export async function requireOpen(ctx: Context, page: Page): Promise<void> {
  const { isOpen } = await readRules(ctx, ctx.db.read, page)
  if (!isOpen) throw new AppError("forbidden", "Comments on this page are closed. What you wrote was not sent.")
}

/** What the page about comments is made of, for the site or one page. */
export interface CommentSettings {
  page: Page | null
  site: Setting
  own: Setting
  authors: ApprovedAuthor[]
  /** The site's settings are the operator's; those of a page are any moderator's. */
  mayChange: boolean
}

/** Throws as `requireModerator` does, and `not-found`. */
export async function readCommentSettings(ctx: Context, viewer: Viewer, slug: string | null): Promise<CommentSettings> {
  requireModerator(viewer)
  const page = slug === null ? null : await readPage(ctx, viewer, slug)
  const { site, page: own } = await findSettings(ctx.db.read, page?.id ?? SITE)
  const authors = page ? [] : await listAuthors(ctx.db.read, SHOWN)
  return { page, site, own, authors, mayChange: page !== null || isAtLeast(viewer, "administrator") }
}

/** Decides whose comments wait and which pages take any, for the site or one page, those that are there included. Throws `forbidden`, `not-found`. */
export async function changeCommentSettings(ctx: Context, viewer: Viewer, slug: string | null, setting: Setting): Promise<void> {
  const moderator = requireModerator(viewer)
  if (slug === null && !isAtLeast(viewer, "administrator")) throw new AppError("forbidden", "Only administrators decide this for the site.")
  const page = slug === null ? null : await readPage(ctx, viewer, slug)
  const scope = page?.id ?? SITE
  await ctx.db.write(async (tx) => {
    const found = await findSettings(tx, scope)
    if (JSON.stringify(page ? found.page : found.site) === JSON.stringify(setting)) return
    await keepSetting(tx, scope, setting)
    const { waiting, opening, days } = setting
    const detail = { ...(waiting && { waiting }), ...(opening && { opening }), ...(days && { days }) }
    await ctx.publish(tx, { type: "comments.switched", ...(page && { page: page.id }), actor: moderator.id, detail })
  })
}

/** From now on this author waits as others do; what is published stays. Throws `not-found`. */
export async function disapproveAuthor(ctx: Context, viewer: Viewer, id: string): Promise<void> {
  const moderator = requireModerator(viewer)
  await ctx.db.write(async (tx) => {
    if (!(await deleteAuthor(tx, id))) throw notFound("approved author")
    await ctx.publish(tx, { type: "comment.author-approved", actor: moderator.id, subject: id, detail: { approved: 0 } })
  })
}
