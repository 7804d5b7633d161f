import type { Context } from "../context.ts"
import { findLivePage, readRevision } from "../pages/actions.ts"
import type { Kind } from "../pages/model.ts"
import type { Event } from "../events.ts"
import type { Transaction } from "../storage/database.ts"
import { hiddenOf } from "../pages/redactions/actions.ts"
import { commentText, entryOf } from "./entry.ts"
import { excerptOf } from "./excerpt.ts"
import type { Entry, Query, Results, Suggestion } from "./model.ts"
import { corrected, loosened, readBeginning, readQuery } from "./query.ts"
import { forgetPast, takeInPast } from "./past.ts"
import { spellings } from "./spelling.ts"
import { begin, countMarked, indexOf, isLayoutOld, mark, markedPages, publishedComments, unmark } from "./store.ts"

/** Pages taken in by one transaction; between two of them the site answers others. */
const BATCH = 10
/** Pages that a search takes in before it looks, so that it knows what was saved just now; the rest are left to the pauses. */
const BEFORE_SEARCHING = 50
/** Comments of one page that are taken in; the newest. */
const COMMENTS = 300
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

/** Reaction: what readers may see of a page's revisions is another now. */
export async function forgetPastInSearch(ctx: Context, tx: Transaction, event: Event): Promise<void> {
  if (event.page) await forgetPast(ctx, tx, event.page)
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

export { searchPast } from "./past.ts"

export interface Search {
  text: string
  kind?: Kind | null
  limit: number
  offset?: number
}

/** The pages that fit what a person typed, whatever that is, best first. What was typed is kept nowhere. */
export async function search(ctx: Context, { text, kind = null, limit, offset = 0 }: Search): Promise<Results> {
  const query = readQuery(text)
  if (query.wanted.length === 0) return { results: [], count: 0, more: false, partial: false, corrected: null, note: query.note }
  await freshen(ctx)
  const exact = await count(ctx, query, kind)
  const { used, all, partial, instead } = exact > 0 ? { used: query, all: exact, partial: false, instead: null } : await otherwise(ctx, query, kind)
  const found = all > offset ? await indexOf(ctx.db).find(ctx.db.read, used, { kind, limit, offset }) : []
  const results = found.map(({ shown, ...page }) => ({ ...page, excerpt: excerptOf(shown, used) }))
  return { results, count: Math.min(all, COUNTED), more: all > COUNTED, partial: partial && all > 0, corrected: instead, note: query.note }
}

/** Titles and other names that begin with what was typed so far. */
export async function suggest(ctx: Context, text: string, limit: number): Promise<Suggestion[]> {
  const query = readBeginning(text)
  return query.wanted.length === 0 ? [] : indexOf(ctx.db).suggest(ctx.db.read, query, limit)
}

/** What to look for when no page has all that was asked for: the same without typing mistakes, else a part of it. */
async function otherwise(ctx: Context, query: Query, kind: Kind | null) {
  const better = corrected(query, await spellings(ctx))
  const found = better ? await count(ctx, better, kind) : 0
  if (better && found > 0) return { used: better, all: found, partial: false, instead: wordsOfQuery(better) }
  const used = query.wanted.length > 1 ? loosened(better ?? query) : query
  const all = query.wanted.length > 1 ? await count(ctx, used, kind) : 0
  return { used, all, partial: query.wanted.length > 1, instead: null }
}

function wordsOfQuery({ wanted }: Query): string {
  return wanted.map((term) => [...new Set(term.map(({ words }) => words.join(" ")))].join(" or ")).join(", ")
}

/** The published comments of a page, those left out that hide something. */
async function commentsOf(tx: Transaction, pageId: string): Promise<string[]> {
  const { comments, spans } = await hiddenOf(tx, pageId)
  const rows = (await publishedComments(tx, pageId, COMMENTS)).filter(({ id }) => !comments.has(id))
  return rows.map(({ body }) => commentText(body)).filter((text) => !spans.some(({ words }) => text.includes(words)))
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
  if (entry && !(await takeInPast(ctx, tx, pageId))) await mark(tx, pageId)
  if (!entry) await indexOf(ctx.db).forget(tx, pageId)
}

// One page that can no longer be read must not keep all others out of the index.
async function readEntry(ctx: Context, tx: Transaction, pageId: string): Promise<Entry | null> {
  const page = await findLivePage(tx, pageId)
  try {
    return page ? entryOf(await readRevision(tx, page), await commentsOf(tx, pageId)) : null
  } catch (error) {
    ctx.log.error({ err: error, page: pageId }, "a page could not be read for the search index")
    return null
  }
}
