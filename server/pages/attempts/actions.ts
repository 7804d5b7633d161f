import type { Node } from "prosemirror-model"
import { type Collision, ensureIds, mergeDocuments, parsePage, settleCollisions } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import { savePage, type Saved } from "../actions.ts"
import { type Decision, readDecisions } from "../decisions.ts"
import { draftKey } from "../drafts/model.ts"
import { findDraft } from "../drafts/store.ts"
import { ATTEMPT_LIFETIME, type Page, type PageAt } from "../model.ts"
import { readPage, readRevision } from "../reading.ts"
import { hiddenOf } from "../redactions/actions.ts"
import { maskTyped } from "../redactions/model.ts"
import type { DraftNamed } from "./keeping.ts"
import { type AttemptRow, deleteAttempt, findAttempt, listAttempts } from "./store.ts"

/** A refused text held against the page as it is now; with the draft that it continued, where that is still there. */
export interface Attempt extends DraftNamed {
  id: string
  page: Page
  title: string
  summary: string
  /** The numbers of the revisions that the text takes back, when it is that and nothing somebody wrote. */
  undoes: number[]
  base: PageAt
  head: PageAt
  mine: Node
  /** What has to be decided; empty when the page has come to agree with the text, or both titles differ alone. */
  collisions: Collision[]
  titlesCollide: boolean
  /** Both texts joined as far as they do not collide, theirs where they do. */
  merged: Node
}

/** The attempt of this person, merged anew with the current revision. Throws `not-found`. */
export async function readAttempt(ctx: Context, viewer: Viewer, slug: string, id: string): Promise<Attempt> {
  const page = await readPage(ctx, viewer, slug)
  const row = await findAttempt(ctx.db.read, id)
  if (!row || row.pageId !== page.id || row.authorId !== viewer.id || row.createdAt < oldestKept(ctx)) throw notFound("unsaved text of yours")
  const [base, head] = [await readRevision(ctx.db.read, page, row.base), await readRevision(ctx.db.read, page)]
  const hidden = await hiddenOf(ctx.db.read, page.id)
  const mine = parsePage(JSON.parse(maskTyped(hidden, row.document, "document")))
  const merge = mergeDocuments(base.doc, mine, head.doc)
  const titlesCollide =
    row.title !== base.revision.title && head.revision.title !== base.revision.title && row.title !== head.revision.title
  const title = row.title === base.revision.title ? head.revision.title : row.title
  return {
    id,
    page,
    title,
    summary: row.summary,
    undoes: row.undoes,
    ...(await draftOf(ctx, page, row)),
    base,
    head,
    mine,
    collisions: merge.ok ? [] : merge.collisions,
    titlesCollide,
    merged: merge.doc,
  }
}

/** This person's refused texts of the last 30 days, the newest first, with the pages they belong to. */
export function readAttempts(ctx: Context, user: User): ReturnType<typeof listAttempts> {
  return listAttempts(ctx.db.read, user.id, oldestKept(ctx))
}

/**
 * Saves the attempt on the revision `base` the person decided about. Throws `invalid` while something is undecided, and
 * `conflict` when the page has moved on again meanwhile and collides anew.
 */
export async function settleAttempt(
  ctx: Context,
  viewer: Viewer,
  attempt: Attempt,
  input: { base: number; title: string; summary: string; decisions: Decision[] },
): Promise<Saved> {
  const { collisions, merged, page, head } = attempt
  if (input.base !== head.revision.number) {
    throw new AppError("conflict", "The page changed once more while you were deciding. Here is what collides now.")
  }
  const { choices, problems } = readDecisions(collisions, input.decisions)
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems })
  const doc = collisions.length > 0 ? settleCollisions({ ok: false, doc: merged, collisions }, choices) : merged
  const saved = await savePage(ctx, viewer, {
    slug: page.slug,
    base: input.base,
    title: input.title,
    summary: input.summary,
    undoes: attempt.undoes,
    draft: attempt.draft,
    draftSection: attempt.draftSection,
    document: ensureIds(doc, ctx.ids).toJSON(),
  })
  await ctx.db.write((tx) => deleteAttempt(tx, attempt.id))
  return saved
}

/** Versions are counted anew once nobody remembers a draft: one that was begun after the text was refused is another draft. */
async function draftOf(ctx: Context, page: Page, { authorId, draft, draftSection, createdAt }: AttemptRow): Promise<DraftNamed> {
  if (draft === null) return {}
  const now = await findDraft(ctx.db.read, authorId, draftKey(page.id, draftSection))
  return now && now.savedAt <= createdAt ? { draft, ...(draftSection !== null && { draftSection }) } : {}
}

function oldestKept(ctx: Context): string {
  return new Date(ctx.clock().getTime() - ATTEMPT_LIFETIME).toISOString()
}
