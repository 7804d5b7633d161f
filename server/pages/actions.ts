import type { Context } from "../context.ts"
import { ensureIds, mergeDocuments, slugOf, uncheckEdited, writtenText } from "../../editor/document/index.ts"
import { AppError } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { appendRevision, refuseTakenTitle, saveOnTop, type Text } from "./append.ts"
import { type DraftNamed, keepAttempt } from "./attempts/keeping.ts"
import { type DocumentInput, newBlocks, readDocument } from "./documents.ts"
import { draftKey } from "./drafts/model.ts"
import { clearDraft } from "./drafts/store.ts"
import { canDelete, isSame, type Kind, type Page, type PageAt, readSlug, readSummary, readTitle, regionOf, titleKey } from "./model.ts"
import { readPage, readRevision } from "./reading.ts"
import { requireEditor, requireLive, stale } from "./requiring.ts"
import { findPage, insertPage, insertSlug, isSlugTaken, putProtection, putProtectionOfOthers, setDeleted, setSlug } from "./store.ts"

export { type PageAuthorship, readAuthorship, rebuildAuthorship } from "./authorship/actions.ts"
export { packBlocks } from "./blocks/compact.ts"
export { countBlocks, readBlocks } from "./blocks/store.ts"
export { readKeys } from "./key-list.ts"
export { revisionHash, type SealedPart, withheldParts, withhold } from "./seal.ts"
export { type Decision, readDecisions } from "./decisions.ts"
export { newBlocks, publicText, readDocument, sharing, type DocumentInput, type ReadDocument } from "./documents.ts"
export { beginPage, putRevision } from "./in-bulk.ts"
export { carryOut, planPart, planUndo, type Return, returnTo, type Returned } from "./returning.ts"
export { changedFact, textOfFact } from "./fact-form/form.ts"
export { leftAlone } from "./left-alone.ts"
export { requireLive } from "./requiring.ts"
export { findLivePage, freeTitle, readAdditions, readBoth, readPage, readPages, readRevision, readRevisions, readUncovered, readTurns } from "./reading.ts"

export interface CreatePage extends DocumentInput {
  title: string
  slug?: string
  kind: Kind
  summary?: string
  /** The author's draft that the text continues; it has served its purpose. */
  draftKey?: string
  draft?: number
}

/** Starts a page with its first revision. Throws `forbidden`, `invalid`, or `conflict` when the title or slug is taken. */
export async function createPage(ctx: Context, viewer: Viewer, input: CreatePage): Promise<PageAt & { warnings: string[] }> {
  const author = requireEditor(viewer, null)
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", null)
  const title = readTitle(input.title)
  const summary = readSummary(input.summary ?? "")
  const slug = input.slug ? readSlug(input.slug) : undefined
  const read = readDocument(input, null)
  const doc = ensureIds(read.doc, ctx.ids)
  ctx.screen({ kind: "edit", fields: { title, slug: slug ?? "", text: writtenText(doc), summary } })
  const now = ctx.clock().toISOString()
  const at = await ctx.db.write(async (tx) => {
    const protection = await ctx.review.start(ctx, tx, author, { title, doc, summary })
    await refuseTakenTitle(tx, title)
    const page: Page = {
      id: ctx.ids(),
      slug: slug === undefined ? await freeSlug(tx, slugOf(title)) : await requireFreeSlug(tx, slug),
      title,
      kind: input.kind,
      region: regionOf(doc),
      revision: 1,
      protection,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    }
    await insertPage(tx, page, titleKey(title))
    const revision = await appendRevision(tx, page, null, { number: 1, title, doc, author, summary, now })
    if (input.draftKey !== undefined) await clearDraft(tx, author.id, input.draftKey, input.draft ?? 0)
    await ctx.publish(tx, { type: "page.created", page: page.id, actor: author.id, subject: "1" })
    return { page, revision, doc }
  })
  return { ...at, warnings: read.warnings }
}

export interface SavePage extends DocumentInput {
  slug: string
  /** The number of the revision the text was made from. */
  base: number
  title?: string
  summary?: string
  /** The numbers of the revisions that it takes back. */
  undoes?: readonly number[]
  /** The version of the author's draft that the text continues: once saved, drafts up to it are gone. */
  draft?: number
  /** The section that the draft was of, where the text is the whole page again. */
  draftSection?: string
}

export interface Saved extends PageAt {
  /** Whether somebody else had saved since `base` and both texts were joined. */
  merged: boolean
  /** Whether there was nothing to save, so that no revision was made. */
  unchanged: boolean
  warnings: string[]
  /** Set when the text waits for a review: the id under which it is kept. The page is as it was before. */
  proposal?: string
}

/**
 * Saves a revision on top of the current one. When the page has moved on since `base`, disjoint changes are merged; colliding ones are
 * refused with `conflict`, the refused text kept as an attempt whose id is in the error's `extra` (DESIGN.md §2.4).
 * Throws `forbidden`, `invalid`, `not-found`, `gone`.
 */
export async function savePage(ctx: Context, viewer: Viewer, input: SavePage): Promise<Saved> {
  const page = await readPage(ctx, viewer, input.slug)
  const author = requireEditor(viewer, page)
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", page.id)
  if (page.deletedAt) throw new AppError("gone", "This page was deleted. Restore it before you edit it.")
  const base = await requireBase(ctx.db.read, page, input.base)
  const read = readDocument(input, base.doc)
  const mine: Text = {
    title: input.title === undefined ? base.revision.title : readTitle(input.title),
    doc: ensureIds(read.doc, ctx.ids),
    summary: readSummary(input.summary ?? ""),
    undoes: input.undoes,
  }
  ctx.screen({ kind: "edit", fields: { title: mine.title, text: writtenText(newBlocks(mine.doc, base.doc)), summary: mine.summary } })
  const { draft, draftSection = input.section } = input
  const outcome = await ctx.db.write(async (tx) => {
    const saved = await saveOrKeep(ctx, tx, author, base, mine, { draft, draftSection })
    if (!("refused" in saved) && draft !== undefined) await clearDraft(tx, author.id, draftKey(page.id, draftSection), draft)
    return saved
  })
  if ("refused" in outcome) throw outcome.refused
  return { ...outcome, warnings: read.warnings }
}

/** Makes an old revision current again, as a new one that names it. Throws as `savePage` does. */
export async function restorePage(
  ctx: Context,
  viewer: Viewer,
  input: { slug: string; number: number; base: number; summary?: string },
): Promise<Saved> {
  const page = await readPage(ctx, viewer, input.slug)
  const author = requireEditor(viewer, page)
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", page.id)
  const old = await readRevision(ctx.db.read, page, input.number)
  if (old.isTextHidden) throw new AppError("gone", "The text of that revision was hidden by a moderator. It cannot be made current again.")
  const summary = readSummary(input.summary ?? "") || `Restored revision ${input.number}`
  ctx.screen({ kind: "edit", fields: { summary } })
  return ctx.db.write(async (tx) => {
    const head = await readRevision(tx, await requireLive(tx, page.id))
    if (head.page.revision !== input.base) throw stale(head.page.revision)
    if (isSame(head, old.revision.title, old.doc)) return { ...head, merged: false, unchanged: true, warnings: [] }
    const proposal = await ctx.review.hold(ctx, tx, { author, page: head.page, base: head, title: old.revision.title, doc: old.doc, summary, restores: input.number })
    if (proposal) return { ...head, merged: false, unchanged: true, warnings: [], proposal }
    const text = { title: old.revision.title, doc: old.doc, summary, restores: input.number }
    const at = await saveOnTop(ctx, tx, author, head, text, "page.restored")
    return { ...at, merged: false, unchanged: false, warnings: [] }
  })
}

/**
 * Publishes a text that waited, inside the transaction of the decision: `author` wrote it, `others` had a part in what it became. Throws
 * `conflict` when the page is not at revision `base` any more, or its title is taken, and `gone`.
 */
export async function publishWaiting(
  ctx: Context,
  tx: Transaction,
  { pageId, base, author, ...text }: Text & { pageId: string; base: number; author: User },
): Promise<PageAt> {
  const head = await readRevision(tx, await requireLive(tx, pageId))
  if (head.page.revision !== base) throw stale(head.page.revision)
  if (isSame(head, text.title, text.doc)) return head
  return saveOnTop(ctx, tx, author, head, text, text.restores === undefined ? "page.saved" : "page.restored")
}

/** Shows a page's level of protection to everybody who reads it. What follows from it is decided elsewhere. */
export function setProtection(tx: Transaction, pageId: string, level: string): Promise<void> {
  return putProtection(tx, pageId, level)
}

/** The same for every page but these. */
export function setProtectionOfOthers(tx: Transaction, except: readonly string[], level: string): Promise<void> {
  return putProtectionOfOthers(tx, except, level)
}

/** Gives a page another slug; the old one redirects for ever. Throws `conflict` when it belongs to another page. */
export async function renamePage(ctx: Context, viewer: Viewer, input: { slug: string; newSlug: string }): Promise<Page> {
  const page = await readPage(ctx, viewer, input.slug)
  const author = requireEditor(viewer, page)
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", page.id)
  const slug = readSlug(input.newSlug)
  ctx.screen({ kind: "name", fields: { slug }, atOnce: true })
  return ctx.db.write(async (tx) => {
    const owner = await findPage(tx, slug)
    if (owner && owner.id !== page.id) throw takenSlug(slug)
    if (slug === page.slug) return page
    if (!(await ctx.review.mayPublish(ctx, tx, author, page))) {
      throw new AppError("forbidden", "On this page only people who are trusted change the address. You can ask for it in a comment.")
    }
    await insertSlug(tx, slug, page.id, ctx.clock().toISOString())
    await setSlug(tx, page.id, slug)
    await ctx.publish(tx, { type: "page.renamed", page: page.id, actor: author.id, subject: slug, detail: { from: page.slug } })
    return { ...page, slug }
  })
}

/** Takes a page from readers (410) or gives it back; its history stays. Throws `forbidden`. */
export async function setPageDeleted(ctx: Context, viewer: Viewer, input: { slug: string; deleted: boolean }): Promise<Page> {
  if (!canDelete(viewer)) throw new AppError("forbidden", "Only moderators delete pages and bring them back.")
  const page = await readPage(ctx, viewer, input.slug)
  if ((page.deletedAt !== null) === input.deleted) return page
  const deletedAt = input.deleted ? ctx.clock().toISOString() : null
  await ctx.db.write(async (tx) => {
    await setDeleted(tx, page.id, deletedAt)
    const type = input.deleted ? "page.deleted" : "page.undeleted"
    await ctx.publish(tx, { type, page: page.id, actor: viewer.id })
  })
  return { ...page, deletedAt }
}

type Outcome = Omit<Saved, "warnings"> | { refused: AppError }

async function saveOrKeep(ctx: Context, tx: Transaction, author: User, base: PageAt, mine: Text, of: DraftNamed): Promise<Outcome> {
  const head = await readRevision(tx, await requireLive(tx, base.page.id))
  const proposal = isSame(base, mine.title, mine.doc) ? null : await ctx.review.hold(ctx, tx, { author, page: head.page, base, ...mine })
  if (proposal) return { ...head, merged: false, unchanged: true, proposal }
  if (head.revision.number === base.revision.number) {
    if (isSame(head, mine.title, mine.doc)) return { ...head, merged: false, unchanged: true }
    return { ...(await saveOnTop(ctx, tx, author, head, mine, "page.saved")), merged: false, unchanged: false }
  }
  const merge = mergeDocuments(base.doc, mine.doc, head.doc)
  const title = mine.title === base.revision.title ? head.revision.title : mine.title
  const titlesCollide = title !== head.revision.title && head.revision.title !== base.revision.title
  if (!merge.ok || titlesCollide) {
    const attempt = await keepAttempt(ctx, tx, author, base, mine, of)
    const collisions = merge.ok ? [] : merge.collisions
    return { refused: collided(base.revision.number, head.revision.number, collisions, attempt) }
  }
  // A check that was written down beside an old value is none of the value that somebody else gave the fact meanwhile.
  const doc = uncheckEdited(ensureIds(merge.doc, ctx.ids), mine.doc).doc
  if (isSame(head, title, doc)) return { ...head, merged: false, unchanged: true }
  return { ...(await saveOnTop(ctx, tx, author, head, { ...mine, title, doc }, "page.saved")), merged: true, unchanged: false }
}

async function requireBase(db: Reader, page: Page, base: number): Promise<PageAt> {
  const known = Number.isInteger(base) && base >= 1 && base <= page.revision
  if (!known) {
    const message = base
      ? `The text names revision ${base} as its base, which this page does not have; it is at ${page.revision}.`
      : `The text does not name the revision it was made from, so it cannot be told what changed; the page is at ${page.revision}.`
    throw new AppError("invalid", message, { problems: [{ field: "base", message }] })
  }
  return readRevision(db, page, base)
}

async function requireFreeSlug(tx: Transaction, slug: string): Promise<string> {
  if (await isSlugTaken(tx, slug)) throw takenSlug(slug)
  return slug
}

async function freeSlug(tx: Transaction, wanted: string): Promise<string> {
  let slug = wanted
  for (let count = 2; await isSlugTaken(tx, slug); count++) slug = `${wanted}-${count}`
  return slug
}

function takenSlug(slug: string): AppError {
  const message = `The address /wiki/${slug} belongs to another page.`
  return new AppError("conflict", message, { problems: [{ field: "slug", message }] })
}

function collided(base: number, current: number, collisions: unknown[], attempt: string): AppError {
  const message = "Somebody else changed the same words while you were writing. Your text is kept; nothing was overwritten."
  return new AppError("conflict", message, { extra: { base, current, collisions, attempt } })
}
