import { commentSchema, toText } from "../../../editor/document/index.ts"
import { decideComment, readCommentText } from "../../comments/actions.ts"
import { isId, requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import { findLivePage } from "../../pages/actions.ts"
import type { Viewer } from "../../web/viewer.ts"
import { hide } from "../redaction/actions.ts"
import { type CommentFilter, findComments } from "./store.ts"

/** On one page: as many as can be looked through, and as many as are acted on at once. */
const MOST = 100
const SHOWN = 300

export const bulkActs = ["reject", "spam", "hide"] as const
export type BulkAct = (typeof bulkActs)[number]

/** A comment in a list to choose from. */
export interface Listed {
  id: string
  name: string
  text: string
  createdAt: string
  page: { slug: string; title: string }
}

/** Comments that fit, newest first. Throws `unauthenticated`, `forbidden`. */
export async function findForBulk(ctx: Context, viewer: Viewer, filter: Omit<CommentFilter, "limit">): Promise<Listed[]> {
  requireModerator(viewer)
  const rows = await findComments(ctx.db.read, { ...filter, limit: MOST })
  return rows.map(({ id, name, body, createdAt, slug, title }) => {
    const text = toText(commentSchema.nodeFromJSON(JSON.parse(body)))
    return { id, name, text: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text, createdAt, page: { slug, title } }
  })
}

/**
 * Takes the chosen comments away, calls them spam, or hides them behind a stone that says why. Each is decided by itself, so that one that
 * somebody else was quicker with stops none of the others; returns how many were done. Throws `invalid`.
 */
export async function actOnComments(
  ctx: Context,
  viewer: Viewer,
  input: { ids: readonly string[]; act: string; reason: string; state: "held" | "published" },
): Promise<{ done: number; passed: number }> {
  requireModerator(viewer)
  const act = bulkActs.find((one) => one === input.act)
  if (!act) throw invalid("act", "Choose what to do with the comments.")
  if (input.ids.length === 0) throw invalid("comments", "Choose at least one comment.")
  if (act === "hide" && input.reason.trim() === "") throw invalid("reason", "Say why. The reason stands where the comments stood.")
  let done = 0
  for (const id of input.ids.slice(0, MOST)) if (await actOn(ctx, viewer, id, act, input)) done++
  return { done, passed: input.ids.length - done }
}

async function actOn(
  ctx: Context,
  viewer: Viewer,
  id: string,
  act: BulkAct,
  { reason, state }: { reason: string; state: "held" | "published" },
): Promise<boolean> {
  try {
    if (act !== "hide") await decideComment(ctx, viewer, id, { decision: act, reason, state })
    else {
      const comment = isId(id) ? await readCommentText(ctx.db.read, id) : undefined
      const page = comment && (await findLivePage(ctx.db.read, comment.page))
      if (!page) return false
      await hide(ctx, viewer, { slug: page.slug, part: "comment", comment: id, audience: "readers", reason })
    }
    return true
  } catch (error) {
    if (error instanceof AppError && ["conflict", "not-found"].includes(error.code)) return false
    throw error
  }
}
