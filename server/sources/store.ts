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

/** The web addresses that the page of a source gives for it. */
export async function addressesOf(db: Reader, pageId: string): Promise<string[]> {
  const rows = await db.selectFrom("facts").select("value").where("page_id", "=", pageId).where("key", "=", "web_address").where("state", "=", "known").execute()
  return rows.map(({ value }) => value.split(" ", 1)[0]!)
}

export interface Use {
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
    .select(["pages.slug", "pages.title", "citations.fact_id as factId", "facts.label", "citations.locator"])
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
  if (addresses.length === 0) return []
  const rows = await db.selectFrom("link_checks").select(checkColumns).where("address", "in", [...addresses]).execute()
  return rows.map((row) => ({ ...row, status: row.status as LinkStatus }))
}

export async function keepCheck(tx: Transaction, { failingSince, checkedAt, ...rest }: LinkCheck): Promise<void> {
  const row = { ...rest, failing_since: failingSince, checked_at: checkedAt }
  await tx.insertInto("link_checks").values(row).onConflict((conflict) => conflict.column("address").doUpdateSet(row)).execute()
}

/** Addresses that failed at least so often in a row, each with the places that rest on it. */
export async function listDead(db: Reader, failures: number, limit: number): Promise<(Use & { address: string; failingSince: string | null })[]> {
  return db
    .selectFrom("link_checks")
    .innerJoin("citations", "citations.source", "link_checks.address")
    .innerJoin("pages", "pages.id", "citations.page_id")
    .leftJoin("facts", (join) => join.onRef("facts.page_id", "=", "citations.page_id").onRef("facts.id", "=", "citations.fact_id"))
    .select(["link_checks.address", "link_checks.failing_since as failingSince"])
    .select(["pages.slug", "pages.title", "citations.fact_id as factId", "facts.label", "citations.locator"])
    .where("link_checks.failures", ">=", failures)
    .where("pages.deleted_at", "is", null)
    .orderBy("link_checks.failing_since")
    .orderBy("link_checks.address")
    .orderBy("pages.title_key")
    .limit(limit)
    .execute()
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
