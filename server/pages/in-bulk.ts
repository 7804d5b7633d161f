import type { Node } from "prosemirror-model"
import { slugOf } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import type { Transaction } from "../storage/database.ts"
import type { User } from "../web/viewer.ts"
import { appendRevision, refuseTakenTitle, saveOnTop, type Text } from "./append.ts"
import { type Kind, type Page, type PageAt, readSummary, readTitle, regionOf, titleKey } from "./model.ts"
import { insertPage, isSlugTaken } from "./store.ts"

/**
 * Starts a page inside a transaction that makes many. The caller has checked and screened the document, whose blocks have ids.
 * Throws `invalid`, or `conflict` when the title is taken.
 */
export async function beginPage(ctx: Context, tx: Transaction, author: User, text: Text & { kind: Kind; slug?: string }): Promise<PageAt> {
  const title = readTitle(text.title)
  const summary = readSummary(text.summary)
  await refuseTakenTitle(tx, title)
  const now = ctx.clock().toISOString()
  const page: Page = {
    id: ctx.ids(),
    slug: await freeSlug(tx, text.slug ?? slugOf(title)),
    title,
    kind: text.kind,
    region: regionOf(text.doc),
    revision: 1,
    protection: "open",
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  await insertPage(tx, page, titleKey(title))
  const revision = await appendRevision(tx, page, null, { number: 1, title, doc: text.doc, author, summary, now })
  await ctx.publish(tx, { type: "page.created", page: page.id, actor: author.id, subject: "1" })
  return { page, revision, doc: text.doc }
}

/** Puts a revision on top of `head` inside a transaction that makes many. Throws `conflict` when somebody was quicker. */
export async function putRevision(ctx: Context, tx: Transaction, author: User, head: PageAt, doc: Node, summary: string): Promise<PageAt> {
  return saveOnTop(ctx, tx, author, head, { title: head.revision.title, doc, summary: readSummary(summary) }, "page.saved")
}

async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  let slug = wanted
  for (let count = 2; await isSlugTaken(tx, slug); count++) slug = `${wanted}-${count}`
  return slug
}
