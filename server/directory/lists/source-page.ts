import { type Citation, ensureIds, pageSchema, readHref, readValue } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { beginPage, readPage } from "../../pages/actions.ts"
import type { Transaction } from "../../storage/database.ts"
import { type User, visitor } from "../../web/viewer.ts"
import type { Mapping } from "./mapping.ts"

/** What every fact of the list cites. */
export function citationOf({ source }: Mapping, locator: string): Citation {
  return { source: source.slug, title: source.title, locator, quote: "" }
}

/** Makes the page of the list's source, unless there is one or was one. */
export async function ensureSourcePage(ctx: Context, author: User, mapping: Mapping): Promise<void> {
  if (await isThere(ctx, mapping.source.slug)) return
  await ctx.db.write((tx) => begin(ctx, tx, author, mapping))
}

async function isThere(ctx: Context, slug: string): Promise<boolean> {
  try {
    await readPage(ctx, visitor, slug)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === "gone") return true
    if (error instanceof AppError && error.code === "not-found") return false
    throw error
  }
}

async function begin(ctx: Context, tx: Transaction, author: User, { source, asOf }: Mapping): Promise<void> {
  const { doc, paragraph, fact_sheet } = pageSchema.nodes
  const rows = [
    row({ key: "publisher", type: "text" }, source.publisher),
    row({ key: "document_kind", type: "text" }, "Data set"),
    row({ label: "Data up to", type: "date" }, asOf),
    row({ key: "web_address", type: "link" }, readHref(source.address) ?? ""),
    row({ label: "Licence", type: "text" }, source.licence),
  ].flatMap((one) => one ?? [])
  const about = source.about || "A list that facts on other pages come from."
  const page = doc.create(null, [paragraph.create(null, pageSchema.text(about)), ...(rows.length > 0 ? [fact_sheet.create(null, rows)] : [])])
  const text = { title: source.title, kind: "source" as const, slug: source.slug, summary: "The source of an imported list", doc: ensureIds(page, ctx.ids) }
  await beginPage(ctx, tx, author, text)
}

function row(named: { key?: string; label?: string; type: "text" | "date" | "link" }, raw: string) {
  const reading = raw === "" ? null : readValue(named.type, raw)
  return reading?.ok ? pageSchema.nodes.fact.create({ ...named, value: reading.value }) : null
}
