import { citedPlaces } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Event } from "../events.ts"
import { enqueue, isFull } from "../jobs/queue.ts"
import { findLivePage, readPages, readRevision } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Viewer } from "../web/viewer.ts"
import { canPropose, isDead, type Proposal, readAddress } from "./model.ts"
import {
  addressesOf, type CitationRow, deleteProposalsBefore, findChecks, findPagesAt, findProposal, keepProposal, listCitations, listDead, listUses, replaceCitations, slugsOf, type Use,
} from "./store.ts" // prettier-ignore

export type { Use } from "./store.ts"

/** Work of this feature, by its names in `work.ts`. */
export const PROPOSE = "source.propose"
export const CHECK_LINK = "source.check-link"
export const CHECK_LINKS = "source.check-links"

/** Places that cite one source, and that rest on dead addresses, shown at once. */
const MOST_USES = 300
/** People who wait for what an address says of itself. */
const MOST_ASKED = 50
const WEEK = 7 * 86_400_000
/** What an address said holds for an hour. */
const HOUR = 3_600_000

/** Reaction: what a page rests on, as its current revision says; nothing of a deleted one. Derived, so `rebuildCitations` can make it anew. */
export async function recordCitations(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page === undefined) return
  const { before, after } = await record(tx, event.page)
  // The page of a source shows who cites it: it has to be made anew where that changed.
  const changed = [...new Set([...before, ...after])].filter((source) => before.has(source) !== after.has(source))
  for (const page of await findPagesAt(tx, changed)) {
    if (page !== event.page) await ctx.publish(tx, { type: "source.cited", page, subject: event.page })
  }
}

/** Records anew what every page rests on. */
export async function rebuildCitations(ctx: Context): Promise<void> {
  for (let after: string | undefined; ; ) {
    const { pages, next } = await readPages(ctx.db.read, { after, limit: 100 })
    for (const { id } of pages) await ctx.db.write((tx) => record(tx, id))
    if (next === null) return
    after = next
  }
}

/** The pages and facts that rest on a source: cited by any slug it ever had, or by a web address that its page gives. */
export async function readCitedBy(db: Reader, page: Pick<Page, "id">): Promise<Use[]> {
  return listUses(db, [...(await slugsOf(db, page.id)), ...(await addressesOf(db, page.id))], MOST_USES)
}

/** Of these web addresses those that have to be taken for dead, and since when. */
export async function readDeadAmong(db: Reader, addresses: readonly string[]): Promise<Map<string, string>> {
  const dead = (await findChecks(db, addresses)).filter(isDead)
  return new Map(dead.map(({ address, failingSince }) => [address, failingSince ?? ""]))
}

/** Addresses that no longer answer, with what rests on them. */
export function readDeadSources(db: Reader): Promise<(Use & { address: string; failingSince: string | null })[]> {
  return listDead(db, 2, MOST_USES)
}

/**
 * What a web address says of itself: title, publisher and date. It is asked by a job, so the first answer is that it was asked.
 * Throws `unauthenticated`, `invalid`, and `unavailable` when too many wait.
 */
export async function proposeSource(ctx: Context, viewer: Viewer, raw: string): Promise<Proposal> {
  if (!canPropose(viewer)) throw new AppError("unauthenticated", "Log in to add a source.")
  const address = readAddress(raw)
  const now = ctx.clock()
  return ctx.db.write(async (tx) => {
    await deleteProposalsBefore(tx, new Date(now.getTime() - HOUR).toISOString())
    const known = await findProposal(tx, address)
    if (known) return known
    if (await isFull(tx, PROPOSE, MOST_ASKED)) throw new AppError("unavailable", "Too many addresses are being looked at. Try again in a minute, or type the title yourself.")
    const asked: Proposal = { address, state: "asked", title: "", publisher: "", publishedOn: "" }
    await keepProposal(tx, asked, now.toISOString())
    await enqueue(ctx, tx, { kind: PROPOSE, body: { address }, key: ctx.keyed(address) })
    return asked
  })
}

/** The moment before which a link was checked too long ago. */
export function weekBefore(now: Date): string {
  return new Date(now.getTime() - WEEK).toISOString()
}

/** Records what a page rests on; the sources that were recorded before, and those that are now. */
async function record(tx: Transaction, pageId: string): Promise<{ before: Set<string>; after: Set<string> }> {
  const page = await findLivePage(tx, pageId)
  const places = page ? citedPlaces((await readRevision(tx, page)).doc) : []
  const rows = places.map(({ citation: { source, title, locator }, fact }): CitationRow => ({ source, title, locator, factId: fact }))
  const known = await listCitations(tx, pageId)
  // Most saves cite what was cited before.
  if (JSON.stringify(rows) !== JSON.stringify(known)) await replaceCitations(tx, pageId, rows)
  const [before, after] = [known, rows].map((list) => new Set(list.map(({ source }) => source)))
  return { before: before!, after: after! }
}
