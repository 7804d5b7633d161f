import type { Citation, FactState } from "../../editor/document/index.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { RECORD_KEYS, type RecordFact } from "./model.ts"

type Db = Reader | Transaction

/** The facts that make records, page by page in the order of each; those of one page if it is given. */
export async function listRecordFacts(db: Db, pageId?: string): Promise<RecordFact[]> {
  let query = db
    .selectFrom("facts")
    .innerJoin("pages", "pages.id", "facts.page_id")
    .select(["facts.page_id as pageId", "pages.slug", "pages.title", "facts.id", "facts.key", "facts.label", "facts.value", "facts.text"])
    .select(["facts.state", "facts.as_of as asOf", "facts.note", "facts.sources"])
    .where("pages.deleted_at", "is", null)
    .where("facts.rank", "!=", "deprecated")
    .where("facts.key", "in", [...RECORD_KEYS])
  if (pageId !== undefined) query = query.where("facts.page_id", "=", pageId)
  const rows = await query.orderBy("facts.page_id").orderBy("facts.position").execute()
  return rows.map((row) => ({ ...row, state: row.state as FactState, sources: JSON.parse(row.sources) as Citation[] }))
}

/** A facility that records name. */
export interface ConcernedFacility {
  asked: string
  id: string
  slug: string
  title: string
  region: string | null
  operator: string | null
}

/** Facilities by any slug they ever had, with who runs them. */
export async function facilitiesBySlug(db: Db, slugs: readonly string[]): Promise<ConcernedFacility[]> {
  if (slugs.length === 0) return []
  const rows = await db
    .selectFrom("slugs")
    .innerJoin("pages", "pages.id", "slugs.page_id")
    .select(["slugs.slug as asked", "pages.id", "pages.slug", "pages.title", "pages.region"])
    .where("slugs.slug", "in", [...slugs])
    .where("pages.deleted_at", "is", null)
    .execute()
  const operators = await db
    .selectFrom("facts")
    .select(["page_id as pageId", "text"])
    .where("key", "=", "operator")
    .where("state", "=", "known")
    .where("rank", "!=", "deprecated")
    .where("page_id", "in", rows.length > 0 ? rows.map(({ id }) => id) : [""])
    .orderBy("position")
    .execute()
  return rows.map((row) => ({ ...row, operator: operators.find(({ pageId }) => pageId === row.id)?.text ?? null }))
}
