import type { Context } from "../context.ts"
import { findLivePage, readAdditions, readRevision } from "../pages/actions.ts"
import type { Page, PageAt } from "../pages/model.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { blockWords } from "./entry.ts"
import { indexedWords } from "./fold.ts"
import type { Query, Term } from "./model.ts"
import { readQuery } from "./query.ts"
import { indexOf } from "./store.ts"

/** Words kept of all revisions of one page; a page of years has a tenth of them. */
const MOST_WORDS = 120_000
/** Revisions taken in by one transaction; between two of them others write. */
const AT_ONCE = 500
/** Pages looked through, and revisions of each: every one is read. */
const PAGES = 5
const REVISIONS = 400

/** When a page said what was looked for. */
export interface Appearance {
  slug: string
  title: string
  /** The first revision that has it, of those that were looked through. */
  first: Moment
  /** The last that has it; null while the page still says so. */
  last: Moment | null
  /** Whether the history is longer than what was looked through. */
  partly: boolean
}

export interface Moment {
  number: number
  createdAt: string
  author: string
}

/** Takes in the words of the revisions that came since, as readers may see them; false when some are left for another transaction. */
export async function takeInPast(ctx: Context, tx: Transaction, pageId: string, atOnce = AT_ONCE): Promise<boolean> {
  const page = await findLivePage(tx, pageId)
  if (!page) return true
  const index = indexOf(ctx.db)
  const known = await index.pastOf(tx, pageId)
  if (known?.until === page.revision) return true
  const words = new Set(known?.words)
  const after = known?.until ?? 0
  const until = words.size < MOST_WORDS ? Math.min(page.revision, after + atOnce) : page.revision
  if (words.size < MOST_WORDS) {
    const { titles, blocks } = await readAdditions(tx, page, { after, until })
    for (const text of [...titles.map(indexedWords), ...blocks.map(blockWords)]) for (const word of text) words.add(word)
  }
  const isNew = words.size !== known?.words.length
  await index.indexPast(tx, pageId, { until, ...(isNew && { words: [...words] }) })
  return until === page.revision
}

/** Lets go of what the revisions of a page said: what readers may see of them is another now, and is taken in anew. */
export async function forgetPast(ctx: Context, tx: Transaction, pageId: string): Promise<void> {
  await indexOf(ctx.db).indexPast(tx, pageId, { until: 0, words: [] })
}

/** Which pages say or said something, since when and until when: "when did this number first appear?". Redacted words are never found. */
export async function searchPast(ctx: Context, text: string): Promise<{ found: Appearance[]; note: string | null }> {
  const query = readQuery(text)
  if (query.wanted.length === 0) return { found: [], note: query.note }
  // Where words stood beside each other is told by the revisions themselves.
  const loose: Query = { ...query, wanted: query.wanted.map((term): Term => term.map((way) => ({ ...way, inOrder: false }))) }
  const candidates = await indexOf(ctx.db).findPast(ctx.db.read, loose, PAGES)
  const found: Appearance[] = []
  for (const { id } of candidates) {
    const page = await findLivePage(ctx.db.read, id)
    const appearance = page && (await appearanceOn(ctx.db.read, page, query))
    if (appearance) found.push(appearance)
  }
  return { found, note: query.note }
}

async function appearanceOn(db: Reader, page: Page, query: Query): Promise<Appearance | null> {
  const oldest = Math.max(1, page.revision - REVISIONS + 1)
  let first: PageAt | null = null
  let last: PageAt | null = null
  for (let number = oldest; number <= page.revision; number++) {
    const at = await readRevision(db, page, number)
    if (!says(at, query)) continue
    first ??= at
    last = at
  }
  if (!first || !last) return null
  const isStill = last.revision.number === page.revision
  return { slug: page.slug, title: page.title, first: momentOf(first), last: isStill ? null : momentOf(last), partly: oldest > 1 }
}

function says(at: PageAt, { wanted }: Query): boolean {
  const text = ` ${wordsAt(at).join(" ")} `
  return wanted.every((term) =>
    term.some(({ words, inOrder, prefix }) => {
      const end = (word: string) => (prefix && word === words.at(-1) ? "" : " ")
      if (inOrder) return text.includes(` ${words.join(" ")}${end(words.at(-1)!)}`)
      return words.every((word) => text.includes(` ${word}${end(word)}`))
    }),
  )
}

function wordsAt({ revision, doc }: PageAt): string[] {
  return [...indexedWords(revision.title), ...doc.children.flatMap(blockWords)]
}

function momentOf({ revision: { number, createdAt, author } }: PageAt): Moment {
  return { number, createdAt, author }
}
