import { findAccount } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { type Page, regions, type Revision } from "../pages/model.ts"
import { readRevisions } from "../pages/actions.ts"
import { hiddenOfAll } from "../pages/redactions/actions.ts"
import { HIDDEN_NAME, maskSummary, maskWords } from "../pages/redactions/model.ts"
import { firstOf } from "../web/query.ts"
import { type Viewer, visitor } from "../web/viewer.ts"
import {
  type Change,
  type ChangeFilter,
  type ChangeKind,
  changeKinds,
  CHANGES,
  type Entry,
  makesRevision,
  type Narrowed,
  TIMELINE,
  type TimelineKind,
  typesOf,
} from "./model.ts"
import { listChanges, listNames, listPageEvents } from "./store.ts"

export { compare, type Comparison, draw, type Drawn } from "./comparisons.ts"
export type { Change } from "./model.ts"

/** Entries on one page of a timeline or list. */
const PAGE_SIZE = 50

/** A page's timeline, newest first; `next` leads to older entries. */
export async function readTimeline(
  ctx: Context,
  page: Page,
  { kind, before, author }: { kind?: TimelineKind; before?: number; author?: string } = {},
): Promise<{ entries: Entry[]; next: number | null }> {
  const types = author === undefined ? typesOf(kind) : typesOf("edits")
  const events = await listPageEvents(ctx.db.read, page.id, { types, before, author, limit: PAGE_SIZE + 1 })
  const shown = events.slice(0, PAGE_SIZE)
  const revisions = await revisionsOf(ctx, page, shown.filter(makesRevision).map(({ subject }) => Number(subject)))
  const others = shown.filter((event) => TIMELINE[event.type]?.words !== undefined)
  const names = await listNames(ctx.db.read, others.flatMap(({ actor }) => actor ?? []))
  const entries = shown.map((event): Entry => {
    const revision = makesRevision(event) ? (revisions.get(Number(event.subject)) ?? null) : null
    const wordsBefore = revision ? (revisions.get(revision.number - 1)?.words ?? 0) : 0
    return { event, actor: names.get(event.actor ?? "") ?? null, revision, wordsBefore }
  })
  // In the list of one person's edits a hidden name would be told by the list itself.
  const told = author === undefined ? entries : entries.filter(({ revision }) => !revision?.contributors.includes(HIDDEN_NAME))
  return { entries: told, next: events.length > PAGE_SIZE ? shown.at(-1)!.seq : null }
}

/** What changed on the site, newest first. */
export async function readChanges(
  ctx: Context,
  { before, limit = PAGE_SIZE, kind, ...filter }: ChangeFilter & { before?: number; limit?: number } = {},
): Promise<{ changes: Change[]; next: number | null }> {
  // Only revisions are reviewed: whoever asks for those that were not wants no others.
  const types = filter.reviewed === undefined || kind !== undefined ? (kind ? changeKinds[kind][1] : CHANGES) : changeKinds.edits[1]
  const rows = await listChanges(ctx.db.read, { ...filter, types, before, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const changes = await withoutHidden(ctx, shown, filter.author !== undefined)
  return { changes, next: rows.length > limit ? shown.at(-1)!.seq : null }
}

/**
 * What a list of changes is narrowed to by the parameters of an address; those that mean nothing are as if they were not given. Only
 * somebody who is logged in has a list of pages they watch.
 */
export async function readFilter(ctx: Context, asked: Record<string, unknown>, viewer: Viewer = visitor): Promise<{ filter: ChangeFilter; narrowed: Narrowed; query: Record<string, string> }> {
  const [by, kind, reviewed, state] = ["by", "kind", "reviewed", "state"].map((name) => firstOf(asked[name])?.trim() ?? "") as [string, string, string, string]
  const narrowed = {
    by,
    kind: Object.hasOwn(changeKinds, kind) ? kind : "",
    reviewed: ["yes", "no"].includes(reviewed) ? reviewed : "",
    state: Object.hasOwn(regions, state) ? state : "",
    watching: viewer.id !== null && firstOf(asked.watching) === "yes" ? "yes" : "",
  }
  const filter: ChangeFilter = {
    ...(by && { author: (await findAccount(ctx, by)).id }),
    ...(narrowed.kind && { kind: narrowed.kind as ChangeKind }),
    ...(narrowed.reviewed && { reviewed: narrowed.reviewed === "yes" }),
    ...(narrowed.state && { region: narrowed.state }),
    ...(narrowed.watching && viewer.id !== null && { watcher: viewer.id }),
  }
  return { filter, narrowed, query: Object.fromEntries(Object.entries(narrowed).filter(([, value]) => value !== "")) }
}

/** These revisions and the one before each, by number. */
async function revisionsOf(ctx: Context, page: Page, numbers: readonly number[]): Promise<Map<number, Revision>> {
  const found = new Map<number, Revision>()
  for (const stretch of stretches(numbers)) {
    const [newest, oldest] = [stretch[0]!, stretch.at(-1)!]
    const revisions = await readRevisions(ctx.db.read, page, { before: newest + 1, limit: newest - oldest + 2 })
    for (const revision of revisions) found.set(revision.number, revision)
  }
  return found
}

// One person's edits may be far apart: what others did in between is not read.
const NEAR = 20

function stretches(numbers: readonly number[]): number[][] {
  const parts: number[][] = []
  for (const number of [...numbers].sort((one, other) => other - one)) {
    const last = parts.at(-1)
    if (last && last.at(-1)! - number <= NEAR) last.push(number)
    else parts.push([number])
  }
  return parts
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
