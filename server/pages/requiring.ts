import { AppError, notFound } from "../errors.ts"
import type { Transaction } from "../storage/database.ts"
import type { User, Viewer } from "../web/viewer.ts"
import { canEdit, type Page } from "./model.ts"
import { lockPage } from "./store.ts"

/** Somebody who may write the page, or start one. Throws `unauthenticated`, `forbidden`. */
export function requireEditor(viewer: Viewer, page: Page | null): User {
  if (viewer.id === null) throw new AppError("unauthenticated", "Log in or register to edit.")
  if (!canEdit(viewer, page)) throw new AppError("forbidden", "Only moderators may edit this page.")
  return { ...viewer, id: viewer.id }
}

/** The page as it is in this transaction, which other writers of it wait for. Throws `not-found`, `gone`. */
export async function requireLive(tx: Transaction, pageId: string): Promise<Page> {
  const page = await lockPage(tx, pageId)
  if (!page) throw notFound("page")
  if (page.deletedAt) throw new AppError("gone", "This page was deleted in the meantime.")
  return page
}

/** What is told to somebody who decided about another revision than the current one. */
export function stale(current: number): AppError {
  return new AppError("conflict", `This page is at revision ${current} now. Look at what changed, then decide again.`, {
    extra: { current },
  })
}
