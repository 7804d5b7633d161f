import type { Node } from "prosemirror-model"
import { applyChanges, changeGroups, type Diff, diffDocuments, ensureIds, mergeDocuments, settleCollisions, writtenText } from "../../../editor/document/index.ts"
import { siteAccount } from "../../accounts/actions.ts"
import { screenedReason } from "../../comments/actions.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import { type Decision, type DocumentInput, findLivePage, newBlocks, publishWaiting, readDecisions, readDocument, readRevision, restorePage } from "../../pages/actions.ts"
import { type PageAt, readSummary, readTitle, SUMMARY_LENGTH } from "../../pages/model.ts"
import type { User } from "../../web/viewer.ts"
import type { Act } from "../kinds/kind.ts"
import { MASK } from "../masking/mask.ts"
import { acceptRevision, takeBackReview } from "../reviewing.ts"
import { decidedAlready, readProposal } from "./actions.ts"
import { maskProposal } from "./masked.ts"
import type { Outcome, ProposalAt } from "./model.ts"
import { move } from "./store.ts"

/** How a moderator accepts a proposal. Without anything more, it is merged onto the page as it is. */
export interface Acceptance {
  /** The version of the proposal, and the revision of the page, that the moderator looked at. */
  version?: number
  head?: number
  /** In part: the numbers of the changes to make. */
  changes?: number[]
  /** What stands where both changed the same words. */
  decisions?: Decision[]
  /** Edited: the text as the moderator left it. */
  text?: DocumentInput
  title?: string
  summary?: string
  reason?: string
}

/**
 * Publishes a proposal in the name of who wrote it; whoever changed it before has a part in the revision. Throws `forbidden` for the
 * moderator's own, `invalid`, `not-found`, and `conflict` when somebody decided first, when the page or the proposal has changed since
 * the moderator looked, or when both changed the same words and nobody said what should stand there.
 */
export async function acceptProposal(ctx: Context, moderator: User, id: string, input: Acceptance): Promise<Act> {
  const at = await readProposal(ctx, { viewer: moderator }, id)
  const { proposal, page, head } = at
  if (proposal.authorId === moderator.id) throw new AppError("forbidden", "This is your own. Somebody else has to decide about it.")
  if (proposal.state !== "waiting") throw decidedAlready(proposal)
  const isHeadSeen = (input.head ?? head.revision.number) === head.revision.number
  // A text of the moderator's own is merged onto what others wrote meanwhile, as every stale save is.
  const isSeen = (input.version ?? proposal.version) === proposal.version && (isHeadSeen || input.text !== undefined)
  if (!isSeen) throw new AppError("conflict", "The page or the proposal has changed since you looked. Look at what it changes now.")
  refuseMasks(at, input)
  const seen = isHeadSeen ? head : await readSeen(ctx, at, input.head!)
  const text = textOf(ctx, at, seen, input)
  const reason = screenedReason(ctx, input)
  const author = await authorOf(ctx, at)
  const others = text.outcome === "edited" ? [moderator] : []
  const revision = await ctx.db.write(async (tx) => {
    const base = head.revision.number
    const saved = await publishWaiting(ctx, tx, { ...text, ...goingBack(at, text), pageId: page.id, base, author, others })
    const made = saved.revision.number === base ? null : saved.revision.number
    const now = ctx.clock().toISOString()
    const by = { by: moderator.id, now, reason, outcome: text.outcome, revision: made }
    if (!(await move(tx, id, { from: "waiting", to: "accepted", version: proposal.version, ...by }))) throw decidedAlready(proposal)
    if (made !== null) await acceptRevision(ctx, tx, moderator, page.id, made)
    const detail = { outcome: text.outcome, ...(made !== null && { revision: made }), ...(reason && { reason }) }
    await ctx.publish(tx, { type: "proposal.accepted", page: page.id, actor: moderator.id, subject: id, detail })
    return made
  })
  const words = `Accepted ${text.outcome === "part" ? "a part of " : ""}a proposal for ${page.title}`
  return { words, undo: { act: "accepted", revision, version: proposal.version, slug: page.slug } }
}

/** Takes a decision back: the proposal waits again, and what it had become is taken from the page. Throws `conflict`. */
export async function undecideProposal(ctx: Context, moderator: User, id: string, undo: NonNullable<Act["undo"]>): Promise<void> {
  const { proposal, page } = await readProposal(ctx, { viewer: moderator }, id)
  const revision = undo.act === "accepted" ? undo.revision : null
  if (typeof revision === "number") {
    const now = await findLivePage(ctx.db.read, page.id)
    if (now?.revision !== revision) throw new AppError("conflict", "The page was changed since. Go back in its history instead.")
    await restorePage(ctx, moderator, { slug: page.slug, number: revision - 1, base: revision, summary: `Took back revision ${revision}, which waits again` })
  }
  await ctx.db.write(async (tx) => {
    const now = ctx.clock().toISOString()
    const from = undo.act === "accepted" ? "accepted" : "refused"
    if (!(await move(tx, id, { from, to: "waiting", version: Number(undo.version), by: null, now }))) throw decidedAlready(proposal)
    if (typeof revision === "number") await takeBackReview(tx, moderator, page.id, revision, now)
    await ctx.publish(tx, { type: "decision.undone", page: page.id, actor: moderator.id, subject: id, detail: { kind: "proposal" } })
  })
}

interface Accepted {
  title: string
  doc: Node
  summary: string
  outcome: Outcome
}

/** What an earlier text it brings back; nothing where it was accepted as less or as another text than its author sent. */
function goingBack({ proposal: { restores, undoes, partOf } }: ProposalAt, { outcome }: Accepted): Pick<Parameters<typeof publishWaiting>[2], "restores" | "undoes" | "partOf"> {
  if (outcome !== "whole") return {}
  return { undoes, ...(restores !== null && { restores }), ...(partOf !== null && { partOf }) }
}

/** What a text that a moderator typed would change on the page as it is now. Throws `invalid`. */
export function effectOfText(ctx: Context, { head, merged }: ProposalAt, { text, title }: { text: DocumentInput; title: string }): Diff {
  const doc = ensureIds(readDocument(text, merged).doc, ctx.ids)
  return diffDocuments(head.doc, doc, { fromTitle: head.revision.title, toTitle: title })
}

/** What is masked for a moderator is not to be published as the mask. */
function refuseMasks(at: ProposalAt, { text, title, summary, decisions }: Acceptance): void {
  const fields = { title, document: JSON.stringify([text, decisions]), summary }
  const [field] = Object.entries(fields).find(([, typed]) => typed?.includes(MASK)) ?? []
  if (field === undefined || !maskProposal(at).isMasked) return
  throw invalid(field, `This still says ${MASK}, where something is masked. Take it out or write something else there; to let it stand, look at it first.`)
}

async function readSeen(ctx: Context, { page, head }: ProposalAt, number: number): Promise<PageAt> {
  if (number < 1 || number > head.revision.number) throw invalid("head", `This page has revisions 1 to ${head.revision.number}.`)
  return readRevision(ctx.db.read, page, number)
}

function textOf(ctx: Context, at: ProposalAt, seen: PageAt, input: Acceptance): Accepted {
  ctx.screen({ kind: "edit", fields: { title: input.title ?? "", summary: input.summary ?? "" } })
  const summary = summaryOf(at, input.summary)
  const title = input.title ?? (at.titlesCollide ? "" : at.title)
  if (input.text) return { ...edited(ctx, at, seen, input.text, title), summary, outcome: "edited" }
  if (input.changes) return { ...partOf(ctx, at, input.changes), summary }
  const { collisions, titlesCollide, merged } = at
  if (collisions.length === 0 && !titlesCollide) return { title: at.title, doc: merged, summary, outcome: "whole" }
  if (!input.decisions) throw undecided()
  const { choices, problems } = readDecisions(collisions, input.decisions)
  if (problems.length > 0) throw new AppError("invalid", problems[0]!.message, { problems })
  const doc = collisions.length > 0 ? settleCollisions({ ok: false, doc: merged, collisions }, choices) : merged
  const isByHand = choices.some((choice) => typeof choice !== "string")
  if (isByHand) screenText(ctx, at, doc)
  return { title: readTitle(title), doc: ensureIds(doc, ctx.ids), summary, outcome: isByHand ? "edited" : "whole" }
}

function edited(ctx: Context, at: ProposalAt, seen: PageAt, text: DocumentInput, title: string): { title: string; doc: Node } {
  const { head, base, mine, merged } = at
  if (seen === head) {
    const doc = ensureIds(readDocument(text, merged).doc, ctx.ids)
    screenText(ctx, at, doc)
    return { title: readTitle(title), doc }
  }
  const typed = ensureIds(readDocument(text, mergeDocuments(base.doc, mine, seen.doc).doc).doc, ctx.ids)
  const merge = mergeDocuments(seen.doc, typed, head.doc)
  if (!merge.ok) {
    throw new AppError("conflict", "The page was changed in the same place since you looked. Below is what this text would change there now: look at it before you accept it.")
  }
  const doc = ensureIds(merge.doc, ctx.ids)
  screenText(ctx, at, doc)
  return { title: readTitle(title === seen.revision.title ? head.revision.title : title), doc }
}

function screenText(ctx: Context, { head }: ProposalAt, doc: Node): void {
  ctx.screen({ kind: "edit", fields: { text: writtenText(newBlocks(doc, head.doc)) } })
}

/** The chosen changes, made in the page as their author had it, and merged onto it as it is now. */
function partOf(ctx: Context, at: ProposalAt, numbers: number[]): { title: string; doc: Node; outcome: Outcome } {
  const { base, head, proposal } = at
  const diff = at.change()
  const groups = changeGroups(diff)
  const chosen = groups.filter((group) => group.some(({ number }) => numbers.includes(number)))
  if (chosen.length === 0) throw invalid("changes", "Choose at least one change, or refuse the proposal.")
  const takesTitle = chosen.flat().some(({ kind }) => kind === "title-changed")
  const merge = mergeDocuments(base.doc, ensureIds(applyChanges(diff, numbers), ctx.ids), head.doc)
  if (!merge.ok || (takesTitle && at.titlesCollide)) throw undecided()
  const outcome = chosen.length === groups.length ? "whole" : "part"
  return { title: takesTitle ? proposal.title : head.revision.title, doc: ensureIds(merge.doc, ctx.ids), outcome }
}

function undecided(): AppError {
  return new AppError("conflict", "The page was changed in the same place since. Decide what should stand there.", { extra: { undecided: true } })
}

/** A guest has no account to be credited by: the summary names them. */
function summaryOf({ proposal }: ProposalAt, given: string | undefined): string {
  const summary = readSummary(given ?? proposal.summary)
  if (proposal.authorId !== null) return summary
  return readSummary(`Suggested by ${proposal.author}${summary && `: ${summary}`}`.slice(0, SUMMARY_LENGTH))
}

async function authorOf(ctx: Context, { proposal }: ProposalAt): Promise<User> {
  if (proposal.authorId === null) return siteAccount(ctx, "guests")
  return { id: proposal.authorId, name: proposal.author, role: "editor" }
}
