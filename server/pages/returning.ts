import type { Node } from "prosemirror-model"
import { ensureIds, mergeDocuments, restorePart } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { saveOnTop, type Text } from "./append.ts"
import { keepAttempt } from "./attempts/keeping.ts"
import { isSame, type Page, type PageAt, readSummary } from "./model.ts"
import { readPage, readRevision } from "./reading.ts"
import { requireEditor, requireLive, stale } from "./requiring.ts"

/** What a page would become by taking something back, before anybody does it. */
export interface Return {
  head: PageAt
  /** The page as it would be; as far as it goes where something collides. */
  text: Text
  /** Places that were changed again since, so that a person has to decide. */
  collisions: number
  /** The text that collides and what it was made from, to be decided about. */
  open: { base: PageAt; mine: Text } | null
  unchanged: boolean
}

export type Returned = { at: PageAt; unchanged: boolean; proposal?: string } | { attempt: string }

/** Revisions in a row, taken back at once. */
interface Span {
  first: number
  last: number
}

/**
 * What the page would be without what these revisions changed: the change from each to the one before it, merged into the page as it is.
 * Throws `invalid` for the first revision, which has nothing before it, `not-found`, and `gone` where a text is hidden.
 */
export async function planUndo(db: Reader | Transaction, page: Page, numbers: readonly number[]): Promise<Return> {
  if (numbers.some((number) => number === 1)) throw invalid("revision", "The first revision began the page. A moderator can delete the page.")
  if (numbers.length === 0 || numbers.some((number) => !Number.isInteger(number) || number < 1)) throw notFound("revision")
  const head = await readRevision(db, page)
  let { doc } = head
  let title = head.revision.title
  const plan: Return = { head, text: textOf(head, numbers), collisions: 0, open: null, unchanged: true }
  for (const { first, last } of spansOf(numbers)) {
    const base = await readShown(db, page, last)
    const before = await readShown(db, page, first - 1)
    const merge = mergeDocuments(base.doc, before.doc, doc)
    const titlesCollide = collide(base.revision.title, before.revision.title, title)
    plan.collisions += (merge.ok ? 0 : merge.collisions.length) + (titlesCollide ? 1 : 0)
    const mine = { ...textOf(head, numbers), title: before.revision.title, doc: before.doc }
    if (!merge.ok || titlesCollide) plan.open ??= { base, mine }
    else if (title === base.revision.title) title = before.revision.title
    doc = merge.doc
  }
  plan.text = { ...plan.text, title, doc }
  return { ...plan, unchanged: plan.collisions === 0 && isSame(head, title, doc) }
}

/** What the page would be with one block or fact as it was at a revision. Throws `not-found`, and `gone` where that text is hidden. */
export async function planPart(db: Reader | Transaction, page: Page, number: number, part: string): Promise<Return> {
  const head = await readRevision(db, page)
  const old = await readShown(db, page, number)
  const doc = restorePart(head.doc, old.doc, part) ?? missing()
  const text = { title: head.revision.title, doc, summary: `Restored a part of revision ${number}`, partOf: number }
  return { head, text, collisions: 0, open: null, unchanged: isSame(head, head.revision.title, doc) }
}

/** What somebody wants to take back, and the revision that they looked at when they decided. */
export interface Wanted {
  slug: string
  base: number
  summary?: string
  what: { undo: readonly number[] } | { number: number; part: string }
}

/**
 * Does what was planned, as a revision that says what it takes back. Where something collides nothing is done: the text is kept as an
 * attempt, to be decided about there. Throws `conflict` when the page is not at `base` any more, else as `savePage`.
 */
export async function returnTo(ctx: Context, viewer: Viewer, wanted: Wanted): Promise<Returned> {
  const page = await readPage(ctx, viewer, wanted.slug)
  const author = requireEditor(viewer, page)
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", page.id)
  const summary = readSummary(wanted.summary ?? "")
  ctx.screen({ kind: "edit", fields: { summary } })
  return ctx.db.write(async (tx) => {
    const live = await requireLive(tx, page.id)
    if (live.revision !== wanted.base) throw stale(live.revision)
    const plan = "undo" in wanted.what ? await planUndo(tx, live, wanted.what.undo) : await planPart(tx, live, wanted.what.number, wanted.what.part)
    return carryOut(ctx, tx, author, { ...plan, text: { ...plan.text, ...(summary && { summary }) } })
  })
}

/** The part of it that happens in the transaction. */
export async function carryOut(ctx: Context, tx: Transaction, author: User, plan: Return): Promise<Returned> {
  const { head, open, unchanged } = plan
  if (open) return { attempt: await keepAttempt(ctx, tx, author, open.base, { ...open.mine, summary: plan.text.summary }) }
  if (unchanged) return { at: head, unchanged: true }
  const text = { ...plan.text, doc: ensureIds(plan.text.doc, ctx.ids) }
  const proposal = await ctx.review.hold(ctx, tx, { author, page: head.page, base: head, ...text })
  if (proposal) return { at: head, unchanged: true, proposal }
  return { at: await saveOnTop(ctx, tx, author, head, text, "page.saved"), unchanged: false }
}

/** Revisions next to each other are one span, the newest first: what one of them did and the next undid never was. */
function spansOf(numbers: readonly number[]): Span[] {
  const spans: Span[] = []
  for (const number of [...new Set(numbers)].sort((one, other) => other - one)) {
    const last = spans.at(-1)
    if (last && last.first === number + 1) last.first = number
    else spans.push({ first: number, last: number })
  }
  return spans
}

function textOf(head: PageAt, numbers: readonly number[]): Text {
  const list = [...numbers].sort((one, other) => one - other)
  const named = list.length === 1 ? `revision ${list[0]}` : `revisions ${list.slice(0, -1).join(", ")} and ${list.at(-1)}`
  const summary = list.length > 20 ? `Undid ${list.length} revisions, ${list[0]} to ${list.at(-1)}` : `Undid ${named}`
  return { title: head.revision.title, doc: head.doc, summary, undoes: list }
}

function collide(base: string, mine: string, theirs: string): boolean {
  return mine !== base && theirs !== base && mine !== theirs
}

async function readShown(db: Reader | Transaction, page: Page, number: number): Promise<PageAt> {
  const at = await readRevision(db, page, number)
  if (at.isTextHidden) throw new AppError("gone", `The text of revision ${number} was hidden by a moderator. It cannot be used.`)
  return at
}

function missing(): Node {
  throw notFound("part of the page")
}
