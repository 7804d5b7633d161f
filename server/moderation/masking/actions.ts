import { readCommentText } from "../../comments/actions.ts"
import { isId, requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { notFound } from "../../errors.ts"
import { readQueuedLinkback } from "../../linkbacks/actions.ts"
import type { User, Viewer } from "../../web/viewer.ts"
import { readAppealOf } from "../blocks/actions.ts"
import { type PageName, readItemName } from "../model.ts"
import { readProposal } from "../proposals/actions.ts"
import type { ProposalAt } from "../proposals/model.ts"
import { findReport } from "../reports/actions.ts"
import { pageNames } from "../store.ts"

/** What a moderator asked to see: the words of an item, or a proposal held against its page. */
export type Look = { words: string; page: PageName | null } | { proposal: ProposalAt }

/**
 * An item of the queue, or an appeal, in full, what is masked there included. That somebody looked is written to the public log in
 * the same act. Throws `unauthenticated`, `forbidden`, `not-found`.
 */
export async function lookAt(ctx: Context, viewer: Viewer, item: string): Promise<Look> {
  const moderator = requireModerator(viewer)
  const name = readItemName(item)
  if (!name || !isId(name.key)) throw notFound("item")
  const { kind, key } = name
  const proposal = kind === "proposal" ? await readProposal(ctx, { viewer: moderator }, key) : null
  const found = proposal ? { page: proposal.page.id, words: "" } : await wordsOf(ctx, moderator, kind, key)
  if (!found) throw notFound("item")
  const { page, words } = found
  const about = page === null ? {} : { page }
  await ctx.db.write((tx) => ctx.publish(tx, { type: "item.looked-at", ...about, actor: moderator.id, subject: key, detail: { kind } }))
  return proposal ? { proposal } : { words, page: (page !== null && (await pageNames(ctx.db.read, [page])).get(page)) || null }
}

async function wordsOf(ctx: Context, moderator: User, kind: string, id: string): Promise<{ words: string; page: string | null } | null> {
  if (kind === "comment") {
    const comment = await readCommentText(ctx.db.read, id)
    return comment && !comment.isHidden ? { words: comment.text, page: comment.page } : null
  }
  if (kind === "linkback") {
    const linkback = await readQueuedLinkback(ctx, moderator, id, "held")
    return linkback ? { words: [linkback.title, linkback.site, linkback.source, linkback.excerpt].join("\n\n"), page: linkback.page } : null
  }
  if (kind === "appeal") {
    const words = await readAppealOf(ctx.db.read, id)
    return words === null ? null : { words, page: null }
  }
  const report = kind === "report" ? await findReport(ctx.db.read, id) : undefined
  return report ? { words: `${report.said}\n\n${report.note}`, page: report.page } : null
}
