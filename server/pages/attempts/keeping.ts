import type { Context } from "../../context.ts"
import type { Transaction } from "../../storage/database.ts"
import type { User } from "../../web/viewer.ts"
import type { Text } from "../append.ts"
import type { PageAt } from "../model.ts"
import { insertAttempt } from "./store.ts"

/** Keeps a text that could not be saved; returns the id under which its author finds it again. */
export async function keepAttempt(ctx: Context, tx: Transaction, author: User, pageId: string, base: PageAt, mine: Text): Promise<string> {
  const id = ctx.ids()
  await insertAttempt(tx, {
    id,
    pageId,
    authorId: author.id,
    base: base.revision.number,
    title: mine.title,
    document: JSON.stringify(mine.doc.toJSON()),
    summary: mine.summary,
    undoes: [...(mine.undoes ?? [])],
    createdAt: ctx.clock().toISOString(),
  })
  return id
}
