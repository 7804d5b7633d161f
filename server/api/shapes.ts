import { toHtml, toText } from "../../editor/document/index.ts"
import { factsOf } from "../facts/actions.ts"
import type { PublicFact } from "../facts/model.ts"
import type { Reader } from "../storage/database.ts"
import type { Page, PageAt, Revision } from "../pages/model.ts"

/** A page at a revision, as the API gives it. */
export interface PageShape {
  slug: string
  title: string
  kind: string
  revision: number
  updatedAt: string
  protection: string
  document: unknown
  html: string
  text: string
  facts: PublicFact[]
}

export async function pageShape(db: Reader, at: PageAt): Promise<PageShape> {
  const { page, revision, doc } = at
  return {
    slug: page.slug,
    title: revision.title,
    kind: page.kind,
    revision: revision.number,
    updatedAt: revision.createdAt,
    protection: page.protection,
    document: doc.toJSON(),
    html: toHtml(doc),
    text: toText(doc),
    facts: await factsOf(db, at),
  }
}

export function pageLine({ slug, title, kind, revision, updatedAt }: Page): Partial<PageShape> {
  return { slug, title, kind, revision, updatedAt }
}

/** A revision in a list. All that are in the list have been published. */
export function revisionShape({ number, title, createdAt, author, contributors, summary, restores, hash }: Revision) {
  return { number, title, createdAt, author, contributors, summary, state: "published", restores, hash }
}
