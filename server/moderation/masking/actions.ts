import { readCommentText } from "../../comments/actions.ts"
import { isId, requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { notFound } from "../../errors.ts"
import type { Viewer } from "../../web/viewer.ts"
import { type PageName, readItemName } from "../model.ts"
import { findReport } from "../reports/actions.ts"
import { pageNames } from "../store.ts"

/**
 * The words of a comment or report in full, what is masked in the queue included. That somebody looked is written to the public log in the
 * same act. Throws `unauthenticated`, `forbidden`, `not-found`.
 */
export async function lookAt(ctx: Context, viewer: Viewer, item: string): Promise<{ words: string; page: PageName | null }> {
  const moderator = requireModerator(viewer)
  const name = readItemName(item)
  const found = name && isId(name.key) ? await wordsOf(ctx, name.kind, name.key) : null
  if (!found) throw notFound("item")
  await ctx.db.write((tx) =>
    ctx.publish(tx, { type: "item.looked-at", page: found.page, actor: moderator.id, subject: name!.key, detail: { kind: name!.kind } }),
  )
  return { words: found.words, page: (await pageNames(ctx.db.read, [found.page])).get(found.page) ?? null }
}

async function wordsOf(ctx: Context, kind: string, id: string): Promise<{ words: string; page: string } | null> {
  if (kind === "comment") {
    const comment = await readCommentText(ctx.db.read, id)
    return comment && !comment.isHidden ? { words: comment.text, page: comment.page } : null
  }
  const report = kind === "report" ? await findReport(ctx.db.read, id) : undefined
  return report ? { words: `${report.said}\n\n${report.note}`, page: report.page } : null
}
