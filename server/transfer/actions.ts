import { facts, fromHtml, fromMarkdown, fromText, type Reading } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { createPage, freeTitle } from "../pages/actions.ts"
import type { Kind, Page } from "../pages/model.ts"
import type { User } from "../web/viewer.ts"
import type { Readable } from "./model.ts"

export { exportPage, exportSite } from "./export.ts"
export { fillEmptySite, type FirstPage } from "./fill.ts"
export { verifySite, type Verification } from "./verify.ts"

export interface ImportPage {
  format: Readable
  text: string
  /** Otherwise the title the text itself names, or else `fallbackTitle`; with a number when another page has it. */
  title?: string
  fallbackTitle: string
  slug?: string
  /** Otherwise a page with facts is a facility and any other an article. */
  kind?: Kind
  summary?: string
}

const READERS: Record<Readable, (text: string) => Reading> = { html: fromHtml, markdown: fromMarkdown, text: fromText }

/** Makes a page of a text that was written elsewhere; what was not understood is in the warnings. Throws as `createPage` does. */
export async function importPage(ctx: Context, author: User, input: ImportPage): Promise<{ page: Page; warnings: string[] }> {
  const reading = READERS[input.format](input.text)
  const named = reading.title ?? input.fallbackTitle
  const title = input.title ?? (await freeTitle(ctx.db.read, named))
  const { page, warnings } = await createPage(ctx, author, {
    title,
    kind: input.kind ?? (facts(reading.doc).length > 0 ? "facility" : "article"),
    summary: input.summary ?? "",
    document: reading.doc.toJSON(),
    ...(input.slug !== undefined && { slug: input.slug }),
  })
  // A file does not know which pages there are: it is not turned away for its title, and whoever brings it in is told.
  const taken = input.title === undefined && title !== named ? [`There is a page “${named}” already; this one is called “${title}”.`] : []
  return { page, warnings: [...taken, ...reading.warnings, ...warnings] }
}
