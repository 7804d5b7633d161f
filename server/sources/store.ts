import type { Reader, Transaction } from "../storage/database.ts"
import type { LinkCheck, LinkStatus, Proposal } from "./model.ts"

/** Rows in one statement, well under what either engine takes. */
const CHUNK = 100

export interface CitationRow {
  source: string
  title: string
  locator: string
  factId: string
}

/** What a page rests on, in place of what was recorded before. */
export async function replaceCitations(tx: Transaction, pageId: string, rows: readonly CitationRow[]): Promise<void> {
  await tx.deleteFrom("citations").where("page_id", "=", pageId).execute()
  for (let at = 0; at < rows.length; at += CHUNK) {
    const values = rows.slice(at, at + CHUNK).map(({ factId, ...row }, index) => ({ ...row, page_id: pageId, position: at + index, fact_id: factId }))
    await tx.insertInto("citations").values(values).execute()
  }
}

/** What is recorded of a page, in order. */
export async function listCitations(db: Reader | Transaction, pageId: string): Promise<CitationRow[]> {
  return db
    .selectFrom("citations")
    .select(["source", "title", "locator", "fact_id as factId"])
    .where("page_id", "=", pageId)
    .orderBy("position")
    .execute()
}

/** Every address at which a page was ever found. */
export async function slugsOf(db: Reader, pageId: string): Promise<string[]> {
  return (await db.selectFrom("slugs").select("slug").where("page_id", "=", pageId).execute()).map(({ slug }) => slug)
}

/** The same of several pages. */
export async function slugsOfPages(db: Reader, pageIds: readonly string[]): Promise<{ slug: string; pageId: string }[]> {
  if (pageIds.length === 0) return []
  return db.selectFrom("slugs").select(["slug", "page_id as pageId"]).where("page_id", "in", [...pageIds]).execute()
}

/** The pages that were ever found at one of these slugs, or give one of these web addresses for themselves. */
export async function findPagesAt(tx: Transaction, sources: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (let at = 0; at < sources.length; at += CHUNK) {
    const part = sources.slice(at, at + CHUNK)
    const named = await tx.selectFrom("slugs").select("page_id").where("slug", "in", part).execute()
    const given = await tx.selectFrom("facts").select("page_id").where("key", "=", "web_address").where("value", "in", part).execute()
    for (const { page_id } of [...named, ...given]) found.add(page_id)
  }
  return [...found]
}

/** The pages of sources that were ever found at these slugs. */
export async function sourcePagesAt(db: Reader, slugs: readonly string[]): Promise<{ slug: string; pageId: string }[]> {
  if (slugs.length === 0) return []
  return db
    .selectFrom("slugs")
    .innerJoin("pages", "pages.id", "slugs.page_id")
    .select(["slugs.slug", "pages.id as pageId"])
    .where("slugs.slug", "in", [...slugs])
    .where("pages.kind", "=", "source")
    .where("pages.deleted_at", "is", null)
    .execute()
}

/** A web address that the page of a source gives for it. */
export interface OwnAddress {
  pageId: string
  slug: string
  title: string
  address: string
}

/** The web addresses that pages of sources give for themselves; those of some pages alone when they are given. */
export async function listOwnAddresses(db: Reader, pageIds?: readonly string[]): Promise<OwnAddress[]> {
  if (pageIds?.length === 0) return []
  let query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["facts.page_id as pageId", "pages.slug", "pages.title", "facts.value"])
    .where("facts.key", "=", "web_address")
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where("facts.value", "like", "http%")
    .where("pages.kind", "=", "source")
    .where("pages.deleted_at", "is", null)
  if (pageIds) query = query.where("facts.page_id", "in", [...pageIds])
  return (await query.execute()).map(({ value, ...page }) => ({ ...page, address: value.split(" ", 1)[0]! }))
}

/** What is said of sources under these keys, in the order of each page; of some pages alone when they are given. */
export async function listSaid(db: Reader, keys: readonly string[], pageIds?: readonly string[]): Promise<{ pageId: string; key: string; text: string; value: string }[]> {
  let query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["facts.page_id as pageId", "facts.key", "facts.text", "facts.value"])
    .where("facts.key", "in", [...keys])
    .where("facts.state", "=", "known")
    .where("facts.rank", "!=", "deprecated")
    .where("pages.kind", "=", "source")
    .where("pages.deleted_at", "is", null)
  if (pageIds) query = query.where("facts.page_id", "in", [...pageIds, ""])
  return query.orderBy("facts.page_id").orderBy("facts.position").execute()
}

/** What a list of sources asks for: the texts of facts, and pages by their ids. */
export interface SourceFilter {
  said: { key: string; text: string }[]
  among?: readonly string[]
  /** Titles behind this one, as it is compared. */
  after?: string
  limit: number
}

/** Pages of sources by title. */
export function listSources(db: Reader, { said, among, after, limit }: SourceFilter): Promise<{ id: string; slug: string; title: string; titleKey: string; updatedAt: string }[]> {
  let query = db
    .selectFrom("pages")
    .select(["id", "slug", "title", "title_key as titleKey", "updated_at as updatedAt"])
    .where("kind", "=", "source")
    .where("deleted_at", "is", null)
  for (const { key, text } of said) {
    const saying = db.selectFrom("facts").select("page_id").where("key", "=", key).where("text", "=", text).where("state", "=", "known")
    query = query.where("id", "in", saying)
  }
  if (among) query = query.where("id", "in", [...among, ""])
  if (after !== undefined) query = query.where("title_key", ">", after)
  return query.orderBy("title_key").limit(limit).execute()
}

/** Addresses that failed at least so often in a row, the longest first. */
export function listFailing(db: Reader, failures: number): Promise<{ address: string; failingSince: string | null }[]> {
  return db
    .selectFrom("link_checks")
    .select(["address", "failing_since as failingSince"])
    .where("failures", ">=", failures)
    .orderBy("failing_since")
    .orderBy("address")
    .execute()
}

/** In how many places pages that are not deleted cite these sources, by the slug of the source or an address that it gives. */
export async function countCitations(db: Reader, pageIds: readonly string[]): Promise<Map<string, number>> {
  if (pageIds.length === 0) return new Map()
  const names = [...(await slugsOfPages(db, pageIds)).map(({ slug, pageId }) => ({ name: slug, pageId })), ...(await listOwnAddresses(db, pageIds)).map(({ address, pageId }) => ({ name: address, pageId }))]
  const rows = await db
    .selectFrom("citations")
    .innerJoin("pages", "pages.id", "citations.page_id")
    .select((eb) => ["citations.source", eb.fn.countAll<number>().as("count")])
    .where("citations.source", "in", names.map(({ name }) => name))
    .where("pages.deleted_at", "is", null)
    .groupBy("citations.source")
    .execute()
  const bySource = new Map(rows.map(({ source, count }) => [source, Number(count)]))
  const counts = new Map<string, number>()
  for (const { name, pageId } of names) counts.set(pageId, (counts.get(pageId) ?? 0) + (bySource.get(name) ?? 0))
  return counts
}

/** The web addresses that the page of a source gives for it. */
export async function addressesOf(db: Reader, pageId: string): Promise<string[]> {
  const rows = await db.selectFrom("facts").select("value").where("page_id", "=", pageId).where("key", "=", "web_address").where("state", "=", "known").execute()
  return rows.map(({ value }) => value.split(" ", 1)[0]!)
}

export interface Use {
  /** What is cited: a web address, or the slug of a page. */
  source: string
  slug: string
  title: string
  factId: string
  /** Of the fact; null when it is cited in the text. */
  label: string | null
  locator: string
}

/** Where one of these sources is cited on pages that are not deleted. */
export async function listUses(db: Reader, sources: readonly string[], limit: number): Promise<Use[]> {
  if (sources.length === 0) return []
  return db
    .selectFrom("citations")
    .innerJoin("pages", "pages.id", "citations.page_id")
    .leftJoin("facts", (join) => join.onRef("facts.page_id", "=", "citations.page_id").onRef("facts.id", "=", "citations.fact_id"))
    .select(["citations.source", "pages.slug", "pages.title", "citations.fact_id as factId", "facts.label", "citations.locator"])
    .where("citations.source", "in", [...sources])
    .where("pages.deleted_at", "is", null)
    .orderBy("pages.title_key")
    .orderBy("citations.page_id")
    .orderBy("citations.position")
    .limit(limit)
    .execute()
}

/** Web addresses that pages cite and nobody has asked since `before`. */
export async function listUnchecked(db: Reader, before: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("citations")
    .innerJoin("pages", "pages.id", "citations.page_id")
    .leftJoin("link_checks", "link_checks.address", "citations.source")
    .select(["citations.source", "link_checks.checked_at"])
    .distinct()
    .where("pages.deleted_at", "is", null)
    .where("citations.source", "like", "http%")
    .where((eb) => eb.or([eb("link_checks.checked_at", "is", null), eb("link_checks.checked_at", "<", before)]))
    .limit(limit)
    .execute()
  return rows.map(({ source }) => source)
}

const checkColumns = ["address", "status", "failures", "failing_since as failingSince", "checked_at as checkedAt"] as const

export async function findChecks(db: Reader, addresses: readonly string[]): Promise<LinkCheck[]> {
  const found: LinkCheck[] = []
  for (let at = 0; at < addresses.length; at += CHUNK) {
    const rows = await db.selectFrom("link_checks").select(checkColumns).where("address", "in", addresses.slice(at, at + CHUNK)).execute()
    found.push(...rows.map((row) => ({ ...row, status: row.status as LinkStatus })))
  }
  return found
}

export async function keepCheck(tx: Transaction, { failingSince, checkedAt, ...rest }: LinkCheck): Promise<void> {
  const row = { ...rest, failing_since: failingSince, checked_at: checkedAt }
  await tx.insertInto("link_checks").values(row).onConflict((conflict) => conflict.column("address").doUpdateSet(row)).execute()
}

const proposalColumns = ["address", "state", "title", "publisher", "published_on as publishedOn"] as const

export function findProposal(db: Reader | Transaction, address: string): Promise<Proposal | undefined> {
  return db.selectFrom("source_proposals").select(proposalColumns).where("address", "=", address).executeTakeFirst()
}

export async function keepProposal(tx: Transaction, { publishedOn, ...rest }: Proposal, now: string): Promise<void> {
  const row = { ...rest, published_on: publishedOn, asked_at: now }
  await tx.insertInto("source_proposals").values(row).onConflict((conflict) => conflict.column("address").doUpdateSet(row)).execute()
}

export async function deleteProposalsBefore(tx: Transaction, time: string): Promise<void> {
  await tx.deleteFrom("source_proposals").where("asked_at", "<", time).execute()
}
