import { isId, requireModerator } from "../../comments/model.ts"
import type { Context, Edit, Reaction } from "../../context.ts"
import { AppError, notFound } from "../../errors.ts"
import { findLivePage, readRevision } from "../../pages/actions.ts"
import type { Transaction } from "../../storage/database.ts"
import type { Viewer } from "../../web/viewer.ts"
import { fingerprint, fits, type Judged, readRule, type Rule } from "./model.ts"
import { accountSince, findRule, insertTag, listPast, listRules, listRulesOn, noteTrial, putRule, switchRule } from "./store.ts"

export { tagsOf } from "./store.ts"

const DAY = 86_400_000
/** How far back a rule is tried before it may be switched on. */
export const TRIAL_DAYS = 30
/** Edits looked at in a trial: more than such a site has in a month; a moderator waits for it. */
const MOST_TRIED = 2_000
const SHOWN = 100

/** Makes or changes a rule. It is off until it was tried on the past. Throws `unauthenticated`, `forbidden`, `invalid`, `not-found`. */
export async function saveRule(ctx: Context, viewer: Viewer, id: string | null, form: Record<string, string>): Promise<string> {
  const moderator = requireModerator(viewer)
  const read = readRule(form)
  const words = read.conditions.map((condition) => (condition.kind === "says" ? condition.words : "")).join("\n")
  ctx.screen({ kind: "comment", fields: { name: read.name, message: read.message, words } })
  const before = id === null ? null : await requireRule(ctx, id)
  const rule = { id: id ?? ctx.ids(), ...read }
  await ctx.db.write(async (tx) => {
    await putRule(tx, rule, moderator.id, ctx.clock().toISOString())
    if (before?.isOn) await ctx.publish(tx, { type: "rule.switched", actor: moderator.id, subject: rule.id, detail: { on: 0, name: before.name } })
  })
  return rule.id
}

/** An edit of the past that a rule would have caught. */
export interface Caught {
  page: { slug: string; title: string }
  number: number
  author: string
  createdAt: string
}

/** What the rule would have caught in the last 30 days, newest first. With that it may be switched on. */
export async function tryRule(ctx: Context, viewer: Viewer, id: string): Promise<{ rule: Rule; looked: number; caught: Caught[]; count: number }> {
  requireModerator(viewer)
  const rule = await requireRule(ctx, id)
  const now = ctx.clock()
  const past = await listPast(ctx.db.read, new Date(now.getTime() - TRIAL_DAYS * DAY).toISOString(), MOST_TRIED)
  const caught: Caught[] = []
  for (const { page: pageId, number, createdAt, summary, authorSince } of past) {
    const page = await findLivePage(ctx.db.read, pageId)
    if (!page) continue
    const after = await readRevision(ctx.db.read, page, number)
    const before = number > 1 ? await readRevision(ctx.db.read, page, number - 1) : null
    const judged = { before: before?.doc ?? null, after: after.doc, summary, accountDays: days(authorSince, createdAt) }
    if (fits(rule, judged)) caught.push({ page, number, author: after.revision.author, createdAt })
  }
  await ctx.db.write((tx) => noteTrial(tx, id, fingerprint(rule), now.toISOString()))
  return { rule: await requireRule(ctx, id), looked: past.length, caught: caught.slice(0, SHOWN), count: caught.length }
}

/** Switches a rule on or off. Throws `conflict` for one that was not tried as it is now. */
export async function setRule(ctx: Context, viewer: Viewer, id: string, on: boolean): Promise<void> {
  const moderator = requireModerator(viewer)
  const rule = await requireRule(ctx, id)
  if (on && rule.tried !== fingerprint(rule)) throw new AppError("conflict", "Try the rule on the last 30 days first, and look at what it would have caught.")
  await ctx.db.write(async (tx) => {
    if (!(await switchRule(tx, id, on, ctx.clock().toISOString()))) return
    await ctx.publish(tx, { type: "rule.switched", actor: moderator.id, subject: id, detail: { on: Number(on), name: rule.name } })
  })
}

export async function readRules(ctx: Context, viewer: Viewer): Promise<Rule[]> {
  requireModerator(viewer)
  return listRules(ctx.db.read)
}

export async function readOneRule(ctx: Context, viewer: Viewer, id: string): Promise<Rule> {
  requireModerator(viewer)
  return requireRule(ctx, id)
}

/** What the rules look at of an edit: by anybody, a guest included, to a page that is there or, without a base, begins with it. */
type Ruled = Pick<Edit, "doc" | "summary"> & { author: { id: string | null }; base: Pick<Edit["base"], "doc"> | null }

/** Policy: why an edit waits by the rules that are on; throws `invalid` with the rule's own words where one refuses it. */
export async function byRules(ctx: Context, tx: Transaction, edit: Ruled): Promise<string[]> {
  const rules = (await listRulesOn(tx)).filter(({ outcome }) => outcome !== "tag")
  if (rules.length === 0) return []
  const since = edit.author.id === null ? undefined : await accountSince(tx, edit.author.id)
  const accountDays = since ? days(since, ctx.clock().toISOString()) : 0
  const judged: Judged = { before: edit.base?.doc ?? null, after: edit.doc, summary: edit.summary, accountDays }
  const fitting = rules.filter((rule) => fits(rule, judged))
  const refusal = fitting.find(({ outcome }) => outcome === "refuse")
  if (refusal) {
    throw new AppError("invalid", refusal.message, { problems: [{ field: "document", message: refusal.message }] })
  }
  return fitting.map(({ name }) => `fits the rule “${name}”`)
}

/** Reaction: gives a new revision the tags of the rules it fits. */
export const tagByRules: Reaction = async (_ctx, tx, event) => {
  const rules = (await listRulesOn(tx)).filter(({ outcome }) => outcome === "tag")
  const page = rules.length > 0 && event.page !== undefined ? await findLivePage(tx, event.page) : undefined
  if (!page) return
  const number = Number(event.subject)
  const after = await readRevision(tx, page, number)
  const before = number > 1 ? await readRevision(tx, page, number - 1) : null
  const since = (await accountSince(tx, after.revision.authorId)) ?? event.createdAt
  const judged = { before: before?.doc ?? null, after: after.doc, summary: after.revision.summary, accountDays: days(since, event.createdAt) }
  for (const rule of rules.filter((one) => fits(one, judged))) {
    await insertTag(tx, { page: page.id, number, rule: rule.id, tag: rule.message, now: event.createdAt })
  }
}

async function requireRule(ctx: Context, id: string): Promise<Rule> {
  const rule = isId(id) ? await findRule(ctx.db.read, id) : undefined
  if (!rule) throw notFound("rule")
  return rule
}

function days(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) / DAY
}
