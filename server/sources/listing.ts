import type { Context } from "../context.ts"
import { readDeadPages } from "./actions.ts"
import { countCitations, listSaid, listSources } from "./store.ts"

/** Sources on one page of the list. */
const SOURCES = 200

/** What of the sources is wanted; an empty text for everything. */
export interface SourcesFilter {
  kind: string
  publisher: string
  /** "dead": those whose address no longer answers. */
  link: "dead" | ""
}

export interface ListedSource {
  slug: string
  title: string
  publisher: string
  kind: string
  /** As a date of a fact; empty when the page does not say. */
  publishedOn: string
  language: string
  /** Since when its address has not answered; null while it does, or nobody asked. */
  deadSince: string | null
  /** Places in pages and facts that cite it. */
  cited: number
}

export interface SourceList {
  sources: ListedSource[]
  options: Record<"kind" | "publisher", string[]>
  /** Where the list goes on; null at its end. */
  next: string | null
}

const KEYS = { kind: "document_kind", publisher: "publisher" } as const
const SHOWN = ["publisher", "document_kind", "published_on", "document_language"]

/** Pages of sources by title, those after `after`, with what they say of themselves. */
export async function readSourceList(ctx: Context, filter: SourcesFilter, after?: string): Promise<SourceList> {
  const db = ctx.db.read
  const dead = await readDeadPages(db)
  const said = (["kind", "publisher"] as const).flatMap((name) => (filter[name] === "" ? [] : [{ key: KEYS[name], text: filter[name] }]))
  const found = await listSources(db, { said, among: filter.link === "dead" ? [...dead.keys()] : undefined, after, limit: SOURCES + 1 })
  const rows = found.slice(0, SOURCES)
  const facts = await listSaid(db, SHOWN, rows.map(({ id }) => id))
  const counts = await countCitations(db, rows.map(({ id }) => id))
  const sources = rows.map(({ id, slug, title }): ListedSource => {
    const first = (key: string) => facts.find((fact) => fact.pageId === id && fact.key === key)
    return {
      slug, title,
      publisher: first("publisher")?.text ?? "",
      kind: first("document_kind")?.text ?? "",
      publishedOn: first("published_on")?.value ?? "",
      language: first("document_language")?.text ?? "",
      deadSince: dead.get(id) ?? null,
      cited: counts.get(id) ?? 0,
    } // prettier-ignore
  })
  return { sources, options: await readOptions(ctx), next: found.length > SOURCES ? rows.at(-1)!.titleKey : null }
}

async function readOptions(ctx: Context): Promise<SourceList["options"]> {
  const facts = await listSaid(ctx.db.read, Object.values(KEYS))
  const of = (key: string) => [...new Set(facts.filter((fact) => fact.key === key).map(({ text }) => text))].sort((one, other) => one.localeCompare(other, "en"))
  return { kind: of(KEYS.kind), publisher: of(KEYS.publisher) }
}
