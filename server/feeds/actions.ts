import { commentSchema, toText } from "../../editor/document/index.ts"
import type { Account } from "../accounts/model.ts"
import { anchorOf } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { type Change, readChanges, readFilter } from "../history/actions.ts"
import { readLogLines } from "../moderation/log/actions.ts"
import { logQuery, readLogFilter } from "../moderation/log/model.ts"
import { readRevisions } from "../pages/actions.ts"
import { type Page, type Revision, wiki } from "../pages/model.ts"
import type { Entry, Feed } from "./atom.ts"
import { DrawnChanges } from "./drawn-changes.ts"
import { listNewestComments, type PublicComment } from "./store.ts"

/** Entries of a feed: enough for a reader that asks once a day. */
const ENTRIES = 50

const ACTS: Partial<Record<Change["type"], string>> = {
  "page.created": "started",
  "page.restored": "restored",
  "page.renamed": "has a new address",
  "page.deleted": "deleted",
  "page.undeleted": "brought back",
  "page.protected": "protection changed",
  "fact.checked": "fact checked",
}

/** What changed on the site, narrowed as the list at `/changes` is by the same parameters. */
export async function changesFeed(ctx: Context, asked: Record<string, unknown>): Promise<Feed> {
  const { filter, query } = await readFilter(ctx, asked)
  const { changes } = await readChanges(ctx, { ...filter, limit: ENTRIES })
  const narrowed = new URLSearchParams(query).toString()
  const end = narrowed && `?${narrowed}`
  return {
    id: narrowed ? `changes/${narrowed}` : "changes",
    title: narrowed ? `Habeas: recent changes (${Object.values(query).join(", ")})` : "Habeas: recent changes",
    self: `/changes.atom${end}`,
    path: `/changes${end}`,
    entries: await changeEntries(ctx, changes),
  }
}

/** What one person changed. */
export async function personFeed(ctx: Context, account: Account): Promise<Feed> {
  const { changes } = await readChanges(ctx, { author: account.id, limit: ENTRIES })
  const path = `/users/${encodeURIComponent(account.name)}`
  return { id: `user/${account.id}`, title: `${account.name}: changes`, self: `${path}/feed.atom`, path, entries: await changeEntries(ctx, changes) }
}

/** What moderators did. */
export async function logFeed(ctx: Context, query: Record<string, unknown>): Promise<Feed> {
  const filter = { ...readLogFilter(query), before: undefined }
  const lines = await readLogLines(ctx, { ...filter, limit: ENTRIES })
  const entries = lines.map(({ seq, actor, words, reason, path, at }) => ({ id: `log/${seq}`, title: `${actor} ${words}`, path, author: actor, summary: reason, at }))
  const asked = logQuery(filter)
  const [id, end] = asked ? [`log/${asked}`, `?${asked}`] : ["log", ""]
  return { id, title: "Habeas: public log", self: `/moderation/log.atom${end}`, path: `/moderation/log${end}`, entries }
}

/** The revisions of one page. */
export async function pageFeed(ctx: Context, page: Page): Promise<Feed> {
  const revisions = await readRevisions(ctx.db.read, page, { limit: ENTRIES })
  const drawn = new DrawnChanges(ctx)
  const entries: Entry[] = []
  for (const revision of revisions) entries.push({ ...revisionEntry(page, revision), html: await drawn.of(page, revision.number) })
  return { id: `page/${page.id}`, title: `${page.title}: changes`, self: `${wiki(page)}/feed.atom`, path: `${wiki(page)}/history`, entries }
}

/** What was said under all pages, newest first. */
export async function siteCommentsFeed(ctx: Context): Promise<Feed> {
  const comments = await listNewestComments(ctx.db.read, null, ENTRIES)
  return { id: "comments", title: "Habeas: comments", self: "/comments.atom", path: "/changes", entries: comments.map(commentEntry) }
}

/** What was said under one page, newest first. */
export async function commentsFeed(ctx: Context, page: Page): Promise<Feed> {
  const comments = await listNewestComments(ctx.db.read, page.id, ENTRIES)
  return {
    id: `page/${page.id}/comments`,
    title: `${page.title}: comments`,
    self: `${wiki(page)}/comments.atom`,
    path: `${wiki(page)}#comments`,
    entries: comments.map(commentEntry),
  }
}

function commentEntry({ id, name, body, createdAt, correctedAt, slug, title }: PublicComment): Entry {
  return {
    id: `comment/${id}`,
    title: `${name} on ${title}`,
    // Where it stands however many comments there are.
    path: `${wiki({ slug })}/comments/${id}#${anchorOf({ id })}`,
    author: name,
    summary: toText(commentSchema.nodeFromJSON(JSON.parse(body))),
    at: createdAt,
    ...(correctedAt && { updatedAt: correctedAt }),
  }
}

async function changeEntries(ctx: Context, changes: readonly Change[]): Promise<Entry[]> {
  const drawn = new DrawnChanges(ctx)
  const entries: Entry[] = []
  for (const change of changes) {
    const html = change.number === null ? undefined : await drawn.ofId(change.pageId, change.number)
    entries.push({ ...changeEntry(change), html })
  }
  return entries
}

function changeEntry(change: Change): Entry {
  const act = ACTS[change.type]
  return {
    id: `event/${change.seq}`,
    title: act ? `${change.title} (${act})` : change.title,
    path: change.number === null ? wiki(change) : changePath(change, change.number),
    author: change.actor ?? "",
    summary: change.summary ?? "",
    at: change.createdAt,
  }
}

function revisionEntry(page: Page, { number, title, contributors, summary, createdAt }: Revision): Entry {
  const path = changePath(page, number)
  return { id: `page/${page.id}/revision/${number}`, title, path, author: contributors.join(", "), summary, at: createdAt }
}

function changePath(page: Pick<Page, "slug">, number: number): string {
  return number > 1 ? `${wiki(page)}/diff/${number - 1}/${number}` : `${wiki(page)}/revisions/1`
}
