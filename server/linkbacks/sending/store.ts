import type { Reader, Transaction } from "../../storage/database.ts"
import type { Place } from "../store.ts"
import type { Send } from "./model.ts"

type Db = Reader | Transaction

const columns = [
  "linkback_sends.id",
  "linkback_sends.page_id as page",
  "linkback_sends.target_url as target",
  "linkback_sends.state",
  "linkback_sends.protocol",
  "linkback_sends.endpoint",
  "linkback_sends.answer",
  "linkback_sends.attempts",
  "linkback_sends.created_at as createdAt",
  "linkback_sends.updated_at as updatedAt",
] as const

/** A page as those are told of it to whom it links. */
export interface SourcePage {
  id: string
  slug: string
  title: string
  isDeleted: boolean
}

export async function findSourcePage(db: Db, id: string): Promise<SourcePage | undefined> {
  const row = await db.selectFrom("pages").select(["id", "slug", "title", "deleted_at"]).where("id", "=", id).executeTakeFirst()
  return row && { id: row.id, slug: row.slug, title: row.title, isDeleted: row.deleted_at !== null }
}

export function findSend(db: Db, id: string): Promise<Send | undefined> {
  return db.selectFrom("linkback_sends").select(columns).where("id", "=", id).executeTakeFirst()
}

/** Everybody who is or was told of links from a page. */
export function listTargets(db: Db, page: string): Promise<Send[]> {
  return db.selectFrom("linkback_sends").select(columns).where("page_id", "=", page).orderBy("created_at").orderBy("id").execute()
}

/** What was sent, the latest first, of one page or of all. */
export function listSends(db: Db, { page, before, limit }: { page?: string; before?: Place; limit: number }): Promise<Send[]> {
  let query = db.selectFrom("linkback_sends").select(columns)
  if (page !== undefined) query = query.where("page_id", "=", page)
  if (before) {
    query = query.where((eb) =>
      eb.or([eb("updated_at", "<", before.createdAt), eb("updated_at", "=", before.createdAt).and("id", "<", before.id)]),
    )
  }
  return query.orderBy("updated_at", "desc").orderBy("id", "desc").limit(limit).execute()
}

/** Writes a send anew; what answered before, and by which protocol, stays known. */
export async function insertSend(tx: Transaction, send: Pick<Send, "id" | "page" | "target" | "createdAt">): Promise<void> {
  const { id, page, target, createdAt } = send
  await tx
    .insertInto("linkback_sends")
    .values({ id, page_id: page, target_url: target, state: "waiting", protocol: null, endpoint: null, answer: "", attempts: 0, created_at: createdAt, updated_at: createdAt })
    .execute()
}

export async function updateSend(tx: Transaction, id: string, { state, protocol, endpoint, answer, attempts, updatedAt }: Omit<Send, "id" | "page" | "target" | "createdAt">): Promise<void> {
  await tx.updateTable("linkback_sends").set({ state, protocol, endpoint, answer, attempts, updated_at: updatedAt }).where("id", "=", id).execute()
}

export async function deleteSend(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom("linkback_sends").where("id", "=", id).execute()
}

/** Slugs and titles of pages, deleted ones too. */
export async function namePages(db: Db, ids: readonly string[]): Promise<Map<string, { slug: string; title: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom("pages").select(["id", "slug", "title"]).where("id", "in", ids).execute()
  return new Map(rows.map(({ id, ...name }) => [id, name]))
}
