import { diffDocuments, ensureIds, isSameDocument, mergeDocuments, parsePage } from "../../../editor/document/index.ts"
import { screenedReason } from "../../comments/actions.ts"
import { canModerate, readName } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid, notFound } from "../../errors.ts"
import { type DocumentInput, findLivePage, readDocument, readPage, readRevision, sharing } from "../../pages/actions.ts"
import { isSame, type Page, readSummary, readTitle } from "../../pages/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import { doubtsAbout } from "../held-words.ts"
import { reasonsToWait } from "../policy.ts"
import { byRules } from "../rules/actions.ts"
import { keepProposal } from "./keep.ts"
import { maskLine, maskProposal } from "./masked.ts"
import { changeParts, type Proposal, type ProposalAt } from "./model.ts"
import { amend, countWaiting, findOwnWaiting, findProposal, listByAuthor, listOnPage, move } from "./store.ts"

/** Of a person's proposals, so many are shown on their own page. */
const SHOWN = 30
const ID = /^[a-z0-9]{1,40}$/

/** Who asks for a proposal: a person, or a guest with the key in their link. */
export interface Asker {
  viewer: Viewer
  key?: string
}

export interface Suggestion extends DocumentInput {
  slug: string
  /** A guest's name. */
  name: string
  base: number
  title?: string
  summary?: string
  /** What stood in the field that people do not see. */
  trap?: string
}

/**
 * Keeps what somebody without an account suggests; `key` is for their link and kept nowhere. It always waits. Throws `invalid`,
 * `forbidden`, `not-found`, `gone`, `too-many`.
 */
export async function suggestEdit(ctx: Context, viewer: Viewer, input: Suggestion): Promise<{ page: Page; id: string; key: string }> {
  const page = await readPage(ctx, viewer, input.slug)
  if (page.deletedAt) throw new AppError("gone", "This page was deleted.")
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", page.id)
  if (page.protection === "moderators") throw new AppError("forbidden", "Only moderators change this page. You can leave a comment.")
  const name = readName(input.name)
  const base = await readBase(ctx, page, input.base)
  const text = readText(ctx, base, input)
  if (text.doc.textContent.trim() === "" && text.doc.childCount <= 1) throw invalid("document", "The text is empty. Say in a comment why the page should go.")
  ctx.screen({ kind: "comment", fields: { name } })
  const key = ctx.ids()
  const reasons = ["is by somebody without an account", ...text.doubts, ...(input.trap ? ["fills a field that people do not see"] : [])]
  const edit = { ...text, page, base, author: { id: null, name }, authorKey: ctx.keyed(`proposal\n${key}`) }
  const id = await ctx.db.write(async (tx) => keepProposal(ctx, tx, edit, [...reasons, ...(await byRules(ctx, tx, edit))]))
  return { page, id, key }
}

/** A proposal, held against the page as it is now: for its author and for moderators. Throws `not-found` for everybody else. */
export async function readProposal(ctx: Context, { viewer, key }: Asker, id: string): Promise<ProposalAt> {
  const row = ID.test(id) ? await findProposal(ctx.db.read, id) : undefined
  const isTheirs = row && (row.authorId === null ? key !== undefined && ctx.keyed(`proposal\n${key}`) === row.authorKey : row.authorId === viewer.id)
  if (!row || (!isTheirs && !canModerate(viewer))) throw notFound("proposal of yours")
  return heldAgainst(ctx, row)
}

/** The same for whoever looks at it: what may be private in another's is masked. Throws `not-found`. */
export async function lookThrough(ctx: Context, asker: Asker, id: string): Promise<ProposalAt> {
  const at = await readProposal(ctx, asker, id)
  return isOwn(at, asker) ? at : maskProposal(at)
}

/** Puts another text in the place of a waiting one. Throws `invalid`, `not-found`, and `conflict` when it does not wait any more. */
export async function amendProposal(
  ctx: Context,
  asker: Asker,
  id: string,
  input: DocumentInput & { version: number; title?: string; summary?: string },
): Promise<Page> {
  const { proposal, page, base, mine } = await readOwn(ctx, asker, id)
  await ctx.admit(ctx, ctx.db.read, asker.viewer, "edit", page.id)
  const text = readText(ctx, base, input)
  const isNew = text.title !== proposal.title || !isSameDocument(text.doc, mine)
  const { viewer } = asker
  await ctx.db.write(async (tx) => {
    const author = viewer.id === null ? null : { ...viewer, id: viewer.id }
    const anew = author ? await reasonsToWait(ctx, tx, { ...text, author, page, base }) : []
    const asGuest = author ? [] : await byRules(ctx, tx, { ...text, author: { id: null }, base })
    const reasons = anew.length > 0 ? anew : [...new Set([...proposal.reasons, ...asGuest])]
    const document = JSON.stringify(text.doc.toJSON())
    const row = { base: proposal.base, title: text.title, summary: text.summary, document, reasons, updatedAt: ctx.clock().toISOString(), isNew }
    if (!(await amend(tx, id, input.version, row))) throw overtaken()
    await ctx.publish(tx, { type: "proposal.changed", page: page.id, subject: id })
  })
  return page
}

/** Takes a waiting proposal back, as its author asked. Throws `not-found`, `conflict`. */
export async function withdrawProposal(ctx: Context, asker: Asker, id: string): Promise<Page> {
  const { proposal, page } = await readOwn(ctx, asker, id)
  await ctx.db.write(async (tx) => {
    const now = ctx.clock().toISOString()
    const moved = await move(tx, id, { from: "waiting", to: "withdrawn", version: proposal.version, by: null, now })
    if (!moved) throw overtaken()
    await ctx.publish(tx, { type: "proposal.withdrawn", page: page.id, subject: id })
  })
  return page
}

/** Refuses a waiting proposal; its author is told the reason. Throws `not-found`, `invalid`, `conflict`. */
export async function refuseProposal(
  ctx: Context,
  moderator: User,
  id: string,
  { reason: raw = "", isSpam = false, version }: { reason?: string; isSpam?: boolean; version?: number },
): Promise<ProposalAt> {
  const at = await readProposal(ctx, { viewer: moderator }, id)
  const reason = screenedReason(ctx, { reason: raw })
  await ctx.db.write(async (tx) => {
    const now = ctx.clock().toISOString()
    const moved = await move(tx, id, { from: "waiting", to: "refused", version: version ?? at.proposal.version, by: moderator.id, now, reason })
    if (!moved) throw decidedAlready(at.proposal)
    const detail = { state: isSpam ? "spam" : "refused", ...(reason && { reason }) }
    await ctx.publish(tx, { type: "proposal.refused", page: at.page.id, actor: moderator.id, subject: id, detail })
  })
  return at
}

/** A proposal as it stands: who wrote it, and what was decided. */
export async function readOutcome(db: Reader | Transaction, id: string): Promise<Proposal | undefined> {
  return ID.test(id) ? findProposal(db, id) : undefined
}

/** A person's proposals, the newest first. */
export function readOwnProposals(ctx: Context, user: User): ReturnType<typeof listByAuthor> {
  return listByAuthor(ctx.db.read, user.id, SHOWN)
}

/** The newest text of this person that waits for the page at this slug. */
export async function ownWaiting(ctx: Context, viewer: Viewer, slug: string): Promise<string | undefined> {
  return viewer.id === null ? undefined : findOwnWaiting(ctx.db.read, slug, viewer.id)
}

/** How many changes wait for a page. */
export function waitingOn(ctx: Context, pageId: string): Promise<number> {
  return countWaiting(ctx.db.read, { page: pageId })
}

/** The proposals that wait for a page: those of the person, or all for moderators. */
export async function readWaiting(ctx: Context, viewer: Viewer, page: Page): Promise<Proposal[]> {
  const all = await listOnPage(ctx.db.read, page.id, 200)
  const isTheirs = ({ authorId }: Proposal) => authorId !== null && authorId === viewer.id
  if (!canModerate(viewer)) return all.filter(isTheirs)
  return all.map((proposal) => (isTheirs(proposal) ? proposal : maskLine(proposal)))
}

/** What a second decision about the same proposal is told. */
export function decidedAlready({ state, decidedBy }: Proposal): AppError {
  if (state === "waiting") return new AppError("conflict", "Somebody decided about this, or its author changed it, in the same moment. Nothing was changed.")
  return new AppError("conflict", `This was ${state}${decidedBy ? ` by ${decidedBy}` : ""} already. Nothing was changed.`)
}

async function heldAgainst(ctx: Context, row: NonNullable<Awaited<ReturnType<typeof findProposal>>>): Promise<ProposalAt> {
  const { document, authorKey: _key, ...proposal } = row
  const page = (await findLivePage(ctx.db.read, row.page)) ?? notThere()
  const [base, head] = [await readRevision(ctx.db.read, page, row.base), await readRevision(ctx.db.read, page)]
  const mine = sharing(parsePage(JSON.parse(document)), base.doc)
  const merge = mergeDocuments(base.doc, mine, head.doc)
  const merged = ensureIds(merge.doc, ctx.ids)
  const [was, now] = [base.revision.title, head.revision.title]
  const title = proposal.title === was ? now : proposal.title
  const change = () => diffDocuments(base.doc, mine, { fromTitle: was, toTitle: proposal.title })
  const effect = () => diffDocuments(head.doc, merged, { fromTitle: now, toTitle: title })
  const parts = () => changeParts(change())
  const titlesCollide = title !== now && now !== was
  const collisions = merge.ok ? [] : merge.collisions
  return { proposal, page, base, head, mine, merged, title, change, effect, parts, collisions, titlesCollide, isMasked: false }
}

async function readOwn(ctx: Context, asker: Asker, id: string): Promise<ProposalAt> {
  const at = await readProposal(ctx, asker, id)
  if (!isOwn(at, asker)) throw new AppError("forbidden", "Only its author changes or withdraws this.")
  if (at.proposal.state !== "waiting") throw decidedAlready(at.proposal)
  return at
}

function isOwn({ proposal: { authorId } }: ProposalAt, { viewer, key }: Asker): boolean {
  return authorId === null ? key !== undefined : authorId === viewer.id
}

function readText(ctx: Context, base: Awaited<ReturnType<typeof readRevision>>, input: DocumentInput & { title?: string; summary?: string }) {
  const title = input.title === undefined ? base.revision.title : readTitle(input.title)
  const doc = ensureIds(readDocument(input, base.doc).doc, ctx.ids)
  const summary = readSummary(input.summary ?? "")
  const doubts = doubtsAbout(ctx, { title, doc, summary }, base)
  if (isSame(base, title, doc)) throw invalid("document", "Nothing is changed yet. Change what is wrong, then send it.")
  return { title, doc, summary, doubts }
}

async function readBase(ctx: Context, page: Page, number: number) {
  if (!Number.isInteger(number) || number < 1 || number > page.revision) throw invalid("base", `This page has no revision ${number}; it is at ${page.revision}.`)
  return readRevision(ctx.db.read, page, number)
}

function overtaken(): AppError {
  return new AppError("conflict", "This does not wait any more, or was changed in another window. What you typed is still here.")
}

function notThere(): never {
  throw new AppError("gone", "The page was deleted.")
}
