import type { Reader, Transaction } from "../../storage/database.ts"
import { prepared } from "../../storage/prepared.ts"
import type { Outcome, Proposal, State } from "./model.ts"

type Db = Reader | Transaction

/** A proposal with its text as JSON, and the hash of the key in a guest's link. */
export interface ProposalRow extends Omit<Proposal, "decidedBy"> {
  document: string
  authorKey: string | null
}

const columns = [
  "proposals.id",
  "proposals.page_id as page",
  "proposals.base",
  "proposals.author_id as authorId",
  "proposals.author_name as author",
  "proposals.title",
  "proposals.summary",
  "proposals.restores",
  "proposals.undoes",
  "proposals.part_of as partOf",
  "proposals.reasons",
  "proposals.version",
  "proposals.state",
  "proposals.created_at as createdAt",
  "proposals.updated_at as updatedAt",
  "proposals.decided_at as decidedAt",
  "deciders.name as decidedBy",
  "proposals.reason",
  "proposals.outcome",
  "proposals.revision",
] as const

export async function insertProposal(tx: Transaction, row: ProposalRow): Promise<void> {
  await tx
    .insertInto("proposals")
    .values({
      id: row.id,
      page_id: row.page,
      base: row.base,
      author_id: row.authorId,
      author_name: row.author,
      author_key: row.authorKey,
      title: row.title,
      document: row.document,
      summary: row.summary,
      restores: row.restores,
      undoes: row.undoes.length === 0 ? null : row.undoes.join(" "),
      part_of: row.partOf,
      reasons: JSON.stringify(row.reasons),
      version: row.version,
      state: row.state,
      created_at: row.createdAt,
      updated_at: row.updatedAt,
      decided_at: null,
      decided_by: null,
      reason: "",
      outcome: null,
      revision: null,
    })
    .execute()
}

export async function findProposal(db: Db, id: string): Promise<(Proposal & { document: string; authorKey: string | null }) | undefined> {
  const row = await proposals(db).select(["proposals.document", "proposals.author_key as authorKey"]).where("proposals.id", "=", id).executeTakeFirst()
  return row && readRow(row)
}

/** The same text by the same person from the same revision, waiting since `since`. */
export async function findTwin(tx: Transaction, row: ProposalRow, since: string): Promise<string | undefined> {
  const found = await tx
    .selectFrom("proposals")
    .select("id")
    .where("page_id", "=", row.page)
    .where("state", "=", "waiting")
    .where("base", "=", row.base)
    .where("author_name", "=", row.author)
    .where("author_id", row.authorId === null ? "is" : "=", row.authorId)
    .where("title", "=", row.title)
    .where("document", "=", row.document)
    .where("created_at", ">=", since)
    .executeTakeFirst()
  return found?.id
}

/**
 * Puts another text in the place of a waiting one; false when it does not wait at this version any more. Other words are no going back
 * to what was before: `isNew` takes that from it.
 */
export async function amend(
  tx: Transaction,
  id: string,
  version: number,
  text: { base: number; title: string; document: string; summary: string; reasons: string[]; updatedAt: string; isNew: boolean },
): Promise<boolean> {
  const { updatedAt, reasons, isNew, ...rest } = text
  const changed = await tx
    .updateTable("proposals")
    .set({ ...rest, reasons: JSON.stringify(reasons), updated_at: updatedAt, version: version + 1 })
    .$if(isNew, (query) => query.set({ restores: null, undoes: null, part_of: null }))
    .where("id", "=", id)
    .where("state", "=", "waiting")
    .where("version", "=", version)
    .executeTakeFirst()
  return changed.numUpdatedRows > 0n
}

/** Credits a proposal by somebody without an account to another name. */
export async function renameAuthor(tx: Transaction, id: string, name: string): Promise<void> {
  await tx.updateTable("proposals").set({ author_name: name }).where("id", "=", id).where("author_id", "is", null).execute()
}

export interface Move {
  from: State
  to: State
  /** The version that was looked at. */
  version: number
  by: string | null
  now: string
  reason?: string
  outcome?: Outcome
  revision?: number | null
}

/** Moves a proposal from one state to another; false when it is in the first one, at this version, no longer. */
export async function move(tx: Transaction, id: string, { from, to, version, by, now, reason = "", outcome, revision = null }: Move): Promise<boolean> {
  const moved = await tx
    .updateTable("proposals")
    .set({ state: to, decided_at: to === "waiting" ? null : now, decided_by: to === "waiting" ? null : by, reason, outcome: outcome ?? null, revision })
    .where("id", "=", id)
    .where("state", "=", from)
    .where("version", "=", version)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Waiting proposals of the whole site, newest first, those before `before`; those of deleted pages are left out. */
export async function listWaiting(
  db: Db,
  { before, limit }: { before?: { createdAt: string; id: string }; limit: number },
): Promise<Proposal[]> {
  let query = proposals(db)
    .innerJoin("pages", "pages.id", "proposals.page_id")
    .where("proposals.state", "=", "waiting")
    .where("pages.deleted_at", "is", null)
  if (before) {
    const { createdAt, id } = before
    query = query.where((eb) => {
      const now = eb("proposals.created_at", "=", createdAt).and("proposals.id", "<", id)
      return eb.or([eb("proposals.created_at", "<", createdAt), now])
    })
  }
  const rows = await query.orderBy("proposals.created_at", "desc").orderBy("proposals.id", "desc").limit(limit).execute()
  return rows.map(readRow)
}

/** A person's proposals, the newest first, with the address and title of the page of each. */
export async function listByAuthor(db: Db, authorId: string, limit: number): Promise<(Proposal & { slug: string; pageTitle: string })[]> {
  const rows = await proposals(db)
    .innerJoin("pages", "pages.id", "proposals.page_id")
    .select(["pages.slug", "pages.title as pageTitle"])
    .where("proposals.author_id", "=", authorId)
    .orderBy("proposals.created_at", "desc")
    .orderBy("proposals.id", "desc")
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

/** The proposals that wait for this page, oldest first. */
export async function listOnPage(db: Db, pageId: string, limit: number): Promise<Proposal[]> {
  const rows = await proposals(db)
    .where("proposals.page_id", "=", pageId)
    .where("proposals.state", "=", "waiting")
    .orderBy("proposals.created_at")
    .orderBy("proposals.id")
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

export async function countWaiting(db: Db, of: { page: string } | { author: string }): Promise<number> {
  const query = db.selectFrom("proposals").select((eb) => eb.fn.countAll<number>().as("count")).where("state", "=", "waiting")
  const own = "page" in of ? query.where("page_id", "=", of.page) : query.where("author_id", "=", of.author)
  return Number((await own.executeTakeFirstOrThrow()).count)
}

/** The newest waiting proposal of a person for the page at a slug. */
export async function findOwnWaiting(db: Db, slug: string, authorId: string): Promise<string | undefined> {
  return (await ownWaiting.first(db, { slug, authorId }))?.id
}

const ownWaiting = prepared((db, { slug, authorId }: { slug: string; authorId: string }) =>
  db
    .selectFrom("proposals")
    .innerJoin("slugs", "slugs.page_id", "proposals.page_id")
    .select("proposals.id")
    .where("slugs.slug", "=", slug)
    .where("proposals.author_id", "=", authorId)
    .where("proposals.state", "=", "waiting")
    .orderBy("proposals.created_at", "desc")
    .limit(1),
)

function proposals(db: Db) {
  return db.selectFrom("proposals").leftJoin("users as deciders", "deciders.id", "proposals.decided_by").select(columns)
}

function readRow<Row extends { reasons: string; outcome: string | null; undoes: string | null }>(row: Row) {
  const undoes = row.undoes === null ? [] : row.undoes.split(" ").map(Number)
  return { ...row, reasons: JSON.parse(row.reasons) as string[], outcome: row.outcome as Outcome | null, undoes }
}
