import type { ExpressionBuilder } from "kysely"
import type { Reader, Transaction } from "../storage/database.ts"
import { prepared } from "../storage/prepared.ts"
import type { Tables } from "../storage/tables.ts"
import type { State } from "./model.ts"

type Db = Reader | Transaction

export interface CommentRow {
  id: string
  page: string
  parent: string | null
  authorId: string | null
  name: string
  body: string
  /** What a guest is known by; see `guest` in draft.ts. */
  authorKey: string | null
  /** What a guest corrects it with; see corrections/keys.ts. */
  editKey: string | null
  state: State
  reasons: string
  createdAt: string
  withdrawnAt: string | null
  /** 1 when readers ever saw it. */
  wasPublic: number
  /** How often it was corrected, and when readers last saw it change; null when they never did. */
  corrections: number
  correctedAt: string | null
  /** The revision that did what it asks for. */
  resolvedBy: number | null
  /** Why a moderator hid it; null when nobody did. */
  hidden: string | null
}

/** Of the table `comments` and what belongs to each of them, for who lists them. */
export const columns = [
  "comments.id",
  "comments.page_id as page",
  "comments.parent_id as parent",
  "comments.author_id as authorId",
  "comments.author_name as name",
  "comments.body",
  "comments.author_key as authorKey",
  "comments.edit_key as editKey",
  "comments.state",
  "comments.reasons",
  "comments.created_at as createdAt",
  "comments.withdrawn_at as withdrawnAt",
  "comments.was_public as wasPublic",
  corrections,
  correctedAt,
  resolvedBy,
  hiddenReason,
] as const

/** Takes the words, the name and what a guest is known by out of a comment for good. */
export async function emptyComment(tx: Transaction, id: string, body: string): Promise<void> {
  await tx.updateTable("comments").set({ body, author_name: "", author_key: null, edit_key: null }).where("id", "=", id).execute()
}

/** A place in a list ordered by time: what comes after or before it is asked for. */
export interface Place {
  createdAt: string
  id: string
}

/** A comment that is new. */
export type NewRow = Omit<CommentRow, "withdrawnAt" | "wasPublic" | "corrections" | "correctedAt" | "resolvedBy" | "hidden">

export async function insertComment(tx: Transaction, comment: NewRow): Promise<void> {
  await tx
    .insertInto("comments")
    .values({
      id: comment.id,
      page_id: comment.page,
      parent_id: comment.parent,
      author_id: comment.authorId,
      author_name: comment.name,
      author_key: comment.authorKey,
      body: comment.body,
      state: comment.state,
      reasons: comment.reasons,
      created_at: comment.createdAt,
      decided_at: null,
      decided_by: null,
      edit_key: comment.editKey,
      withdrawn_at: null,
      was_public: comment.state === "published" ? 1 : 0,
    })
    .execute()
}

/** Puts other words into a comment that says `before` still; false when it does not, or is gone. */
export async function replaceWords(tx: Transaction, id: string, before: string, to: { body: string; state: State; reasons: string }): Promise<boolean> {
  const moved = await tx
    .updateTable("comments")
    .set({ ...to, ...(to.state === "published" && { was_public: 1 }) })
    .where("id", "=", id)
    .where("body", "=", before)
    .where("state", "in", ["published", "held"])
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Notes that its author took a comment back; false when it is neither published nor waiting. */
export async function markWithdrawn(tx: Transaction, id: string, now: string): Promise<boolean> {
  const moved = await tx
    .updateTable("comments")
    .set({ state: "refused", withdrawn_at: now })
    .where("id", "=", id)
    .where("state", "in", ["published", "held"])
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

export function findComment(db: Db, id: string): Promise<CommentRow | undefined> {
  return db.selectFrom("comments").select(columns).where("id", "=", id).executeTakeFirst()
}

/** The same words by the same person at the same place, since `since`. */
export function findTwin(tx: Transaction, comment: NewRow, since: string): Promise<CommentRow | undefined> {
  return tx
    .selectFrom("comments")
    .select(columns)
    .where("page_id", "=", comment.page)
    .where("body", "=", comment.body)
    .where("author_name", "=", comment.name)
    .where("author_id", comment.authorId === null ? "is" : "=", comment.authorId)
    .where("parent_id", comment.parent === null ? "is" : "=", comment.parent)
    .where("created_at", ">=", since)
    .where("state", "in", ["published", "held"])
    .executeTakeFirst()
}

/** Whether a published comment is by this person: an account, or a guest known by the key. */
export async function hasPublished(tx: Transaction, by: { authorId: string } | { authorKey: string }): Promise<boolean> {
  const query = tx.selectFrom("comments").select("id").where("state", "=", "published").limit(1)
  const own = "authorId" in by ? query.where("author_id", "=", by.authorId) : query.where("author_key", "=", by.authorKey)
  return (await own.executeTakeFirst()) !== undefined
}

export async function hasRevision(tx: Transaction, authorId: string): Promise<boolean> {
  return (await tx.selectFrom("revisions").select("number").where("author_id", "=", authorId).limit(1).executeTakeFirst()) !== undefined
}

/** What a person wrote on a page that stands there or waits, newest first: by their account, or all that guests wrote since `since`. */
export function listOwn(db: Db, page: string, by: { authorId: string } | { since: string }, limit: number): Promise<CommentRow[]> {
  return "authorId" in by ? ownOfPerson.all(db, { page, limit, ...by }) : ownOfGuests.all(db, { page, limit, ...by })
}

const ownOfPerson = prepared((db, { page, authorId, limit }: { page: string; authorId: string; limit: number }) =>
  onPage(db, page).where("author_id", "=", authorId).limit(limit),
)

const ownOfGuests = prepared((db, { page, since, limit }: { page: string; since: string; limit: number }) =>
  onPage(db, page).where("edit_key", "is not", null).where("created_at", ">", since).limit(limit),
)

function onPage(db: Db, page: string) {
  const query = db.selectFrom("comments").select(columns).where("page_id", "=", page).where("state", "in", ["published", "held"])
  return query.orderBy("created_at", "desc").orderBy("id", "desc")
}

/** What waits by one author, on the whole site. */
export function listHeldBy(tx: Transaction, by: { authorId: string } | { authorKey: string }): Promise<CommentRow[]> {
  const query = tx.selectFrom("comments").select(columns).where("state", "=", "held")
  const own = "authorId" in by ? query.where("author_id", "=", by.authorId) : query.where("author_key", "=", by.authorKey)
  return own.execute()
}

export interface QueueFilter {
  state: "held" | "published"
  /** Only what is older than this moment, or as old and with an id before `id`. */
  before?: Place
  limit: number
}

/** Comments of the whole site in a state, newest first; those of deleted pages are left out. */
export function listByState(db: Db, { state, before, limit }: QueueFilter): Promise<CommentRow[]> {
  let query = db
    .selectFrom("comments")
    .innerJoin("pages", "pages.id", "comments.page_id")
    .select(columns)
    .where("comments.state", "=", state)
    .where("pages.deleted_at", "is", null)
  if (before) query = query.where((eb) => isBefore(eb, before))
  return query.orderBy("comments.created_at", "desc").orderBy("comments.id", "desc").limit(limit).execute()
}

/** Moves a comment from one state to another; false when it is in the first one no longer, or was taken back by its author. */
export async function moveComment(
  tx: Transaction,
  id: string,
  { from, to, by, now }: { from: State; to: State; by: string; now: string },
): Promise<boolean> {
  const moved = await tx
    .updateTable("comments")
    .set({ state: to, decided_at: now, decided_by: by, ...(to === "published" && { was_public: 1 }), ...(to === "held" && { was_public: 0 }) })
    .where("id", "=", id)
    .where("state", "=", from)
    .where("withdrawn_at", "is", null)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

export async function findDecider(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom("comments")
    .innerJoin("users", "users.id", "comments.decided_by")
    .select("users.name")
    .where("comments.id", "=", id)
    .executeTakeFirst()
  return row?.name
}

export type Comments = ExpressionBuilder<Tables, "comments">

export function isAfter(eb: Comments, { createdAt, id }: Place) {
  const at = eb("comments.created_at", "=", createdAt).and("comments.id", ">", id)
  return eb.or([eb("comments.created_at", ">", createdAt), at])
}

export function isBefore(eb: Comments, { createdAt, id }: Place) {
  const at = eb("comments.created_at", "=", createdAt).and("comments.id", "<", id)
  return eb.or([eb("comments.created_at", "<", createdAt), at])
}

/** How often a comment was corrected, as a column of a query of comments. */
export function corrections(eb: Comments) {
  return eb
    .selectFrom("comment_versions")
    .select((of) => of.fn.countAll<number>().as("count"))
    .whereRef("comment_versions.comment_id", "=", "comments.id")
    .$asScalar()
    .as("corrections")
}

function correctedAt(eb: Comments) {
  return eb
    .selectFrom("comment_versions")
    .select((of) => of.fn.max("comment_versions.replaced_at").as("at"))
    .whereRef("comment_versions.comment_id", "=", "comments.id")
    .where("comment_versions.was_public", "=", 1)
    .as("correctedAt")
}

function resolvedBy(eb: Comments) {
  return eb.selectFrom("comment_resolutions").select("revision").whereRef("comment_resolutions.comment_id", "=", "comments.id").as("resolvedBy")
}

// Whoever reads a comment learns that it is hidden: there is no row without.
function hiddenReason(eb: Comments) {
  return eb
    .selectFrom("redactions")
    .select("redactions.reason")
    .whereRef("redactions.comment_id", "=", "comments.id")
    .where("redactions.lifted_at", "is", null)
    .limit(1)
    .as("hidden")
}
