import { factKinds, freshness } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import type { Event } from "../events.ts"
import { findLivePage, leftAlone, readPages, readRevision } from "../pages/actions.ts"
import type { Page, PageAt } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { digestOf, standingOf } from "./checks/model.ts"
import { listChecks } from "./checks/store.ts"
import { type FactRow, type PublicFact, publicFact, rowsOf } from "./model.ts"
import { deleteFacts, deleteStrayFacts, type FactFilter, findFacts, insertFacts, listFacts, listOverdue } from "./store.ts"

const DAY = 86_400_000
/** Facts to check that are looked through for those to show: several of one page stand beside each other. */
const LOOKED_THROUGH = 300

/** Reaction: the facts of a page as its current revision says; none of a deleted one. Derived, so `rebuildFacts` can make them anew. */
export async function recordFacts(_ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (await leftAlone(tx, event, ["fact"])) return
  const page = event.page === undefined ? undefined : await findLivePage(tx, event.page)
  if (page) await record(tx, await readRevision(tx, page))
  else if (event.page !== undefined) await deleteFacts(tx, event.page)
}

/** The facts of a page at one of its revisions, as programs get them: of the current one with what people found since. */
export async function factsOf(db: Reader, { page, revision, doc }: PageAt): Promise<PublicFact[]> {
  const rows = revision.number === page.revision ? await standing(db, page.id, rowsOf(doc)) : rowsOf(doc)
  return rows.map((row) => publicFact(row, page.slug))
}

/** Current facts across the wiki, with the place that leads on. `page` is a page's id. */
export async function readFacts(
  db: Reader,
  filter: FactFilter,
): Promise<{ facts: (PublicFact & { canonical: string })[]; next: FactFilter["after"] | null }> {
  const rows = await listFacts(db, { ...filter, limit: filter.limit + 1 })
  const shown = rows.slice(0, filter.limit)
  const last = shown.at(-1)
  return {
    facts: shown.map(({ pageId: _pageId, slug, ...row }) => ({ ...publicFact(row, slug), canonical: row.value })),
    next: rows.length > filter.limit && last ? { page: last.pageId, position: last.position } : null,
  }
}

/** A fact whose last check is no longer recent, or that nobody has checked. */
export interface OverdueFact {
  page: Pick<Page, "slug" | "title">
  fact: FactRow
}

/** What was reported as wrong, what was checked longest ago, then what nobody has checked; at most `perPage` facts of one page. */
export async function readOverdue(ctx: Context, options: { limit: number; perPage: number }): Promise<OverdueFact[]> {
  const rows = await listOverdue(ctx.db.read, { cutoffs: cutoffs(ctx.clock()), limit: LOOKED_THROUGH })
  const seen = new Map<string, number>()
  const chosen = rows.filter((row) => {
    if (!isDue(row, ctx.clock())) return false
    seen.set(row.pageId, (seen.get(row.pageId) ?? 0) + 1)
    return seen.get(row.pageId)! <= options.perPage
  })
  return chosen.slice(0, options.limit).map(({ slug, title, pageId: _pageId, ...fact }) => ({ page: { slug, title }, fact }))
}

/** Records the facts of every page anew, while the site goes on; `onPage` is told the number of pages done. */
export async function rebuildFacts(ctx: Context, onPage: (done: number) => void = () => {}): Promise<number> {
  await ctx.db.write((tx) => deleteStrayFacts(tx))
  let done = 0
  for (let after: string | undefined; ; ) {
    const { pages, next } = await readPages(ctx.db.read, { after, limit: 100 })
    for (const { id } of pages) {
      await ctx.db.write((tx) => recordAnew(tx, id))
      onPage(++done)
    }
    if (next === null) return done
    after = next
  }
}

async function recordAnew(tx: Transaction, pageId: string): Promise<void> {
  const page = await findLivePage(tx, pageId)
  await deleteFacts(tx, pageId)
  if (page) await record(tx, await readRevision(tx, page))
}

// Most saves touch no fact, and few touch more than one: only what differs is written.
async function record(tx: Transaction, { page, doc }: PageAt): Promise<void> {
  const wanted = new Map((await standing(tx, page.id, rowsOf(doc))).map((row) => [row.id, row]))
  const known = new Map((await findFacts(tx, page.id)).map((row) => [row.id, row]))
  const gone = [...known.values()].filter((row) => !isSame(row, wanted.get(row.id)))
  const fresh = [...wanted.values()].filter((row) => !isSame(row, known.get(row.id)))
  if (gone.length > 0) await deleteFacts(tx, page.id, gone.map(({ id }) => id))
  if (fresh.length > 0) await insertFacts(tx, page.id, fresh)
}

/** The facts with what people found when they looked at just this. */
async function standing(db: Reader | Transaction, pageId: string, rows: FactRow[]): Promise<FactRow[]> {
  if (rows.length === 0) return rows
  const checks = await listChecks(db, pageId)
  return rows.map((row) => {
    const digest = digestOf(row)
    const own = checks.filter((check) => check.factId === row.id && check.digest === digest)
    return own.length === 0 ? row : { ...row, ...standingOf(row.checkedOn, own) }
  })
}

/** Whether a fact needs a look: somebody found it wrong, or its last check is not recent. */
export function isDue(row: Pick<FactRow, "key" | "checkedOn" | "doubtedOn">, now: Date): boolean {
  return row.doubtedOn !== "" || freshness({ key: row.key, checked: row.checkedOn }, now.toISOString().slice(0, 10)).state !== "recent"
}

/** For each interval of checking of what people come for, the kinds that have it and the last day that is too long ago. */
export function cutoffs(now: Date): { keys: string[]; before: string }[] {
  const byDays = new Map<number, string[]>()
  for (const { key, need, days } of factKinds) {
    if (need !== null && days > 0) byDays.set(days, [...(byDays.get(days) ?? []), key])
  }
  return [...byDays].map(([days, keys]) => ({ keys, before: new Date(now.getTime() - days * DAY).toISOString().slice(0, 10) }))
}

function isSame(one: FactRow, other: FactRow | undefined): boolean {
  if (!other) return false
  return (Object.keys(one) as (keyof FactRow)[]).every((name) =>
    name === "sources" ? JSON.stringify(one.sources) === JSON.stringify(other.sources) : one[name] === other[name],
  )
}
