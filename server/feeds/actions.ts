import { commentSchema, toText } from "../../editor/document/index.ts"
import { anchorOf } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { type Change, readChanges } from "../history/actions.ts"
import { readRevisions } from "../pages/actions.ts"
import { type Page, type Revision, wiki } from "../pages/model.ts"
import type { Entry, Feed } from "./atom.ts"
import { listNewestComments } from "./store.ts"

/** Entries of a feed: enough for a reader that asks once a day. */
const ENTRIES = 50

const ACTS: Partial<Record<Change["type"], string>> = {
  "page.created": "started",
  "page.restored": "restored",
  "page.renamed": "has a new address",
  "page.deleted": "deleted",
  "page.undeleted": "brought back",
}

/** What changed on the site. */
export async function changesFeed(ctx: Context): Promise<Feed> {
  const { changes } = await readChanges(ctx, { limit: ENTRIES })
  return { id: "changes", title: "Habeas: recent changes", self: "/changes.atom", path: "/changes", entries: changes.map(changeEntry) }
}

/** The revisions of one page. */
export async function pageFeed(ctx: Context, page: Page): Promise<Feed> {
  const revisions = await readRevisions(ctx.db.read, page, { limit: ENTRIES })
  return {
    id: `page/${page.id}`,
    title: `${page.title}: changes`,
    self: `${wiki(page)}/feed.atom`,
    path: `${wiki(page)}/history`,
    entries: revisions.map((revision) => revisionEntry(page, revision)),
  }
}

/** What was said under one page, newest first. */
export async function commentsFeed(ctx: Context, page: Page): Promise<Feed> {
  const comments = await listNewestComments(ctx.db.read, page.id, ENTRIES)
  return {
    id: `page/${page.id}/comments`,
    title: `${page.title}: comments`,
    self: `${wiki(page)}/comments.atom`,
    path: `${wiki(page)}#comments`,
    entries: comments.map(({ id, name, body, createdAt }) => ({
      id: `comment/${id}`,
      title: `${name} on ${page.title}`,
      path: `${wiki(page)}#${anchorOf({ id })}`,
      author: name,
      summary: toText(commentSchema.nodeFromJSON(JSON.parse(body))),
      at: createdAt,
    })),
  }
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
