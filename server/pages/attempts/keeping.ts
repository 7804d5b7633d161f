import type { Context } from "../../context.ts"
import type { Transaction } from "../../storage/database.ts"
import type { User } from "../../web/viewer.ts"
import type { Text } from "../append.ts"
import type { PageAt } from "../model.ts"
import { insertAttempt } from "./store.ts"

/** The draft that a text continues, if any. */
export interface DraftNamed {
  /** Its version. */
  draft?: number
  /** The section that it is of; the whole page without one. */
  draftSection?: string
}

/** Keeps a text that could not be saved; returns the id under which its author finds it again. `of` is the draft that it continues. */
export async function keepAttempt(ctx: Context, tx: Transaction, author: User, base: PageAt, mine: Text, of: DraftNamed = {}): Promise<string> {
  const id = ctx.ids()
  await insertAttempt(tx, {
    id,
    pageId: base.page.id,
    authorId: author.id,
    base: base.revision.number,
    title: mine.title,
    document: JSON.stringify(mine.doc.toJSON()),
    summary: mine.summary,
    undoes: [...(mine.undoes ?? [])],
    draft: of.draft ?? null,
    draftSection: of.draftSection ?? null,
    createdAt: ctx.clock().toISOString(),
  })
  return id
}
