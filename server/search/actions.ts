import type { Context } from "../context.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import type { Kind } from "../pages/model.ts"
import type { Event } from "../events.ts"
import type { Transaction } from "../storage/database.ts"
import { entryOf } from "./entry.ts"
import { excerptOf } from "./excerpt.ts"
import type { Entry, Query, Results } from "./model.ts"
import { loosened, readQuery } from "./query.ts"
import { begin, countMarked, indexOf, isLayoutOld, mark, markedPages, unmark } from "./store.ts"

/** Pages taken in by one transaction; between two of them the site answers others. */
const BATCH = 10
/** Pages that a search takes in before it looks, so that it knows what was saved just now; the rest are left to the pauses. */
const BEFORE_SEARCHING = 50
/** Beyond this many the exact number helps nobody. */
const COUNTED = 1_000

/** Makes the index's tables where they are missing or older than this program. Call it at the start, after migrating. */
export async function ensureSearch(ctx: Context): Promise<void> {
  await ctx.db.write(async (tx) => {
    if (await isLayoutOld(tx)) await begin(tx, indexOf(ctx.db))
  })
}

/**
 * Reaction: the page's place in the index is out of date. Only the mark is written in the act's transaction, because taking a page of
 * 12 KB in costs more than saving it does; `catchUp` follows in the next pause, and before the next search.
 */
export async function markForSearch(_ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page) await mark(tx, event.page)
}

/** Reaction: the page is gone, and its words with it. */
export async function forgetInSearch(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page) await indexOf(ctx.db).forget(tx, event.page)
}

/** Brings the index up to date with the pages, at most `most` of them; gives the number it looked at. Marks survive a crash. */
export async function catchUp(ctx: Context, most = Number.POSITIVE_INFINITY, onPage: () => void = () => {}): Promise<number> {
  let done = 0
  while (done < most) {
    const marked = await markedPages(ctx.db.read, Math.min(BATCH, most - done))
    if (marked.length === 0) break
    await ctx.db.write(async (tx) => {
      for (const id of await unmark(tx, marked)) await takeIn(ctx, tx, id)
    })
    marked.forEach(onPage)
    done += marked.length
  }
  return done
}

/** Takes in what waits, and leaves nothing of what pages said before in the index's own tables. */
export async function settleSearch(ctx: Context): Promise<void> {
  await catchUp(ctx)
  await ctx.db.write((tx) => indexOf(ctx.db).settle(tx))
}

/** Makes the index anew, while the site goes on; `onProgress` is told the part done, from 0 to 1. */
export async function rebuildSearch(ctx: Context, onProgress: (part: number) => void = () => {}): Promise<number> {
  await ctx.db.write(async (tx) => {
    await isLayoutOld(tx)
    await begin(tx, indexOf(ctx.db))
  })
  const total = await countMarked(ctx.db.read)
  let done = 0
  return catchUp(ctx, undefined, () => onProgress(Math.min(1, ++done / total)))
}

export interface Search {
  text: string
  kind?: Kind | null
  limit: number
  offset?: number
}

/** The pages that fit what a person typed, whatever that is, best first. What was typed is kept nowhere. */
export async function search(ctx: Context, { text, kind = null, limit, offset = 0 }: Search): Promise<Results> {
  const query = readQuery(text)
  if (query.wanted.length === 0) return { results: [], count: 0, more: false, partial: false, note: query.note }
  await freshen(ctx)
  const exact = await count(ctx, query, kind)
  const partial = exact === 0 && query.wanted.length > 1
  const used = partial ? loosened(query) : query
  const all = partial ? await count(ctx, used, kind) : exact
  const found = all > offset ? await indexOf(ctx.db).find(ctx.db.read, used, { kind, limit, offset }) : []
  const results = found.map(({ shown, ...page }) => ({ ...page, excerpt: excerptOf(shown, used) }))
  return { results, count: Math.min(all, COUNTED), more: all > COUNTED, partial: partial && all > 0, note: query.note }
}

function count(ctx: Context, query: Query, kind: Kind | null): Promise<number> {
  return indexOf(ctx.db).count(ctx.db.read, query, kind, COUNTED + 1)
}

// A full disk or a busy database must not stop people from finding what was known before.
async function freshen(ctx: Context): Promise<void> {
  try {
    await catchUp(ctx, BEFORE_SEARCHING)
  } catch (error) {
    ctx.log.warn({ err: error }, "the search index could not be brought up to date")
  }
}

async function takeIn(ctx: Context, tx: Transaction, pageId: string): Promise<void> {
  const entry = await readEntry(ctx, tx, pageId)
  if (entry) await indexOf(ctx.db).index(tx, entry)
  else await indexOf(ctx.db).forget(tx, pageId)
}

// One page that can no longer be read must not keep all others out of the index.
async function readEntry(ctx: Context, tx: Transaction, pageId: string): Promise<Entry | null> {
  const page = await findLivePage(tx, pageId)
  try {
    return page ? entryOf(await readRevision(tx, page)) : null
  } catch (error) {
    ctx.log.error({ err: error, page: pageId }, "a page could not be read for the search index")
    return null
  }
}
