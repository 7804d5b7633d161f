import { siteAccount } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { createPage, type CreatePage, readPage } from "../pages/actions.ts"
import { type User, visitor } from "../web/viewer.ts"
import { hasPageByOthers } from "./store.ts"

/** A page that an empty site begins with. */
export interface FirstPage extends CreatePage {
  slug: string
}

/**
 * Gives a site in which nobody has begun a page its first ones, by the site's own account; returns how many it made. A fill that
 * was interrupted is completed at the next call; a page that was renamed or deleted since stays so.
 */
export async function fillEmptySite(ctx: Context, load: () => Promise<FirstPage[]>): Promise<number> {
  const author = await siteAccount(ctx)
  if (await hasPageByOthers(ctx.db.read, author.id)) return 0
  let made = 0
  for (const page of await load()) {
    if (await begin(ctx, author, page)) made++
  }
  return made
}

async function begin(ctx: Context, author: User, page: FirstPage): Promise<boolean> {
  try {
    await readPage(ctx, visitor, page.slug)
    return false
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not-found") return unless(error, "gone")
  }
  // Another process that starts at the same moment may have been quicker.
  return createPage(ctx, author, page).then(() => true, (error) => unless(error, "conflict"))
}

function unless(error: unknown, code: AppError["code"]): false {
  if (error instanceof AppError && error.code === code) return false
  throw error
}
