import { pageSchema, sourcesHtml, splitBlocks, toHtml, toMarkdown } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { notFound } from "../errors.ts"
import { readRevision } from "../pages/actions.ts"
import { type Page, type PageAt, wiki } from "../pages/model.ts"
import type { Transaction } from "../storage/database.ts"
import { renderDocument } from "../web/html.tsx"
import { fileName, type Writable } from "./model.ts"
import { publicPages } from "./store.ts"
import { PageFile, PageList } from "./views.tsx"

/** A file of an export. */
export interface PageText {
  name: string
  text: string
}

/** Hands every page that readers can see to `take` as a file, all of one state of the site; returns how many there were. */
export async function exportSite(
  ctx: Context,
  format: Writable,
  take: (file: PageText) => Promise<void>,
  progress: (part: number) => void,
): Promise<number> {
  return ctx.db.snapshot(async (tx) => {
    const pages = await publicPages(tx)
    const write = writer(ctx, tx, format)
    for (const [index, page] of pages.entries()) {
      await take({ name: fileName(page.slug, format), text: await write(page) })
      progress((index + 1) / pages.length)
    }
    if (format === "html") await take({ name: "index.html", text: listOf(pages) })
    return pages.length
  })
}

/** One page as a text. Throws `not-found`, for deleted pages as well. */
export async function exportPage(ctx: Context, format: Writable, slug: string): Promise<string> {
  return ctx.db.snapshot(async (tx) => {
    const page = (await publicPages(tx)).find((one) => one.slug === slug)
    if (!page) throw notFound(`page as "${slug}"`)
    return writer(ctx, tx, format)(page)
  })
}

function writer(ctx: Context, tx: Transaction, format: Writable): (page: Page) => Promise<string> {
  const writers: Record<Writable, (page: Page) => Promise<string>> = {
    markdown: (page) => asMarkdown(tx, page),
    html: (page) => asHtml(tx, page, ctx.config.baseUrl),
    json: (page) => asJsonLines(tx, page),
  }
  return writers[format]
}

async function asMarkdown(tx: Transaction, page: Page): Promise<string> {
  const { doc } = await readRevision(tx, page)
  return `${titleLine(page.title)}\n\n${toMarkdown(doc)}`
}

// The writer knows how to keep "*" and "[" in a title from meaning anything; pages have no headings of level 1, so it is asked for a 2.
function titleLine(title: string): string {
  const heading = pageSchema.node("heading", { level: 2 }, pageSchema.text(title))
  return toMarkdown(pageSchema.node("doc", null, heading)).trim().slice(1)
}

async function asHtml(tx: Transaction, page: Page, baseUrl: string): Promise<string> {
  const { doc } = await readRevision(tx, page)
  const html = toHtml(doc) + sourcesHtml(doc)
  return renderDocument(PageFile({ title: page.title, address: baseUrl + wiki(page), changed: page.updatedAt, html }))
}

/** A line for the page, then one for each revision, oldest first. */
async function asJsonLines(tx: Transaction, page: Page): Promise<string> {
  const { slug, title, kind, revision, createdAt, updatedAt } = page
  const lines: unknown[] = [{ page: { slug, title, kind, revision, createdAt, updatedAt } }]
  for (let at = 1; at <= page.revision; at++) lines.push(revisionLine(await readRevision(tx, page, at)))
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`
}

function revisionLine({ revision, doc }: PageAt): unknown {
  const { number, createdAt, author, contributors, title, summary, restores, hash } = revision
  const content = splitBlocks(doc).map(({ body }) => JSON.parse(body) as unknown)
  return { number, createdAt, author, contributors, title, summary, restores, hash, document: { type: "doc", content } }
}

function listOf(pages: Page[]): string {
  return renderDocument(PageList({ pages: pages.map(({ slug, title }) => ({ title, file: fileName(slug, "html") })) }))
}
