import { commentSchema, toText } from "../../../editor/document/index.ts"
import { decideComment, readCommentText } from "../../comments/actions.ts"
import { anchorOf, isId, requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import { findLivePage } from "../../pages/actions.ts"
import { wiki } from "../../pages/model.ts"
import type { Viewer } from "../../web/viewer.ts"
import { claimsOn } from "../actions.ts"
import { maskText } from "../masking/mask.ts"
import { commentItem } from "../model.ts"
import { hide } from "../redaction/actions.ts"
import { type CommentFilter, findComments, versionsOf } from "./store.ts"

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
  /** Where it stands: in the queue while it waits. */
  path: string
}

/** Comments that fit, newest first; of those that wait, what may be private is masked as in the queue. Throws `unauthenticated`, `forbidden`. */
export async function findForBulk(ctx: Context, viewer: Viewer, filter: Omit<CommentFilter, "limit">): Promise<Listed[]> {
  requireModerator(viewer)
  const rows = await findComments(ctx.db.read, { ...filter, limit: MOST })
  const isHeld = filter.state === "held"
  return rows.map(({ id, name, authorId, body, corrections, createdAt, slug, title }) => {
    const whole = toText(commentSchema.nodeFromJSON(JSON.parse(body)))
    const text = isHeld ? maskText(whole) : whole
    const path = isHeld ? `/moderation/items/${commentItem(id, Number(corrections) + 1)}` : `${wiki({ slug })}/comments/${id}#${anchorOf({ id })}`
    const page = { slug, title }
    return { id, name: isHeld && authorId === null ? maskText(name) : name, text: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text, createdAt, page, path }
  })
}

/**
 * Takes the chosen comments away, calls them spam, or hides them behind a stone that says why. Each is decided by itself, so that one that
 * somebody else was quicker with, or has in hand, stops none of the others; returns how many were done. Throws `invalid`.
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
  const ids = input.ids.slice(0, MOST)
  const taken = await inOtherHands(ctx, viewer, ids)
  let done = 0
  for (const id of ids) if (!taken.has(id) && (await actOn(ctx, viewer, id, act, input))) done++
  return { done, passed: input.ids.length - done }
}

async function inOtherHands(ctx: Context, viewer: Viewer, ids: readonly string[]): Promise<Set<string>> {
  const versions = await versionsOf(ctx.db.read, ids)
  const items = new Map(versions.map(({ id, corrections }) => [commentItem(id, Number(corrections) + 1), id]))
  const claims = await claimsOn(ctx, viewer, [...items.keys()])
  return new Set([...claims.keys()].map((item) => items.get(item)!))
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
