import { headings } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { AppError, invalid, notFound } from "../errors.ts"
import { findLivePage, readPage, readRevision } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import { readCursor, writeCursor } from "../web/cursor.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { type Frequency, MOST_WATCHES, nameOf, readFrequency, readWatched, targetOf, type Watched } from "./model.ts"
import {
  changeWatch as putChange,
  countUnread,
  deleteWatch,
  findFrequency,
  listNotices,
  listWatches,
  type ListedWatch,
  markRead,
  putWatch,
  unwatchTarget,
} from "./store.ts"
import { type Told, tell } from "./told.ts"

/** Notices on one page, each with what changed. */
const SHOWN = 20
/** From here on a count only says that there are many. */
export const MOST_COUNTED = 100

/** A watch as its owner sees it: what it is called, and where it leads. */
export interface NamedWatch extends ListedWatch {
  name: string
}

/** How somebody wants to be told, as a form says it. */
export interface How {
  frequency: string
  comments: boolean
}

/** Throws `unauthenticated`. */
export function requirePerson(viewer: Viewer): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in to watch pages and to be told.")
  return { ...viewer, id: viewer.id }
}

export async function readWatches(ctx: Context, user: User): Promise<NamedWatch[]> {
  const watches = await listWatches(ctx.db.read, user.id)
  return Promise.all(watches.map(async (watch) => ({ ...watch, name: nameOf(watch) ?? (await nameOnPage(ctx, watch)) })))
}

/** Watches a state or a kind of fact. Throws `invalid`. */
export async function watchKind(ctx: Context, user: User, { kind, subject, ...how }: How & { kind: string; subject: string }): Promise<void> {
  await watch(ctx, user, readWatched(kind, subject), how)
}

/** What a person watches of one page, and what else there is to watch. Throws as `readPage` does. */
export async function readPageWatches(ctx: Context, user: User, slug: string): Promise<{ page: Page; watches: NamedWatch[]; sections: { id: string; text: string }[] }> {
  const page = await readPage(ctx, user, slug)
  const watches = (await readWatches(ctx, user)).filter((one) => one.page === page.id)
  return { page, watches, sections: headings((await readRevision(ctx.db.read, page)).doc) }
}

/** Watches a page, or one of its sections; the frequency "none" ends it. Throws `invalid`, `not-found`, `gone`. */
export async function watchPage(ctx: Context, user: User, slug: string, { section, ...how }: How & { section: string }): Promise<Page> {
  const { page, sections } = await readPageWatches(ctx, user, slug)
  if (section !== "" && !sections.some(({ id }) => id === section)) throw invalid("section", "The page has no such section any more. Choose another.")
  const watched: Watched = { kind: section === "" ? "page" : "section", page: page.id, subject: section }
  if (how.frequency === "none") await ctx.db.write((tx) => unwatchTarget(tx, user.id, watched))
  else await watch(ctx, user, watched, how)
  return page
}

/** Changes how a person is told of something they watch, or ends it with "none". Throws `not-found`, `invalid`. */
export async function changeWatch(ctx: Context, user: User, id: string, { frequency, comments }: How): Promise<void> {
  const how = frequency === "none" ? null : { frequency: readFrequency(frequency), comments }
  const done = await ctx.db.write((tx) => (how ? putChange(tx, user.id, id, how) : deleteWatch(tx, user.id, id)))
  if (!done) throw notFound("watch")
}

/** How a person watches the page at this address as a whole; undefined when they do not. */
export function findPageWatch(ctx: Context, user: User, slug: string): Promise<Frequency | undefined> {
  return findFrequency(ctx.db.read, user.id, slug)
}

export interface NoticeList {
  told: Told[]
  /** Whether some notices are of what is not shown any more. */
  hasHidden: boolean
  unread: number
  /** The moment of the newest notice shown: what is marked as read reaches up to it. */
  until: string
  next: string | null
}

/** What a person was told, newest first, as everybody may see it now. Throws `malformed` for a cursor that is none. */
export async function readNotices(ctx: Context, user: User, after?: string): Promise<NoticeList> {
  const [createdAt = "", id = ""] = after ? readCursor(after, 2) : []
  const notices = await listNotices(ctx.db.read, user.id, { before: after ? { createdAt, id } : undefined, limit: SHOWN + 1 })
  const shown = notices.slice(0, SHOWN)
  const told: Told[] = []
  for (const notice of shown) {
    const one = await tell(ctx, notice)
    if (one) told.push(one)
  }
  const last = shown.at(-1)
  return {
    told,
    hasHidden: told.length < shown.length,
    unread: await countUnread(ctx.db.read, user.id, MOST_COUNTED),
    until: shown[0]?.createdAt ?? "",
    next: notices.length > SHOWN && last ? writeCursor([last.createdAt, last.id]) : null,
  }
}

/** Marks as read what came up to the moment `until`. */
export async function readUpTo(ctx: Context, user: User, until: string): Promise<void> {
  await ctx.db.write((tx) => markRead(tx, user.id, until.slice(0, 30), ctx.clock().toISOString()))
}

/** Notices that a person has not read; no further than `MOST_COUNTED`. */
export function countUnreadOf(ctx: Context, user: User): Promise<number> {
  return countUnread(ctx.db.read, user.id, MOST_COUNTED)
}

async function watch(ctx: Context, user: User, watched: Watched, how: How): Promise<void> {
  const frequency = readFrequency(how.frequency)
  // Comments stand under a page, not in a section or a fact.
  const comments = how.comments && (watched.kind === "page" || watched.kind === "state")
  await ctx.db.write(async (tx) => {
    const known = await listWatches(tx, user.id)
    const isNew = !known.some((one) => targetOf(one) === targetOf(watched))
    if (isNew && known.length >= MOST_WATCHES) throw invalid("subject", `Nobody watches more than ${MOST_WATCHES} things. End some of those you do not need.`)
    await putWatch(tx, { ...watched, id: ctx.ids(), userId: user.id, frequency, comments, createdAt: ctx.clock().toISOString() })
  })
}

async function nameOnPage(ctx: Context, { kind, page: id, subject, title }: ListedWatch): Promise<string> {
  if (kind === "page") return title!
  const page = await findLivePage(ctx.db.read, id!)
  const section = page && headings((await readRevision(ctx.db.read, page)).doc).find((one) => one.id === subject)
  return `${title}: ${section ? section.text : "a section that is gone"}`
}
