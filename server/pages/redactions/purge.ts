import { pageSchema, slugOf } from "../../../editor/document/index.ts"
import type { Transaction } from "../../storage/database.ts"
import { digest, dropSlugs, keepHash, REMOVED, rewriteRevision } from "../../storage/purge.ts"
import { rewriteBlock } from "../blocks/store.ts"
import { forgetDocuments } from "../documents.ts"
import type { Page } from "../model.ts"
import { type SealedPart, withhold } from "../seal.ts"
import type { RevisionRow } from "../store.ts"
import { blockWithout } from "./mask.ts"
import { inJson, type Redaction } from "./model.ts"
import { listBlocks, listRevisionRows, pagesWithBlocks } from "./store.ts"

/** Shorter runs of a text are too common to be looked for elsewhere. */
const SHORTEST = 12

/** What a purge did to the pages, and what has yet to go from elsewhere. */
export interface Purged {
  /** Pages whose text is another now, the redaction's own always. */
  pages: string[]
  /** Texts that must stand nowhere else either. */
  needles: string[]
}

/**
 * Takes a hidden text, summary or span out of the page's blocks and revisions. The chain of hashes goes on to verify: what is gone
 * stays covered by its hash.
 */
export async function purgeFromPages(tx: Transaction, page: Page, redaction: Redaction): Promise<Purged> {
  forgetDocuments()
  if (redaction.part === "span") return purgeSpan(tx, page, redaction)
  const row = (await listRevisionRows(tx, page.id)).find(({ number }) => number === redaction.number)
  if (!row) return { pages: [page.id], needles: [] }
  if (redaction.part === "summary") {
    await rewriteRevision(tx, row, { summary: "" }, withhold(row, ["summary"]))
    return { pages: [page.id], needles: row.summary.length >= SHORTEST ? [row.summary] : [] }
  }
  return purgeText(tx, page, row, redaction)
}

async function purgeSpan(tx: Transaction, page: Page, redaction: Redaction): Promise<Purged> {
  const span = { ...redaction, purgedAt: redaction.purgeAskedAt }
  const rows = await listRevisionRows(tx, page.id)
  const own = new Set(rows.flatMap(({ keys }) => keys))
  const changed: number[] = []
  for (const { key, hash, body } of await listBlocks(tx, [...own], inJson(span.words))) {
    const block = pageSchema.nodeFromJSON(JSON.parse(body))
    const left = blockWithout(block, span)
    if (left === block) continue
    await replaceBlock(tx, { key, hash, body: JSON.stringify(left.toJSON()) }, span.id)
    changed.push(key)
  }
  const named = await listRevisionRows(tx, null, span.words)
  for (const row of named) {
    const parts = (["title", "summary"] as const).filter((part) => row[part].includes(span.words))
    const texts = Object.fromEntries(parts.map((part) => [part, row[part].replaceAll(span.words, () => REMOVED)]))
    await rewriteRevision(tx, row, texts, withhold(row, parts as SealedPart[]))
  }
  const slug = slugOf(span.words)
  const gone = slug.length >= SHORTEST ? await dropSlugs(tx, slug) : []
  const pages = new Set([page.id, ...named.map(({ pageId }) => pageId), ...(await pagesWithBlocks(tx, changed.filter((key) => !own.has(key))))])
  return { pages: [...pages], needles: [span.words, ...gone] }
}

/** Blocks that stand in other revisions as well are theirs: words that others repeat are hidden and purged as a span. */
async function purgeText(tx: Transaction, page: Page, row: RevisionRow, redaction: Redaction): Promise<Purged> {
  const rows = await listRevisionRows(tx, null)
  const others = rows.filter((one) => one.pageId !== page.id || one.number !== row.number)
  const shared = new Set(others.flatMap(({ keys }) => keys))
  const own = row.keys.filter((key) => !shared.has(key))
  const needles: string[] = []
  for (const { key, hash, body } of await listBlocks(tx, own)) {
    pageSchema.nodeFromJSON(JSON.parse(body)).descendants((node) => {
      if (node.isText && node.text!.length >= SHORTEST) needles.push(node.text!)
    })
    const { id = null } = (JSON.parse(body) as { attrs?: { id?: string | null } }).attrs ?? {}
    const stone = pageSchema.node("paragraph", { id }, pageSchema.text(REMOVED))
    await replaceBlock(tx, { key, hash, body: JSON.stringify(stone.toJSON()) }, redaction.id)
  }
  if (row.title !== page.title) await rewriteRevision(tx, row, { title: REMOVED }, withhold(row, ["title"]))
  const gone: string[] = []
  for (const needle of new Set(needles)) if ((await listBlocks(tx, [], inJson(needle))).length === 0) gone.push(needle)
  return { pages: [page.id], needles: gone }
}

async function replaceBlock(tx: Transaction, { key, hash, body }: { key: number; hash: string; body: string }, redaction: string): Promise<void> {
  await keepHash(tx, { place: `block ${key}`, part: "body", hash, leftHash: digest(body), redaction })
  await rewriteBlock(tx, key, body)
}
