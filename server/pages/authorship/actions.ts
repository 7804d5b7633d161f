import { type Authorship, carryAuthorship } from "../../../editor/document/index.ts"
import type { Context, Reaction } from "../../context.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { documentOf } from "../documents.ts"
import type { Page, PageAt, Revision } from "../model.ts"
import { readRevision, readRevisionsBy } from "../reading.ts"
import { findPageById, findRevision } from "../store.ts"
import { authorshipAt, KEPT_EVERY, replayAuthorship, rowOf, type State } from "./history.ts"
import { type AuthorshipRow, deleteAuthorship, insertAuthorship, moveAuthorship, pageIds } from "./store.ts"

/** Reaction: who wrote which words of the page as it is now. Derived, so `rebuildAuthorship` makes it anew. */
export const recordAuthorship: Reaction = async (_ctx, tx, event) => {
  const number = Number(event.subject)
  const row = event.page === undefined ? undefined : await findRevision(tx, event.page, number)
  if (!row) return
  const kept = rowOf({ row, at: await authorshipAt(tx, row.pageId, row) })
  const before = number - 1
  if (before % KEPT_EVERY !== 0 && (await moveAuthorship(tx, row.pageId, before, kept))) return
  await insertAuthorship(tx, row.pageId, [kept])
}

export interface PageAuthorship {
  at: PageAt
  /** Of each block, in order, the runs of words and the revision each is of; 0 for what stands in the place of hidden words. */
  blocks: Authorship
  /** The revisions that wrote them, by number. */
  revisions: Map<number, Revision>
  words: number
  /** Who wrote how many of the words that stand there now, most first. */
  contributors: Share[]
}

export interface Share {
  name: string
  words: number
  /** The part of all words, from 0 to 1. */
  share: number
  /** The numbers of their revisions that left words. */
  revisions: number[]
}

/** Who wrote which words of the page as it is now. */
export async function readAuthorship(ctx: Context, page: Page): Promise<PageAuthorship> {
  const db = ctx.db.read
  const at = await readRevision(db, page)
  const row = (await findRevision(db, page.id, page.revision))!
  const { blocks: written } = await authorshipAt(db, page.id, row)
  const doc = await documentOf(db, row)
  // What a reader sees may have less in it than was saved.
  const blocks = doc === at.doc ? written : carryAuthorship(at.doc, 0, [{ doc, authorship: written }])
  const counts = new Map<number, number>()
  for (const { words, revision } of blocks.flat()) counts.set(revision, (counts.get(revision) ?? 0) + words)
  counts.delete(0)
  const revisions = new Map<number, Revision>((await readRevisionsBy(db, page, [...counts.keys()])).map((one) => [one.number, one]))
  const words = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { at, blocks, revisions, words, contributors: sharesOf(counts, revisions, words) }
}

/** Makes it anew for every page from its revisions, while the site goes on. */
export async function rebuildAuthorship(ctx: Context, progress: (part: number) => void = () => {}): Promise<void> {
  const ids = await pageIds(ctx.db.read)
  for (const [index, id] of ids.entries()) {
    await rebuildPage(ctx, id)
    progress((index + 1) / ids.length)
  }
}

// A long history takes its time: it is gone through before anybody has to wait for the turn to write.
async function rebuildPage(ctx: Context, id: string): Promise<void> {
  const marks: AuthorshipRow[] = []
  const known = new Map<number, State>()
  let last: State | null = null
  const replay = async (db: Reader | Transaction) => {
    const to = (await findPageById(db, id))?.revision ?? 0
    last = await replayAuthorship(db, id, { from: last, to, known }, (state) => {
      if (state.row.number % KEPT_EVERY === 0) marks.push(rowOf(state))
    })
  }
  await replay(ctx.db.read)
  await ctx.db.write(async (tx) => {
    await replay(tx)
    await deleteAuthorship(tx, id)
    const isMark = last === null || last.row.number % KEPT_EVERY === 0
    await insertAuthorship(tx, id, isMark ? marks : [...marks, rowOf(last!)])
  })
}

// A revision of several people is theirs together: its words count for whoever is named first.
function sharesOf(counts: ReadonlyMap<number, number>, revisions: ReadonlyMap<number, Revision>, words: number): Share[] {
  const shares = new Map<string, Share>()
  for (const [number, count] of counts) {
    const name = revisions.get(number)!.contributors.join(", ")
    const share = shares.get(name) ?? { name, words: 0, share: 0, revisions: [] }
    share.words += count
    share.share = share.words / words
    share.revisions.push(number)
    shares.set(name, share)
  }
  for (const share of shares.values()) share.revisions.sort((one, other) => one - other)
  return [...shares.values()].sort((one, other) => other.words - one.words)
}
