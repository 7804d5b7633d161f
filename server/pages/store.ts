import type { Reader, Transaction } from "../storage/database.ts"
import { AppError } from "../errors.ts"
import { insertRow, prepared } from "../storage/prepared.ts"
import { forget, keep, recall } from "../storage/recall.ts"
import { readKeys, writeKeys } from "./key-list.ts"
import type { Kind, Page, Revision } from "./model.ts"

export { findBlocks, keepBlocks } from "./blocks/store.ts"

type Db = Reader | Transaction

/** Placeholders in one statement; longer lists are cut. */
const CHUNK = 500

const pageColumns = [
  "pages.id",
  "pages.slug",
  "pages.title",
  "pages.kind",
  "pages.region",
  "pages.revision",
  "pages.protection",
  "pages.created_at as createdAt",
  "pages.updated_at as updatedAt",
  "pages.deleted_at as deletedAt",
] as const

/** The page that has or once had this slug, deleted ones too. */
export function findPage(db: Db, slug: string): Promise<Page | undefined> {
  return pageBySlug.first(db, { slug })
}

const pageBySlug = prepared((db, { slug }: { slug: string }) =>
  db.selectFrom("slugs").innerJoin("pages", "pages.id", "slugs.page_id").select(pageColumns).where("slugs.slug", "=", slug),
)

export function findPageById(db: Db, id: string): Promise<Page | undefined> {
  return recall(db, pageKey(id), () => pageById.first(db, { id }))
}

const pageById = prepared((db, { id }: { id: string }) => db.selectFrom("pages").select(pageColumns).where("id", "=", id))

/** The page, after making other writers of it wait for the end of the transaction: each decides on what the one before left. */
export async function lockPage(tx: Transaction, id: string): Promise<Page | undefined> {
  const page = await pageTouched.first(tx, { id })
  keep(tx, pageKey(id), page)
  return page
}

const pageTouched = prepared((db, { id }: { id: string }) =>
  db.updateTable("pages").set((eb) => ({ revision: eb.ref("revision") })).where("id", "=", id).returning(pageColumns),
)

export async function findTitleOwner(db: Db, titleKey: string): Promise<{ id: string; slug: string } | undefined> {
  return db.selectFrom("pages").select(["id", "slug"]).where("title_key", "=", titleKey).executeTakeFirst()
}

export async function isSlugTaken(db: Db, slug: string): Promise<boolean> {
  return (await db.selectFrom("slugs").select("slug").where("slug", "=", slug).executeTakeFirst()) !== undefined
}

export interface PageFilter {
  kind?: Kind
  region?: string
  after?: string
  limit: number
}

/** Pages by title key, those after `after`; deleted ones left out. */
export function listPages(db: Db, { kind, region, after, limit }: PageFilter): Promise<(Page & { titleKey: string })[]> {
  let query = db.selectFrom("pages").select([...pageColumns, "title_key as titleKey"]).where("deleted_at", "is", null)
  if (kind) query = query.where("kind", "=", kind)
  if (region) query = query.where("region", "=", region)
  if (after) query = query.where("title_key", ">", after)
  return query.orderBy("title_key").limit(limit).execute()
}

export async function insertPage(tx: Transaction, page: Page, titleKey: string): Promise<void> {
  await tx
    .insertInto("pages")
    .values({
      id: page.id,
      slug: page.slug,
      title: page.title,
      title_key: titleKey,
      kind: page.kind,
      region: page.region,
      revision: page.revision,
      protection: page.protection,
      created_at: page.createdAt,
      updated_at: page.updatedAt,
      deleted_at: page.deletedAt,
    })
    .execute()
  await insertSlug(tx, page.slug, page.id, page.createdAt)
}

export async function insertSlug(tx: Transaction, slug: string, pageId: string, now: string): Promise<void> {
  await tx.insertInto("slugs").values({ slug, page_id: pageId, created_at: now }).onConflict((c) => c.doNothing()).execute()
}

/** Moves the page's head from `base` to `base + 1`. Throws `conflict` when somebody was quicker. */
export async function advance(
  tx: Transaction,
  page: Page,
  base: number,
  head: { title: string; titleKey: string; region: string | null; updatedAt: string },
): Promise<void> {
  const moved = await pageAdvanced.first(tx, { ...head, id: page.id, base, next: base + 1 })
  if (!moved) throw new AppError("conflict", "This page changed while you were writing.")
  keep(tx, pageKey(page.id), moved)
}

interface Advance {
  id: string
  base: number
  next: number
  title: string
  titleKey: string
  region: string | null
  updatedAt: string
}

const pageAdvanced = prepared((db, { id, base, next, title, titleKey, region, updatedAt }: Advance) =>
  db
    .updateTable("pages")
    .set({ revision: next, title, title_key: titleKey, region, updated_at: updatedAt })
    .where("id", "=", id)
    .where("revision", "=", base)
    .returning(pageColumns),
)

export async function putProtection(tx: Transaction, pageId: string, protection: string): Promise<void> {
  await tx.updateTable("pages").set({ protection }).where("id", "=", pageId).execute()
  forget(tx, pageKey(pageId))
}

/** `except` are the few pages that have a level of their own. */
export async function putProtectionOfOthers(tx: Transaction, except: readonly string[], protection: string): Promise<void> {
  let query = tx.updateTable("pages").set({ protection })
  if (except.length > 0) query = query.where("id", "not in", except)
  await query.execute()
  forget(tx)
}

export async function setSlug(tx: Transaction, pageId: string, slug: string): Promise<void> {
  await tx.updateTable("pages").set({ slug }).where("id", "=", pageId).execute()
  forget(tx, pageKey(pageId))
}

export async function setDeleted(tx: Transaction, pageId: string, deletedAt: string | null): Promise<void> {
  await tx.updateTable("pages").set({ deleted_at: deletedAt }).where("id", "=", pageId).execute()
  forget(tx, pageKey(pageId))
}

function pageKey(id: string): string {
  return `page ${id}`
}

export interface RevisionRow extends Omit<Revision, "author" | "contributors"> {
  pageId: string
  /** The blocks' keys, in order. */
  keys: number[]
  contributorIds: string[]
  /** See `seal.ts`; null for a revision from before there were seals. */
  seal: string | null
}

export const revisionColumns = [
  "revisions.page_id as pageId",
  "revisions.number",
  "revisions.hash",
  "revisions.title",
  "revisions.blocks",
  "revisions.words",
  "revisions.author_id as authorId",
  "revisions.contributors",
  "revisions.summary",
  "revisions.restores",
  "revisions.created_at as createdAt",
  "revisions.seal",
  "revisions.undoes",
  "revisions.part_of as partOf",
] as const

export function findRevision(db: Db, pageId: string, number: number): Promise<(RevisionRow & { author: string }) | undefined> {
  return recall(db, revisionKey(pageId, number), async () => {
    const row = await revisionByNumber.first(db, { pageId, number })
    return row && readRow(row)
  })
}

const revisionByNumber = prepared((db, { pageId, number }: { pageId: string; number: number }) =>
  db
    .selectFrom("revisions")
    .innerJoin("users", "users.id", "revisions.author_id")
    .select([...revisionColumns, "users.name as author"])
    .where("page_id", "=", pageId)
    .where("number", "=", number),
)

function revisionKey(pageId: string, number: number): string {
  return `revision ${pageId} ${number}`
}

/** Revisions newest first, those before `before`. */
export async function listRevisions(
  db: Db,
  pageId: string,
  { before, limit }: { before?: number; limit: number },
): Promise<(RevisionRow & { author: string })[]> {
  let query = db
    .selectFrom("revisions")
    .innerJoin("users", "users.id", "revisions.author_id")
    .select([...revisionColumns, "users.name as author"])
    .where("page_id", "=", pageId)
  if (before !== undefined) query = query.where("number", "<", before)
  return (await query.orderBy("number", "desc").limit(limit).execute()).map(readRow)
}

/** The lists of blocks of a page's revisions before `before`, newest first. */
export async function listKeys(db: Db, pageId: string, { before, limit }: { before: number; limit: number }): Promise<{ number: number; keys: number[] }[]> {
  const rows = await listsBefore.all(db, { pageId, before, limit })
  return rows.map(({ number, blocks }) => ({ number, keys: readKeys(blocks) }))
}

const listsBefore = prepared((db, { pageId, before, limit }: { pageId: string; before: number; limit: number }) =>
  db.selectFrom("revisions").select(["number", "blocks"]).where("page_id", "=", pageId).where("number", "<", before).orderBy("number", "desc").limit(limit),
)

/** The revisions with these numbers, in no order. */
export async function findRevisions(db: Db, pageId: string, numbers: readonly number[]): Promise<(RevisionRow & { author: string })[]> {
  const found: (RevisionRow & { author: string })[] = []
  for (let at = 0; at < numbers.length; at += CHUNK) {
    const rows = await db
      .selectFrom("revisions")
      .innerJoin("users", "users.id", "revisions.author_id")
      .select([...revisionColumns, "users.name as author"])
      .where("page_id", "=", pageId)
      .where("number", "in", numbers.slice(at, at + CHUNK))
      .execute()
    found.push(...rows.map(readRow))
  }
  return found
}

/** The lists of blocks of the current revision of every page, as they are stored. */
export async function listCurrentLists(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom("pages")
    .innerJoin("revisions", (join) => join.onRef("revisions.page_id", "=", "pages.id").onRef("revisions.number", "=", "pages.revision"))
    .select("revisions.blocks")
    .execute()
  return rows.map(({ blocks }) => blocks)
}

/** Keeps a revision; `author` is the name that goes with `authorId`. */
export async function insertRevision(tx: Transaction, revision: RevisionRow & { author: string }): Promise<void> {
  await insertRow(tx, "revisions", {
    page_id: revision.pageId,
    number: revision.number,
    hash: revision.hash,
    title: revision.title,
    blocks: writeKeys(revision.keys),
    words: revision.words,
    author_id: revision.authorId,
    contributors: revision.contributorIds.length > 1 ? JSON.stringify(revision.contributorIds) : null,
    summary: revision.summary,
    restores: revision.restores,
    created_at: revision.createdAt,
    seal: revision.seal,
    undoes: writeNumbers(revision.undoes),
    part_of: revision.partOf,
  })
  keep(tx, revisionKey(revision.pageId, revision.number), revision)
}

export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom("users").select(["id", "name"]).where("id", "in", [...new Set(ids)]).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export function readRow<Row extends { blocks: string; contributors: string | null; authorId: string; undoes: string | null }>(row: Row) {
  const { blocks, contributors, undoes, ...rest } = row
  return {
    ...rest,
    keys: readKeys(blocks),
    undoes: readNumbers(undoes),
    contributorIds: contributors ? (JSON.parse(contributors) as string[]) : [row.authorId],
  }
}

export function readNumbers(text: string | null): number[] {
  return text === null ? [] : text.split(" ").map(Number)
}

export function writeNumbers(numbers: readonly number[]): string | null {
  return numbers.length === 0 ? null : numbers.join(" ")
}
