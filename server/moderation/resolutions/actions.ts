import { diffDocuments, type Fact, factNode, facts, summarize, withFact } from "../../../editor/document/index.ts"
import { requireModerator } from "../../comments/model.ts"
import type { Comment } from "../../comments/model.ts"
import { readQuotes, type ShownQuote } from "../../comments/quotes/actions.ts"
import { publicNameOf, readPublicComment, setResolution } from "../../comments/resolutions/actions.ts"
import type { Context, Reaction } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import { doubtFact } from "../../facts/checks/actions.ts"
import { changedFact, findLivePage, readPage, readRevision, textOfFact } from "../../pages/actions.ts"
import { canEdit, type Page, type PageAt, readSummary } from "../../pages/model.ts"
import { readRedaction } from "../../pages/redactions/actions.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import { doubtsAbout } from "../held-words.ts"
import { keepProposal } from "../proposals/keep.ts"
import { renameAuthor } from "../proposals/store.ts"
import { dealWith, openAgain } from "../reports/actions.ts"
import { lastAccepted, linkProposal, listMade, type MadeProposal, originOfProposal } from "./store.ts"

/** A comment for somebody who acts on it. */
export interface Actable {
  page: Page
  comment: Comment
  quote: ShownQuote | undefined
  /** The facts of the page as it is, and the number of that revision. */
  facts: Fact[]
  revision: number
  made: MadeProposal[]
}

/** Throws `unauthenticated`, `not-found`. */
export async function readActable(ctx: Context, viewer: Viewer, slug: string, id: string): Promise<Actable> {
  requireAccount(viewer)
  const page = await readPage(ctx, viewer, slug)
  const comment = await readPublicComment(ctx.db.read, page, id)
  const at = await readRevision(ctx.db.read, page)
  const quote = (await readQuotes(ctx, page, [id])).get(id)
  return { page, comment, quote, facts: facts(at.doc), revision: at.revision.number, made: await listMade(ctx.db.read, id) }
}

/** What a comment says is wrong, and what should stand there instead. */
export interface WrongFact {
  fact: string
  value: string
  summary: string
}

/**
 * Makes of a comment, in one act, a doubt about a fact, which readers and moderators see, and a proposal to change it, in the name the
 * comment is public under. The same again, while it waits, is the same. Throws `unauthenticated`, `forbidden`, `not-found`, `invalid`.
 */
export async function proposeFromComment(ctx: Context, viewer: Viewer, slug: string, id: string, input: WrongFact): Promise<string> {
  const editor = requireAccount(viewer)
  const page = await readPage(ctx, viewer, slug)
  if (!canEdit(viewer, page)) throw new AppError("forbidden", "Only moderators change this page.")
  await ctx.admit(ctx, ctx.db.read, viewer, "edit", page.id)
  await readPublicComment(ctx.db.read, page, id)
  const base = await readRevision(ctx.db.read, page)
  const { doc, summary, reasons } = readChange(ctx, base, input)
  return ctx.db.write(async (tx) => {
    if (!(await findLivePage(tx, page.id))) throw new AppError("gone", "This page was deleted in the meantime.")
    const comment = await readPublicComment(tx, page, id)
    const waiting = (await listMade(tx, id)).find((one) => one.fact === input.fact && one.state === "waiting")
    if (waiting) return waiting.proposal
    await doubtFact(ctx, tx, base, input.fact, editor.id)
    const edit = { title: base.revision.title, doc, summary, page, base, author: { id: null, name: comment.name } }
    const proposal = await keepProposal(ctx, tx, edit, ["was made from a comment that says a fact is wrong", ...reasons])
    await linkProposal(tx, { proposal, comment: id, fact: input.fact })
    return proposal
  })
}

/** Calls a comment resolved by a revision, or no longer. Throws `unauthenticated`, `forbidden`, `not-found`, `invalid`. */
export async function resolveByHand(ctx: Context, viewer: Viewer, slug: string, id: string, revision: number | null): Promise<Page> {
  const moderator = requireModerator(viewer)
  const page = await readPage(ctx, viewer, slug)
  await readPublicComment(ctx.db.read, page, id)
  if (revision !== null && (revision < 1 || revision > page.revision)) throw invalid("revision", `This page has revisions 1 to ${page.revision}.`)
  await ctx.db.write((tx) => setResolution(ctx, tx, page.id, id, { revision, by: moderator.id }))
  return page
}

/**
 * Reaction: a proposal that was made from a comment and accepted has resolved it, and the report that came with it is dealt with; one that
 * waits again has not.
 */
export const settleComment: Reaction = async (ctx, tx, event) => {
  const isUndone = event.type === "decision.undone"
  if (event.subject === undefined || event.page === undefined || (isUndone && event.detail?.kind !== "proposal")) return
  const found = await originOfProposal(tx, event.subject)
  if (found === undefined) return
  const { comment, fact } = found
  if (isUndone) await openAgain(tx, event.page, fact, await lastAccepted(tx, event.subject))
  else await dealWith(ctx, tx, event, fact)
  const made = event.detail?.revision
  if (!isUndone && made === undefined) return
  const revision = isUndone ? null : Number(made)
  await setResolution(ctx, tx, event.page, comment, { revision, by: event.actor ?? null })
}

/** Reaction: whoever wrote a comment is named in proposals made from it as under the comment itself. */
export const creditAsShown: Reaction = async (_ctx, tx, event) => {
  if (event.subject === undefined) return
  const comment = event.type === "comment.withdrawn" ? event.subject : (await readRedaction(tx, event.subject))?.comment
  if (!comment) return
  const name = await publicNameOf(tx, comment)
  for (const { proposal } of await listMade(tx, comment)) await renameAuthor(tx, proposal, name)
}

function readChange(ctx: Context, { doc, revision }: PageAt, { fact: id, value, summary: typed }: WrongFact) {
  const before = factNode(doc, id)
  if (!before) throw invalid("fact", "Choose the fact that is wrong.")
  const today = ctx.clock().toISOString().slice(0, 10)
  const { fact, problems } = changedFact(before, { ...textOfFact(before), state: "known", value }, today)
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems })
  if (fact.eq(before)) throw invalid("value", "This is what the page says already.")
  const now = withFact(doc, id, fact)
  const summary = readSummary(typed) || summarize(diffDocuments(doc, now), now)
  return { doc: now, summary, reasons: doubtsAbout(ctx, { title: revision.title, doc: now, summary }, { revision, doc }) }
}

function requireAccount(viewer: Viewer): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in or register to act on a comment.")
  return { ...viewer, id: viewer.id }
}
