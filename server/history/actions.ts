import { applyDiff, diffDocuments, documentHash, type Diff } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Event, EventType } from "../events.ts"
import { type Page, type PageAt, type Revision } from "../pages/model.ts"
import { readRevision, readRevisions } from "../pages/actions.ts"
import { hiddenOfAll } from "../pages/redactions/actions.ts"
import { HIDDEN_NAME, maskSummary, maskWords } from "../pages/redactions/model.ts"
import { type Change, listChanges, listPageEvents } from "./store.ts"

export type { Change } from "./store.ts"

/** Entries on one page of a timeline or list. */
const PAGE_SIZE = 50

const REVISION_EVENTS: EventType[] = ["page.created", "page.saved", "page.restored"]
const PAGE_EVENTS: EventType[] = [...REVISION_EVENTS, "page.renamed", "page.deleted", "page.undeleted"]

/** An event of a page's timeline, with its revision where it made one and the size before it. */
export interface Entry {
  event: Event
  revision: Revision | null
  wordsBefore: number
}

/** A page's timeline, newest first; `next` leads to older entries. `types` adds the events of other features. */
export async function readTimeline(
  ctx: Context,
  page: Page,
  options: { types: EventType[]; before?: number },
): Promise<{ entries: Entry[]; next: number | null }> {
  const types = [...PAGE_EVENTS, ...options.types]
  const events = await listPageEvents(ctx.db.read, page.id, { types, before: options.before, limit: PAGE_SIZE + 1 })
  const shown = events.slice(0, PAGE_SIZE)
  const numbers = shown.filter((event) => REVISION_EVENTS.includes(event.type)).map((event) => Number(event.subject))
  const newest = Math.max(0, ...numbers)
  const revisions = await readRevisions(ctx.db.read, page, { before: newest + 1, limit: numbers.length + 1 })
  const byNumber = new Map(revisions.map((revision) => [revision.number, revision]))
  const entries = shown.map((event) => {
    const revision = REVISION_EVENTS.includes(event.type) ? (byNumber.get(Number(event.subject)) ?? null) : null
    return { event, revision, wordsBefore: revision ? (byNumber.get(revision.number - 1)?.words ?? 0) : 0 }
  })
  return { entries, next: events.length > PAGE_SIZE ? shown.at(-1)!.seq : null }
}

/** What changed on the site, newest first. */
export async function readChanges(
  ctx: Context,
  options: { before?: number; author?: string; limit?: number } = {},
): Promise<{ changes: Change[]; next: number | null }> {
  const limit = options.limit ?? PAGE_SIZE
  const rows = await listChanges(ctx.db.read, { ...options, types: PAGE_EVENTS, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const changes = await withoutHidden(ctx, shown, options.author !== undefined)
  return { changes, next: rows.length > limit ? shown.at(-1)!.seq : null }
}

// In the list of one person's acts a hidden name would be told by the list itself: the act is left out of it.
async function withoutHidden(ctx: Context, changes: Change[], ofOne: boolean): Promise<Change[]> {
  const hidden = await hiddenOfAll(ctx.db.read, changes.map(({ pageId }) => pageId))
  const isNameless = ({ pageId, number }: Change) => number !== null && hidden.get(pageId)?.names.has(number) === true
  return (ofOne ? changes.filter((change) => !isNameless(change)) : changes).map((change) => {
    const here = hidden.get(change.pageId)
    if (!here) return change
    const { number, summary, title } = change
    const actor = isNameless(change) ? HIDDEN_NAME : change.actor
    return { ...change, actor, title: maskWords(here, title), summary: summary && number !== null ? maskSummary(here, number, summary) : summary }
  })
}

export interface Comparison {
  from: PageAt
  to: PageAt
  diff: Diff
  /** Whether applying the listed changes to `from` gives exactly `to`; shown on the page when it does not. */
  complete: boolean
}

/** The changes between two revisions of a page. Throws `not-found`, `invalid`. */
export async function compare(ctx: Context, page: Page, from: number, to: number): Promise<Comparison> {
  for (const number of [from, to]) {
    if (!Number.isInteger(number) || number < 1) throw new AppError("not-found", "There is no such revision.")
  }
  const [before, after] = [await readRevision(ctx.db.read, page, from), await readRevision(ctx.db.read, page, to)]
  const diff = diffDocuments(before.doc, after.doc, { fromTitle: before.revision.title, toTitle: after.revision.title })
  const complete = documentHash(applyDiff(before.doc, diff)) === documentHash(after.doc)
  return { from: before, to: after, diff, complete }
}
