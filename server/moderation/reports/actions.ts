import { facts, factLabel, valueText } from "../../../editor/document/index.ts"
import { decided, readCommentText, screenedReason } from "../../comments/actions.ts"
import { isId, type Verdict } from "../../comments/model.ts"
import type { Context, Reaction } from "../../context.ts"
import type { Event } from "../../events.ts"
import { AppError, invalid, notFound } from "../../errors.ts"
import { findLivePage, readPage, readRevision } from "../../pages/actions.ts"
import type { Page } from "../../pages/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import { CAUSES, readNote, type Report, type Subject, subjects } from "./model.ts"
import { findReport, findTwin, insertReport, moveReport, reopenReport } from "./store.ts"

export { findReport, listOpen as openReports } from "./store.ts"

export interface NewReport {
  slug: string
  kind: string
  subject: string
  cause: string
  note: string
  /** What stood in the field that people do not see. */
  trap?: string
}

/**
 * Takes in that a fact or a comment is not as it should be, from anybody; it waits for a moderator. The same said twice is one report.
 * Throws `not-found`, `gone`, `invalid`, and `forbidden` for who is blocked.
 */
export async function report(ctx: Context, viewer: Viewer, input: NewReport): Promise<{ report: Report; page: Page }> {
  const page = await readPage(ctx, viewer, input.slug)
  if (page.deletedAt) throw new AppError("gone", "This page was deleted.")
  await ctx.admit(ctx, ctx.db.read, viewer, "comment", page.id)
  const kind = subjects.find((one) => one === input.kind) ?? missing()
  const said = await wordsOf(ctx.db.read, page, kind, input.subject)
  if (said === null) throw notFound(kind)
  if (!Object.hasOwn(CAUSES[kind], input.cause)) throw invalid("cause", "Choose what is wrong.")
  const note = readNote(input.note)
  const { reasons } = ctx.screen({ kind: "comment", fields: { note } })
  const doubts = [...reasons, ...(await ctx.doubt(ctx.db.read, note)), ...(input.trap ? ["fills a field that people do not see"] : [])]
  const row = newReport(ctx, page.id, { kind, subject: input.subject, cause: input.cause, note, said, reasons: doubts })
  return { report: await ctx.db.write((tx) => keep(ctx, tx, row)), page }
}

/** The fact or comment that a report is about, as readers see it. Throws as `report` does. */
export async function readSubject(ctx: Context, viewer: Viewer, slug: string, kind: string, subject: string): Promise<{ page: Page; said: string; kind: Subject }> {
  const page = await readPage(ctx, viewer, slug)
  const known = subjects.find((one) => one === kind) ?? missing()
  const said = await wordsOf(ctx.db.read, page, known, subject)
  if (said === null) throw notFound(known)
  return { page, said, kind: known }
}

/** Reaction: what somebody found wrong when checking a fact waits for a moderator as well. */
export const reportWrongFact: Reaction = async (ctx, tx, event) => {
  if (event.detail?.result !== "wrong" || event.page === undefined || event.subject === undefined) return
  const page = await findLivePage(tx, event.page)
  const said = page ? await wordsOf(tx, page, "fact", event.subject) : null
  if (said !== null) await keep(ctx, tx, newReport(ctx, event.page, { kind: "fact", subject: event.subject, cause: "wrong", note: "", said, reasons: [] }))
}

/** Decides about a report. `approve`: something was or will be done about it. Throws `not-found`, `invalid`, `conflict`. */
export async function decideReport(ctx: Context, moderator: User, id: string, verdict: Verdict): Promise<Report> {
  const reason = screenedReason(ctx, verdict)
  const to = STATES[verdict.decision]
  return ctx.db.write(async (tx) => {
    const found = (isId(id) ? await findReport(tx, id) : undefined) ?? missing()
    const moved = await moveReport(tx, id, { from: "open", to, by: moderator.id, now: ctx.clock().toISOString() })
    if (!moved) throw decided(found.state, undefined)
    const detail = { state: to, kind: found.kind, ...(reason && { reason }) }
    await ctx.publish(tx, { type: "report.decided", page: found.page, actor: moderator.id, subject: id, detail })
    return { ...found, state: to }
  })
}

/** Takes a decision back. Throws `conflict` when somebody has decided anew. */
export async function undecideReport(ctx: Context, moderator: User, id: string, to: string): Promise<void> {
  await ctx.db.write(async (tx) => {
    const found = (await findReport(tx, id)) ?? missing()
    const moved = await moveReport(tx, id, { from: to as Report["state"], to: "open", by: null, now: null })
    if (!moved) throw new AppError("conflict", "Somebody decided about this anew. Nothing was changed.")
    await ctx.publish(tx, { type: "decision.undone", page: found.page, actor: moderator.id, subject: id, detail: { kind: "report" } })
  })
}

/** Deals with the report that a doubt about a fact made: what it says is put right by this event. */
export async function dealWith(ctx: Context, tx: Transaction, event: Event, fact: string): Promise<void> {
  const { page, actor, createdAt } = event
  const found = await findTwin(tx, { page: page!, kind: "fact", subject: fact, cause: "wrong", note: "" })
  if (!found || !(await moveReport(tx, found.id, { from: "open", to: "accepted", by: actor ?? null, now: createdAt }))) return
  await ctx.publish(tx, { type: "report.decided", page: page!, actor: actor ?? null, subject: found.id, detail: { state: "accepted", kind: "fact" } })
}

/** Lets wait again what `dealWith` dealt with at that moment. */
export async function openAgain(tx: Transaction, page: string, fact: string, at: string | undefined): Promise<void> {
  if (at !== undefined) await reopenReport(tx, { page, fact, at })
}

const STATES = { approve: "accepted", reject: "refused", spam: "spam" } as const

function newReport(ctx: Context, page: string, given: Omit<Report, "id" | "page" | "state" | "createdAt">): Report {
  return { ...given, id: ctx.ids(), page, state: "open", createdAt: ctx.clock().toISOString() }
}

async function keep(ctx: Context, tx: Transaction, row: Report): Promise<Report> {
  const twin = await findTwin(tx, row)
  if (twin) return twin
  await insertReport(tx, row)
  // Who reports is nobody's business: the event names no person.
  await ctx.publish(tx, { type: "report.made", page: row.page, subject: row.id, detail: { kind: row.kind } })
  return row
}

async function wordsOf(db: Reader | Transaction, page: Page, kind: Subject, subject: string): Promise<string | null> {
  if (kind === "fact") {
    const fact = facts((await readRevision(db, page)).doc).find(({ block }) => block === subject)
    return fact ? `${factLabel(fact)}: ${valueText(fact)}` : null
  }
  const comment = isId(subject) ? await readCommentText(db, subject) : undefined
  return comment?.page === page.id && comment.isPublished ? comment.text.slice(0, 400) : null
}

function missing(): never {
  throw notFound("report")
}
