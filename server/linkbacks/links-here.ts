import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { readPage } from "../pages/actions.ts"
import type { Page } from "../pages/model.ts"
import { visitor } from "../web/viewer.ts"
import { type Linkback, slugInAddress } from "./model.ts"
import type { PageElsewhere } from "./read-page.ts"

/** Addresses of ours in one page that are looked up. */
const MOST_SLUGS = 20

/**
 * The link that a linkback is about; undefined when the page has none. A Webmention or Pingback names an address, and only that very
 * one counts (Webmention §3.2.2); a TrackBack names a page, and any of its addresses will do.
 */
export async function linksHere(
  ctx: Context,
  page: Page,
  { target }: Pick<Linkback, "target">,
  { links }: PageElsewhere,
): Promise<PageElsewhere["links"][number] | undefined> {
  if (target) return firstSeen(links.filter(({ href }) => href === target))
  const slugs = new Set(links.map(({ href }) => slugInAddress(href, ctx.config.baseUrl)).filter((slug) => slug !== null))
  const ours = new Set<string>()
  for (const slug of [...slugs].slice(0, MOST_SLUGS)) if ((await pageIdAt(ctx, slug)) === page.id) ours.add(slug)
  return firstSeen(links.filter(({ href }) => ours.has(slugInAddress(href, ctx.config.baseUrl) ?? "")))
}

function firstSeen(links: PageElsewhere["links"]): PageElsewhere["links"][number] | undefined {
  return links.find(({ isHidden }) => !isHidden) ?? links[0]
}

async function pageIdAt(ctx: Context, slug: string): Promise<string | undefined> {
  try {
    return (await readPage(ctx, visitor, slug)).id
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}
