import type { Reader, Transaction } from "../storage/database.ts"
import { prepared } from "../storage/prepared.ts"
import type { Frequency, Notice, Watch, Watched } from "./model.ts"
import { targetOf } from "./model.ts"

type Db = Reader | Transaction

/** A watch in the list of who has it, with the page it belongs to. */
export interface ListedWatch extends Watch {
  slug: string | null
  title: string | null
  isDeleted: boolean
}

/** Watches something, or changes how somebody is told of what they watch already. */
export async function putWatch(tx: Transaction, { id, userId, createdAt, ...watch }: Watch & { createdAt: string }): Promise<void> {
  const how = { frequency: watch.frequency, comments: watch.comments ? 1 : 0 }
  await tx
    .insertInto("watches")
    .values({ id, user_id: userId, target: targetOf(watch), kind: watch.kind, page_id: watch.page, subject: watch.subject, ...how, created_at: createdAt })
    .onConflict((conflict) => conflict.columns(["user_id", "target"]).doUpdateSet(how))
    .execute()
}

/** False when the person has no such watch. */
export async function changeWatch(tx: Transaction, userId: string, id: string, how: { frequency: Frequency; comments: boolean }): Promise<boolean> {
  const set = { frequency: how.frequency, comments: how.comments ? 1 : 0 }
  const done = await tx.updateTable("watches").set(set).where("id", "=", id).where("user_id", "=", userId).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** False when the person has no such watch. */
export async function deleteWatch(tx: Transaction, userId: string, id: string): Promise<boolean> {
  const done = await tx.deleteFrom("watches").where("id", "=", id).where("user_id", "=", userId).executeTakeFirst()
  return done.numDeletedRows > 0n
}

export async function unwatchTarget(tx: Transaction, userId: string, watched: Watched): Promise<void> {
  await tx.deleteFrom("watches").where("user_id", "=", userId).where("target", "=", targetOf(watched)).execute()
}

/** What a person watches, in the order in which they began. */
export async function listWatches(db: Db, userId: string): Promise<ListedWatch[]> {
  const rows = await db
    .selectFrom("watches")
    .leftJoin("pages", "pages.id", "watches.page_id")
    .select([...watchColumns, "pages.slug", "pages.title", "pages.deleted_at as deletedAt"])
    .where("user_id", "=", userId)
    .orderBy("watches.created_at")
    .orderBy("watches.id")
    .execute()
  return rows.map(({ comments, deletedAt, ...watch }) => ({ ...watch, comments: comments === 1, isDeleted: deletedAt !== null }))
}

/** How soon a person is told of the page at this address as a whole; undefined when they do not watch it. */
export async function findFrequency(db: Db, userId: string, slug: string): Promise<Frequency | undefined> {
  return (await watchOfPage.first(db, { userId, slug }))?.frequency
}

const watchOfPage = prepared((db, { userId, slug }: { userId: string; slug: string }) =>
  db
    .selectFrom("watches")
    .innerJoin("pages", "pages.id", "watches.page_id")
    .select("watches.frequency")
    .where("watches.user_id", "=", userId)
    .where("watches.kind", "=", "page")
    .where("pages.slug", "=", slug),
)

/** Everybody's watches of any of these targets. */
export async function watchesOf(db: Db, targets: readonly string[]): Promise<(Watch & { target: string })[]> {
  const rows = await db.selectFrom("watches").select([...watchColumns, "watches.target"]).where("target", "in", targets).orderBy("target").execute()
  return rows.map(({ comments, ...watch }) => ({ ...watch, comments: comments === 1 }))
}

/** Whether anybody watches anything at all. */
export async function hasWatches(db: Db): Promise<boolean> {
  return (await anyWatch.first(db, {})) !== undefined
}

const anyWatch = prepared((db) => db.selectFrom("watches").select("id").limit(1))

export interface NewNotice extends Omit<Notice, "readAt"> {
  isGuest: boolean
  /** What it is about, in one word: whoever was told of it is not told again. */
  subject: string
}

export async function insertNotice(tx: Transaction, notice: NewNotice): Promise<void> {
  await tx
    .insertInto("notices")
    .values({
      id: notice.id,
      recipient: notice.recipient,
      is_guest: notice.isGuest ? 1 : 0,
      subject: notice.subject,
      kind: notice.kind,
      page_id: notice.page,
      number: notice.number,
      comment_id: notice.comment,
      targets: JSON.stringify(notice.targets),
      created_at: notice.createdAt,
      read_at: null,
      mailed_at: null,
    })
    .onConflict((conflict) => conflict.columns(["recipient", "subject"]).doNothing())
    .execute()
}

/** What a person was told, newest first. */
export async function listNotices(db: Db, recipient: string, { before, limit }: { before?: { createdAt: string; id: string }; limit: number }): Promise<Notice[]> {
  let query = db.selectFrom("notices").select(noticeColumns).where("recipient", "=", recipient)
  if (before) {
    const { createdAt, id } = before
    query = query.where((eb) => eb.or([eb("created_at", "<", createdAt), eb.and([eb("created_at", "=", createdAt), eb("id", "<", id)])]))
  }
  return (await query.orderBy("created_at", "desc").orderBy("id", "desc").limit(limit).execute()).map(noticeOf)
}

/** Counts no further than `most`. */
export async function countUnread(db: Db, recipient: string, most: number): Promise<number> {
  return (await unread.all(db, { recipient, most })).length
}

const unread = prepared((db, { recipient, most }: { recipient: string; most: number }) =>
  db.selectFrom("notices").select("id").where("recipient", "=", recipient).where("read_at", "is", null).limit(most),
)

/** Up to and including the moment `until`, so that nothing is read that came later. */
export async function markRead(tx: Transaction, recipient: string, until: string, now: string): Promise<void> {
  await tx
    .updateTable("notices")
    .set({ read_at: now })
    .where("recipient", "=", recipient)
    .where("read_at", "is", null)
    .where("created_at", "<=", until)
    .execute()
}

/** What no mail has told a recipient since `since` and they have not read, oldest first. */
export async function listUnmailed(db: Db, recipient: string, since: string, limit: number): Promise<Notice[]> {
  const rows = await db
    .selectFrom("notices")
    .select(noticeColumns)
    .where("recipient", "=", recipient)
    .where("mailed_at", "is", null)
    .where("read_at", "is", null)
    .where("created_at", ">=", since)
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .execute()
  return rows.map(noticeOf)
}

/** Whoever has something that no mail has told them. */
export async function listUntold(db: Db, since: string): Promise<{ recipient: string; isGuest: boolean }[]> {
  const rows = await db
    .selectFrom("notices")
    .select(["recipient", "is_guest"])
    .distinct()
    .where("mailed_at", "is", null)
    .where("read_at", "is", null)
    .where("created_at", ">=", since)
    .execute()
  return rows.map(({ recipient, is_guest }) => ({ recipient, isGuest: is_guest === 1 }))
}

/** Who is to be told of answers by this person, or of this comment alone, and was not by mail. */
export async function listAwaiting(db: Db, by: { author: string } | { comment: string }): Promise<{ recipient: string; isGuest: boolean }[]> {
  const query = db
    .selectFrom("notices")
    .innerJoin("comments", "comments.id", "notices.comment_id")
    .select(["notices.recipient", "notices.is_guest"])
    .distinct()
    .where("notices.kind", "=", "reply")
    .where("notices.mailed_at", "is", null)
  const found = "author" in by ? query.where("comments.author_id", "=", by.author) : query.where("comments.id", "=", by.comment)
  return (await found.execute()).map(({ recipient, is_guest }) => ({ recipient, isGuest: is_guest === 1 }))
}

/** Forgets what somebody was told of something, in one word, when it is not so any more. */
export async function deleteNoticesAbout(tx: Transaction, subject: string): Promise<void> {
  await tx.deleteFrom("notices").where("subject", "=", subject).execute()
}

export async function markMailed(tx: Transaction, ids: readonly string[], now: string): Promise<void> {
  if (ids.length > 0) await tx.updateTable("notices").set({ mailed_at: now }).where("id", "in", ids).execute()
}

export async function deleteNoticesBefore(tx: Transaction, before: string): Promise<void> {
  await tx.deleteFrom("notices").where("created_at", "<", before).execute()
}

/** Forgets what the guest who wrote this comment is owed. */
export async function deleteNoticesOf(tx: Transaction, recipient: string): Promise<void> {
  await tx.deleteFrom("notices").where("recipient", "=", recipient).execute()
}

/** A comment, as far as it matters to whom it is told. */
export interface ToldComment {
  id: string
  page: string
  parent: string | null
  name: string
  authorId: string | null
  authorKey: string | null
}

/** A comment that readers see; undefined while it waits, and once it was taken away. */
export function findPublished(db: Db, id: string): Promise<ToldComment | undefined> {
  return comments(db).where("id", "=", id).where("state", "=", "published").where("withdrawn_at", "is", null).executeTakeFirst()
}

/** What was written in a thread before this comment, the first of the thread included. */
export function listEarlier(db: Db, { id, parent }: ToldComment): Promise<ToldComment[]> {
  return comments(db)
    .where((eb) => eb.or([eb("id", "=", parent), eb("parent_id", "=", parent)]))
    .where("id", "!=", id)
    .where("state", "=", "published")
    .execute()
}

/** The ids of everybody who had a part in a revision: who wrote it, and the moderator who published it for them. */
export async function doersOf(db: Db, page: string, number: number): Promise<string[]> {
  const row = await db.selectFrom("revisions").select(["author_id", "contributors"]).where("page_id", "=", page).where("number", "=", number).executeTakeFirst()
  const accepted = await db
    .selectFrom("events")
    .select(["actor_id", "detail"])
    .where("page_id", "=", page)
    .where("type", "=", "proposal.accepted")
    .orderBy("seq", "desc")
    .limit(20)
    .execute()
  const moderators = accepted.filter(({ detail }) => (JSON.parse(detail ?? "{}") as { revision?: number }).revision === number)
  const written = row ? [row.author_id, ...((row.contributors ? JSON.parse(row.contributors) : []) as string[])] : []
  return [...written, ...moderators.flatMap(({ actor_id }) => actor_id ?? [])]
}

const watchColumns = ["watches.id", "watches.user_id as userId", "watches.kind", "watches.page_id as page", "watches.subject", "watches.frequency", "watches.comments"] as const

const noticeColumns = ["id", "recipient", "kind", "page_id as page", "number", "comment_id as comment", "targets", "created_at as createdAt", "read_at as readAt"] as const

function noticeOf<Row extends { targets: string }>(row: Row): Omit<Row, "targets"> & { targets: string[] } {
  return { ...row, targets: JSON.parse(row.targets) as string[] }
}

function comments(db: Db) {
  return db.selectFrom("comments").select(["id", "page_id as page", "parent_id as parent", "author_name as name", "author_id as authorId", "author_key as authorKey"])
}

