import { citedPlaces } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Event } from "../events.ts"
import { enqueue, isFull } from "../jobs/queue.ts"
import { readFingerprints } from "../media/actions.ts"
import { findLivePage, leftAlone, readPages, readRevision } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Viewer } from "../web/viewer.ts"
import { canPropose, DEAD_AFTER, isDead, type Proposal, readAddress } from "./model.ts"
import {
  addressesOf, type CitationRow, deleteProposalsBefore, findChecks, findPagesAt, findProposal, keepProposal, listCitations, listFailing, listOwnAddresses, listSaid, listUses,
  replaceCitations, slugsOf, slugsOfPages, sourcePagesAt, type Use,
} from "./store.ts" // prettier-ignore

export type { Use } from "./store.ts"

/** Work of this feature, by its names in `work.ts`. */
export const PROPOSE = "source.propose"
export const CHECK_LINK = "source.check-link"
export const CHECK_LINKS = "source.check-links"

/** Places that cite one source, and that rest on dead addresses, shown at once. */
const MOST_USES = 300
const MOST_DEAD_USES = 1_000
/** People who wait for what an address says of itself. */
const MOST_ASKED = 50
const WEEK = 7 * 86_400_000
/** What an address said holds for an hour. */
const HOUR = 3_600_000

/** Reaction: what a page rests on, as its current revision says; nothing of a deleted one. Derived, so `rebuildCitations` can make it anew. */
export async function recordCitations(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page === undefined || (await leftAlone(tx, event, ["fact", "citation"]))) return
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

/** Of these sources, web addresses and slugs, those that have to be taken for dead: of a page of ours, when no address that it gives answers. */
export async function readDeadAmong(db: Reader, sources: readonly string[]): Promise<Set<string>> {
  const dead = (await findChecks(db, [...new Set(sources)])).filter(isDead).map(({ address }) => address)
  const pages = await sourcePagesAt(db, [...new Set(sources.filter((source) => !/^https?:/.test(source)))])
  const deadPages = await readDeadPages(db, pages.map(({ pageId }) => pageId))
  return new Set([...dead, ...pages.filter(({ pageId }) => deadPages.has(pageId)).map(({ slug }) => slug)])
}

/** The pages of sources none of whose addresses answers, and since when; of some pages alone when they are given. */
export async function readDeadPages(db: Reader, pageIds?: readonly string[]): Promise<Map<string, string>> {
  const own = await listOwnAddresses(db, pageIds)
  const failing = new Map((await listFailing(db, DEAD_AFTER)).map(({ address, failingSince }) => [address, failingSince ?? ""]))
  const alive = new Set(own.filter(({ address }) => !failing.has(address)).map(({ pageId }) => pageId))
  return new Map(own.filter(({ pageId }) => !alive.has(pageId)).map(({ pageId, address }) => [pageId, failing.get(address)!]))
}

export interface DeadSource {
  address: string
  failingSince: string | null
  /** The page of the source, where there is one. */
  page: { slug: string; title: string } | null
  uses: Use[]
}

/** Addresses that no longer answer, with what rests on them: on the address, or on the page of the source that gives it. */
export async function readDeadSources(db: Reader): Promise<DeadSource[]> {
  const failing = await listFailing(db, DEAD_AFTER)
  const addresses = new Set(failing.map(({ address }) => address))
  const own = (await listOwnAddresses(db)).filter(({ address }) => addresses.has(address))
  const slugs = await slugsOfPages(db, own.map(({ pageId }) => pageId))
  const uses = await listUses(db, [...addresses, ...slugs.map(({ slug }) => slug)], MOST_DEAD_USES)
  const dead = failing.map(({ address, failingSince }): DeadSource => {
    const page = own.find((one) => one.address === address)
    const names = new Set([address, ...slugs.filter(({ pageId }) => pageId === page?.pageId).map(({ slug }) => slug)])
    return { address, failingSince, page: page ? { slug: page.slug, title: page.title } : null, uses: uses.filter(({ source }) => names.has(source)) }
  })
  return dead.filter((one) => one.page !== null || one.uses.length > 0)
}

/** An uploaded file that the page of a source links to, with the hash of what is kept. */
export type KeptFile = Awaited<ReturnType<typeof readFingerprints>>[number]

/** The files of a source, and the hashes that its page gives for some. */
export async function readKeptFiles(ctx: Context, pageId: string): Promise<{ files: KeptFile[]; given: string[] }> {
  const said = await listSaid(ctx.db.read, ["document_file", "file_hash"], [pageId])
  const items = said.flatMap(({ value }) => /^\/media\/item\/([a-z]{1,40})(?: |$)/.exec(value)?.[1] ?? [])
  const given = said.filter(({ key }) => key === "file_hash").map(({ value }) => value.trim().toLowerCase())
  return { files: await readFingerprints(ctx, pageId, items), given }
}

/**
 * What a web address says of itself: title, publisher and date. It is asked by a job, so the first answer is that it was asked.
 * Throws `unauthenticated`, `invalid`, and `unavailable` when too many wait.
 */
export async function proposeSource(ctx: Context, viewer: Viewer, raw: string): Promise<Proposal> {
  if (!canPropose(viewer)) throw new AppError("unauthenticated", "Log in to add a source.")
  const address = readAddress(raw)
  ctx.screen({ kind: "edit", fields: { address } })
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
