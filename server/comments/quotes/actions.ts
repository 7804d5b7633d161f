import { findQuote, passages, QUOTE_LENGTH, quoteAnywhere, quoteFrom, type Passage, type Quote } from "../../../editor/document/index.ts"
import type { Context, Reaction } from "../../context.ts"
import { invalid } from "../../errors.ts"
import { findLivePage, readRevision, readUncovered } from "../../pages/actions.ts"
import type { Page, PageAt } from "../../pages/model.ts"
import { hiddenOf } from "../../pages/redactions/actions.ts"
import type { Reader } from "../../storage/database.ts"
import { deleteQuote, type KeptQuote, listPageQuotes, listPublicQuotes, listQuotes } from "./store.ts"

/** A quotation as a form sends it. */
export interface TypedQuote {
  /** The id of the passage; empty where only words were given. */
  block: string
  words: string
  before?: string
  after?: string
  /** The number of the revision that was read; the current one where the form does not say. */
  revision?: number
}

/** A quotation as it is shown beside its comment. */
export interface ShownQuote {
  exact: string
  /** The passage the words stand in now; null when they are gone. */
  block: string | null
  /** Whether that passage, a fact, says something else by now. */
  isChanged: boolean
  /** The number of the revision it speaks of, and the passage there. */
  revision: number
  was: string
}

/** Marks on one page; what is more is found beside the comments. */
const MOST_MARKS = 500
/** With its blanks and line ends, as it was copied. */
const LONGEST_TYPED = 8 * QUOTE_LENGTH

/**
 * What somebody quotes of a page, with the number of the revision that says so; null when they quote nothing. Words always come from the
 * page itself. Throws `invalid` when they do not stand there.
 */
export async function readQuote(db: Reader, page: Page, typed: TypedQuote | undefined): Promise<(Quote & { revision: number }) | null> {
  if (!typed || typed.words.trim() === "") return null
  const { words, before = "", after = "", revision = page.revision } = typed
  if (words.length > LONGEST_TYPED || words.replace(/\s+/g, " ").trim().length > QUOTE_LENGTH) {
    throw invalid("words", `A quotation has at most ${QUOTE_LENGTH} characters. Keep the words you speak of.`)
  }
  const read = revision >= 1 && revision < page.revision ? [revision, page.revision] : [page.revision]
  for (const number of read) {
    const { doc } = await readRevision(db, page, number)
    const around = { prefix: before.slice(-LONGEST_TYPED), suffix: after.slice(0, LONGEST_TYPED) }
    const quote = quoteFrom(doc, typed.block, words, around) ?? quoteAnywhere(doc, words)
    if (quote) return { ...quote, revision: number }
  }
  throw invalid("words", "These words do not stand in the page. Copy them from it as they are, or leave the field empty.")
}

/** What the form quotes when it is opened for a passage; nothing where the page has none of this id. */
export async function quotingOf(ctx: Context, page: Page, block: string | undefined): Promise<{ revision: number; block?: string; words?: string }> {
  const quote = block ? quoteFrom((await readRevision(ctx.db.read, page)).doc, block) : null
  return { revision: page.revision, ...(quote && { block: quote.block, words: quote.exact }) }
}

/** The passages of a page, for who looks for the one they want to quote. */
export async function readPassages(ctx: Context, page: Page): Promise<Passage[]> {
  return passages((await readRevision(ctx.db.read, page)).doc)
}

/** The quotations in these comments, held against the page as it is now, by comment. */
export async function readQuotes(ctx: Context, page: Page, comments: readonly string[]): Promise<Map<string, ShownQuote>> {
  const kept = await listQuotes(ctx.db.read, comments)
  if (kept.length === 0) return new Map()
  const { doc } = await readRevision(ctx.db.read, page)
  const shown = await withoutHidden(ctx.db.read, page, kept)
  return new Map(
    shown.map((quote) => {
      const place = findQuote(doc, quote)
      const { exact, revision, block: was } = quote
      return [quote.comment, { exact, revision, was, block: place?.passage.id ?? null, isChanged: place?.isChanged ?? false }]
    }),
  )
}

/** A comment that speaks of a passage, for the mark beside it. */
export interface Mark {
  comment: string
  name: string
  exact: string
}

/** The comments that speak of passages which stand in the page, by the id of the fact or top-level block. */
export async function readMarks(ctx: Context, page: Page): Promise<Map<string, Mark[]>> {
  const kept = await listPublicQuotes(ctx.db.read, page.id, MOST_MARKS)
  const marks = new Map<string, Mark[]>()
  if (kept.length === 0) return marks
  const { doc } = await readRevision(ctx.db.read, page)
  for (const { name, ...quote } of await withoutHidden(ctx.db.read, page, kept)) {
    const passage = findQuote(doc, quote)?.passage
    if (!passage) continue
    const id = passage.isFact ? passage.id : passage.top
    marks.set(id, [...(marks.get(id) ?? []), { comment: quote.comment, name, exact: quote.exact }])
  }
  return marks
}

/** Reaction: of words that were removed from a page for good, no quotation keeps a part. */
export const dropPurgedQuotes: Reaction = async (_ctx, tx, event) => {
  if (event.page === undefined || event.detail?.part === "comment") return
  const page = await findLivePage(tx, event.page)
  for (const quote of await listPageQuotes(tx, event.page)) {
    // What is hidden only may be shown again.
    const isLeft = page && holds(await readUncovered(tx, page, quote.revision), quote)
    if (!isLeft) await deleteQuote(tx, quote.comment)
  }
}

/** Those whose words may be read in the revision they were taken from: moderators hide words in all revisions, or revisions. */
async function withoutHidden<Kept extends KeptQuote>(db: Reader, page: Page, kept: readonly Kept[]): Promise<Kept[]> {
  const { spans, texts } = await hiddenOf(db, page.id)
  if (spans.length === 0 && texts.size === 0) return [...kept]
  const shown: Kept[] = []
  for (const quote of kept) if (holds(await readRevision(db, page, quote.revision), quote)) shown.push(quote)
  return shown
}

function holds({ doc }: PageAt, { block, prefix, exact, suffix }: KeptQuote): boolean {
  return passages(doc).some(({ id, text }) => id === block && text.includes(prefix + exact + suffix))
}
