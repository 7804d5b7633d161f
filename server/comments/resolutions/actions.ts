import type { Context } from "../../context.ts"
import { notFound } from "../../errors.ts"
import type { Page } from "../../pages/model.ts"
import { HIDDEN_NAME } from "../../pages/redactions/model.ts"
import type { Reader, Transaction } from "../../storage/database.ts"
import { type Comment, isId } from "../model.ts"
import { commentOf } from "../reading.ts"
import { findComment } from "../store.ts"
import { deleteResolution, keepResolution } from "./store.ts"

/** Who is told of where a comment is not public under a name. */
const SOMEBODY = "a reader"

/** A comment of the page that readers see. Throws `not-found` for one that waits, is hidden, or stands elsewhere. */
export async function readPublicComment(db: Reader | Transaction, page: Pick<Page, "id">, id: string): Promise<Comment> {
  const row = isId(id) ? await findComment(db, id) : undefined
  if (!row || row.page !== page.id || row.state !== "published" || row.hidden !== null) throw notFound("comment")
  return commentOf(row)
}

/** The name a comment is public under; that of nobody where it is hidden, withdrawn or not there. */
export async function publicNameOf(db: Reader | Transaction, id: string): Promise<string> {
  const row = await findComment(db, id)
  if (!row || row.name === "" || row.withdrawnAt !== null) return SOMEBODY
  return row.hidden === null ? row.name : HIDDEN_NAME
}

/** Notes which revision did what a comment asks for; with null, that none did. */
export async function setResolution(ctx: Context, tx: Transaction, page: string, comment: string, { revision, by }: { revision: number | null; by: string | null }): Promise<void> {
  if (revision !== null) await keepResolution(tx, comment, { revision, now: ctx.clock().toISOString() })
  else if (!(await deleteResolution(tx, comment))) return
  await ctx.publish(tx, { type: "comment.resolved", page, actor: by, subject: comment, detail: { ...(revision !== null && { revision }) } })
}
