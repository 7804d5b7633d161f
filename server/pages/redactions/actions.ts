import type { Reader, Transaction } from "../../storage/database.ts"
import { type Hidden, hiddenBy, nothingHidden, type Redaction } from "./model.ts"
import { listInForce } from "./store.ts"

/** What is hidden of one page. Whoever shows anything of a page that did not come through `readRevision` asks here. */
export async function hiddenOf(db: Reader | Transaction, pageId: string): Promise<Hidden> {
  const found = await listInForce(db, [pageId])
  return found.length === 0 ? nothingHidden : hiddenBy(found)
}

/** What is hidden of each of these pages; pages of which nothing is are left out. */
export async function hiddenOfAll(db: Reader | Transaction, pageIds: readonly string[]): Promise<Map<string, Hidden>> {
  const byPage = new Map<string, Redaction[]>()
  for (const one of await listInForce(db, [...new Set(pageIds)])) byPage.set(one.page, [...(byPage.get(one.page) ?? []), one])
  return new Map([...byPage].map(([page, found]) => [page, hiddenBy(found)]))
}
