import { citationName } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid, notFound } from "../../errors.ts"
import { findLivePage, readPage, readRevision } from "../../pages/actions.ts"
import type { Page, PageAt } from "../../pages/model.ts"
import type { Transaction } from "../../storage/database.ts"
import type { Viewer } from "../../web/viewer.ts"
import { type FactRow, rowsOf } from "../model.ts"
import { setStanding } from "../store.ts"
import { type CheckResult, digestOf, type FactCheck, methods, readCheckDate, results, standingOf } from "./model.ts"
import { insertCheck, listChecks } from "./store.ts"
import type { Voices } from "./voices.ts"

/** What one person says of one fact. */
export interface NewCheck {
  factId: string
  result: string
  /** What the person saw, by `digestOf`; empty when the form did not say. */
  seen: string
}

export interface NewChecks {
  slug: string
  checks: NewCheck[]
  method: string
  /** The day of looking as typed; empty for today. */
  on?: string
  /** The place, among the fact's sources, of the one that was looked at. */
  source?: number
}

/** Who speaks: a person with an account, or a guest whose voice of today has this `run` (voices.ts). */
export interface Speaker {
  viewer: Viewer
  run: string | null
}

/** What became of a check: it renewed the date, it waits for a second person, or it raised a doubt. */
export type Outcome = "renewed" | "waiting" | "doubted" | "noted"

/**
 * Notes what a person found when looking at facts of a page: an event, not a revision. Throws `invalid`, `not-found`, `gone`,
 * `forbidden` for who is blocked, and `conflict` when a fact says something else by now.
 */
export async function recordChecks(ctx: Context, { viewer, run }: Speaker, input: NewChecks): Promise<{ page: Page; outcomes: Outcome[] }> {
  const page = await readPage(ctx, viewer, input.slug)
  if (page.deletedAt) throw new AppError("gone", "This page was deleted.")
  // Everybody is told what a check found, as they are what a comment says.
  await ctx.admit(ctx, ctx.db.read, viewer, "comment", page.id)
  const now = ctx.clock().toISOString()
  const method = methods.find((one) => one === input.method)
  if (!method) throw invalid("method", "Say how you know.")
  const checkedOn = readCheckDate(input.on ?? "", method, now.slice(0, 10), viewer.id !== null)
  const chosen = input.checks.map(({ result, ...rest }) => ({ ...rest, result: readResult(result) }))
  if (chosen.length === 0) throw invalid("result", "Say of at least one fact whether it is still right.")
  return ctx.db.write(async (tx) => {
    const live = (await findLivePage(tx, page.id)) ?? gone()
    const rows = new Map(rowsOf((await readRevision(tx, live)).doc).map((row) => [row.id, row]))
    const outcomes: Outcome[] = []
    for (const { factId, seen, result } of chosen) {
      const row = rows.get(factId) ?? missing()
      const digest = digestOf(row)
      if (seen !== "" && seen !== digest) throw changed(row)
      const source = row.sources[input.source ?? -1]
      const check: FactCheck = {
        id: ctx.ids(), pageId: page.id, factId, digest, result, method, source: source ? citationName(source) : "", checkedOn,
        checkerId: viewer.id, run, createdAt: now,
      } // prettier-ignore
      outcomes.push(await keep(ctx, tx, row, check))
    }
    return { page, outcomes }
  })
}

/** Notes, in the act that passes it on, that a reader's comment calls a fact wrong. Throws `not-found`. */
export async function doubtFact(ctx: Context, tx: Transaction, { page, doc }: PageAt, factId: string, checkerId: string): Promise<void> {
  const row = rowsOf(doc).find(({ id }) => id === factId) ?? missing()
  const now = ctx.clock().toISOString()
  const check: FactCheck = {
    id: ctx.ids(), pageId: page.id, factId, digest: digestOf(row), result: "wrong", method: "comment", source: "", checkedOn: now.slice(0, 10),
    checkerId, run: null, createdAt: now,
  } // prettier-ignore
  await keep(ctx, tx, row, check)
}

async function keep(ctx: Context, tx: Transaction, row: FactRow, check: FactCheck): Promise<Outcome> {
  const { id, pageId, factId, digest, result, method, checkerId } = check
  const earlier = (await listChecks(tx, pageId, factId)).filter((other) => other.digest === digest)
  const before = standingOf(row.checkedOn, earlier)
  const standing = standingOf(row.checkedOn, [...earlier, check])
  await insertCheck(tx, check)
  await setStanding(tx, pageId, factId, standing)
  // A name beside a visit would tell who was there.
  const actor = method === "visited" ? null : checkerId
  await ctx.publish(tx, { type: "fact.checked", page: pageId, actor, subject: factId, detail: { check: id, result, method } })
  if (result !== "confirmed") return result === "wrong" ? "doubted" : "noted"
  const renewed = checkerId !== null || standing.checkedOn !== before.checkedOn || standing.doubtedOn !== before.doubtedOn
  return renewed ? "renewed" : "waiting"
}

export interface Spoken {
  run: string
  checks: NewCheck[]
  /** Forgets that they were spoken: they were not kept. */
  takeBack(): void
}

/** Of a guest's words about facts of a page, those that are the first of today from where they come. */
export function firstWords(voices: Voices, address: string, slug: string, checks: NewCheck[]): Spoken {
  const about = ({ factId }: NewCheck) => `${slug} ${factId}`
  const heard = checks.map((check) => ({ check, ...voices.hear(address, about(check)) }))
  const fresh = heard.filter(({ isNew }) => isNew).map(({ check }) => check)
  return { run: heard[0]?.run ?? "", checks: fresh, takeBack: () => fresh.forEach((check) => voices.forget(address, about(check))) }
}

function readResult(raw: string): CheckResult {
  const result = results.find((one) => one === raw)
  if (!result) throw invalid("result", "Say whether it is still right or wrong.")
  return result
}

function changed(row: FactRow): AppError {
  return new AppError("conflict", `“${row.label}” was changed since you opened the page. It says now: ${row.text}. Look again, please.`)
}

function missing(): never {
  throw notFound("fact")
}

function gone(): never {
  throw new AppError("gone", "This page was deleted in the meantime.")
}
