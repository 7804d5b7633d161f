import type { Node } from "prosemirror-model"
import { joinBlocks } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError, notFound } from "../errors.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import type { Viewer } from "../web/viewer.ts"
import { documentOf } from "./documents.ts"
import { canDelete, type Page, type PageAt, type Revision, titleKey } from "./model.ts"
import { hiddenOf } from "./redactions/actions.ts"
import { maskDocument } from "./redactions/mask.ts"
import { type Hidden, maskRevision, nothingHidden } from "./redactions/model.ts"
import {
  findBlocks, findPage, findPageById, findRevision, findRevisions, findTitleOwner, listPages, listRevisions, namesOf, type PageFilter,
  type RevisionRow,
} from "./store.ts" // prettier-ignore

/** The page at a slug it has or once had. Throws `not-found`, or `gone` when it was deleted (moderators still see it). */
export async function readPage(ctx: Context, viewer: Viewer, slug: string): Promise<Page> {
  const page = (await findPage(ctx.db.read, slug.normalize("NFC"))) ?? missing()
  if (page.deletedAt && !canDelete(viewer)) throw new AppError("gone", `“${page.title}” was deleted.`)
  return page
}

/** The title, or where another page has it, the title and the first free number: "Mail (2)". */
export async function freeTitle(db: Reader, title: string): Promise<string> {
  let free = title
  for (let number = 2; await findTitleOwner(db, titleKey(free)); number++) free = `${title} (${number})`
  return free
}

/** The page by its id, for those who hold an event. Undefined once it is deleted. */
export async function findLivePage(db: Reader | Transaction, id: string): Promise<Page | undefined> {
  const page = await findPageById(db, id)
  return page?.deletedAt ? undefined : page
}

/**
 * A page at one revision, the current one unless `number` is given, without what moderators hid: the one door for whoever shows or uses
 * a text. Throws `not-found`.
 */
export async function readRevision(db: Reader | Transaction, page: Page, number = page.revision): Promise<PageAt> {
  const row = (await findRevision(db, page.id, number)) ?? notFoundRevision()
  return shownAt(db, page, row, await hiddenOf(db, page.id))
}

/** The same for two revisions that are to be compared, asked for in one go. Throws `not-found`. */
export async function readBoth(db: Reader | Transaction, page: Page, numbers: readonly [number, number]): Promise<[PageAt, PageAt]> {
  const rows = await findRevisions(db, page.id, numbers)
  const hidden = await hiddenOf(db, page.id)
  const at = (number: number) => shownAt(db, page, rows.find((row) => row.number === number) ?? notFoundRevision(), hidden)
  return [await at(numbers[0]), await at(numbers[1])]
}

/** The revision as it was saved, hidden or not: for moderators who look at what was hidden, and for nobody else. */
export async function readUncovered(db: Reader | Transaction, page: Page, number: number): Promise<PageAt> {
  const row = (await findRevision(db, page.id, number)) ?? notFoundRevision()
  const { purgedAt } = await hiddenOf(db, page.id)
  return { page, revision: await withNames(db, row), doc: await documentOf(db, row, purgedAt) }
}

/** Revisions of a page without their text, newest first. */
export async function readRevisions(db: Reader, page: Page, options: { before?: number; limit: number }): Promise<Revision[]> {
  const rows = await listRevisions(db, page.id, options)
  const hidden = await hiddenOf(db, page.id)
  return Promise.all(rows.map(async (row) => maskRevision(hidden, await withNames(db, row), page.title)))
}

/** The revisions of a page with these numbers, without their text, in no order. */
export async function readRevisionsBy(db: Reader, page: Page, numbers: readonly number[]): Promise<Revision[]> {
  const rows = await findRevisions(db, page.id, numbers)
  const hidden = await hiddenOf(db, page.id)
  return Promise.all(rows.map(async (row) => maskRevision(hidden, await withNames(db, row), page.title)))
}

/** What the revisions after `after` up to `until` say that the one at `after` does not, as readers see them: their titles and those blocks. */
export async function readAdditions(
  db: Reader | Transaction,
  page: Page,
  { after, until }: { after: number; until: number },
): Promise<{ titles: string[]; blocks: readonly Node[] }> {
  const numbers = Array.from({ length: until - after }, (_, at) => after + 1 + at)
  if ((await hiddenOf(db, page.id)) !== nothingHidden) {
    const shown: PageAt[] = []
    for (const number of numbers) shown.push(await readRevision(db, page, number))
    return { titles: shown.map(({ revision }) => revision.title), blocks: shown.flatMap(({ doc }) => doc.children) }
  }
  const known = new Set(after > 0 ? (await findRevision(db, page.id, after))?.keys : [])
  const rows = await findRevisions(db, page.id, numbers)
  const fresh = [...new Set(rows.flatMap(({ keys }) => keys))].filter((key) => !known.has(key))
  const blocks = fresh.length === 0 ? [] : joinBlocks(await findBlocks(db, fresh)).children
  return { titles: rows.map(({ title }) => title), blocks }
}

/** Revisions looked through for the past of one part of a page, and those then read in full. */
const LOOKED_THROUGH = 400
const READ = 60

/**
 * The revisions, newest first, at which the blocks that hold something became others: `holds` is asked of each block as it is stored.
 * At most the newest 60 of the last 400; `complete` when there were no more.
 */
export async function readTurns(db: Reader, page: Page, holds: (block: string) => boolean): Promise<{ turns: PageAt[]; complete: boolean }> {
  const rows = (await listRevisions(db, page.id, { limit: LOOKED_THROUGH })).reverse()
  const keys = [...new Set(rows.flatMap((row) => row.keys))]
  const bodies = await findBlocks(db, keys)
  const holding = new Set(keys.filter((_, index) => holds(bodies[index]!)))
  const heldBy = rows.map((row) => row.keys.filter((key) => holding.has(key)).join())
  const turns = rows.filter((_, index) => heldBy[index] !== (heldBy[index - 1] ?? "")).slice(-READ)
  const read = await Promise.all(turns.map(({ number }) => readRevision(db, page, number)))
  return { turns: read.reverse(), complete: rows.length < LOOKED_THROUGH && turns.length < READ }
}

/** Pages in the order of their titles, with the cursor that leads on. */
export async function readPages(db: Reader, filter: PageFilter): Promise<{ pages: Page[]; next: string | null }> {
  const rows = await listPages(db, { ...filter, limit: filter.limit + 1 })
  const pages = rows.slice(0, filter.limit)
  return { pages, next: rows.length > filter.limit ? pages.at(-1)!.titleKey : null }
}

async function shownAt(db: Reader | Transaction, page: Page, row: RevisionRow & { author: string }, hidden: Hidden): Promise<PageAt> {
  const doc = maskDocument(hidden, row.number, await documentOf(db, row, hidden.purgedAt))
  const isTextHidden = hidden.texts.has(row.number)
  return { page, revision: maskRevision(hidden, await withNames(db, row), page.title), doc, ...(isTextHidden && { isTextHidden }) }
}

async function withNames(db: Reader | Transaction, row: RevisionRow & { author: string }): Promise<Revision> {
  const { keys: _keys, pageId: _pageId, seal: _seal, contributorIds, ...revision } = row
  if (contributorIds.length === 1) return { ...revision, contributors: [row.author] }
  const names = await namesOf(db, contributorIds)
  return { ...revision, contributors: contributorIds.map((id) => names.get(id)!) }
}

function missing(): never {
  throw notFound("page")
}

function notFoundRevision(): never {
  throw notFound("revision")
}
