import type { FastifyInstance, FastifyRequest } from "fastify"
import type { JSX } from "preact"
import { diffViews } from "../../editor/document/index.ts"
import { findAccount } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Event } from "../events.ts"
import { readPage, readRevision, readRevisions } from "../pages/actions.ts"
import { canDelete, canEdit, type Page, type PageAt, wiki } from "../pages/model.ts"
import type { Form } from "../web/body.ts"
import { renderFragment } from "../web/html.tsx"
import { allOf, firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import type { Web } from "../web/web.ts"
import { compare, readTimeline } from "./actions.ts"
import { DiffPage, DiffPart, hideable } from "./diff-views.tsx"
import { readGrowth } from "./growth.ts"
import { type TimelineKind, timelineKinds } from "./model.ts"
import { RevisionPage } from "./revision-views.tsx"
import { readChecked } from "./since.ts"
import { TimelinePage } from "./timeline-views.tsx"

interface Asked {
  Params: { slug: string; number: string; from: string; to: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** A page's past: its timeline, each revision, the differences between them. */
export function historyRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/wiki/:slug/history", async (request, reply) => {
    await web.limits.take(request, "render")
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return sendPage(request, reply, TimelinePage(await timelineOf(ctx, web, page, request)))
  })

  app.get<Asked>("/wiki/:slug/revisions/:number", async (request, reply) => {
    const { viewer, params } = request
    const page = await readPage(ctx, viewer, params.slug)
    const at = await readRevision(ctx.db.read, page, wholeNumber(params.number) ?? 0)
    const today = ctx.clock().toISOString().slice(0, 10)
    return sendPage(request, reply, RevisionPage({ at, canEdit: canEdit(viewer, page), canHide: canDelete(viewer), today }))
  })

  // The form on the history page sends its two choices here.
  app.get<Asked>("/wiki/:slug/diff", async (request, reply) => {
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const [one, other] = [wholeNumber(request.query.from), wholeNumber(request.query.to)]
    if (one === undefined || other === undefined) throw new AppError("invalid", "Choose two revisions to compare.")
    return seeOther(reply, `${wiki(page)}/diff/${Math.min(one, other)}/${Math.max(one, other)}`)
  })

  app.get<Asked>("/wiki/:slug/diff/:from/:to", async (request, reply) => {
    const comparison = await comparisonAsked(request)
    const view = diffViews.find((name) => name === firstOf(request.query.view)) ?? "inline"
    const asked = allOf(request.query.hide)
    const joined = await readJoined(comparison.from, wholeNumber(request.query.joined))
    const hide = hideable.filter((name) => asked.includes(name))
    return sendPage(request, reply, DiffPage({ comparison, view, hide, joined, canEdit: canEdit(request.viewer, comparison.to.page) }))
  })

  // What a list of changes opens in its place.
  app.get<Asked>("/wiki/:slug/diff/:from/:to/changes", async (request, reply) => {
    const comparison = await comparisonAsked(request)
    const prefix = `${comparison.to.page.id}-${comparison.to.revision.number}-`
    return reply.type("text/html; charset=utf-8").send(renderFragment(DiffPart({ comparison, prefix })))
  })

  // What was saved after `base`, the newest first.
  function readJoined({ page, revision }: PageAt, base = revision.number) {
    const limit = Math.min(revision.number - base, MOST_JOINED)
    return limit > 0 && base > 0 ? readRevisions(ctx.db.read, page, { before: revision.number + 1, limit }) : []
  }

  async function comparisonAsked(request: FastifyRequest<Asked>) {
    await web.limits.take(request, "render")
    const { slug, from, to } = request.params
    return compare(ctx, await readPage(ctx, request.viewer, slug), wholeNumber(from) ?? 0, wholeNumber(to) ?? 0)
  }
}

/** Revisions named where a text was joined with them. */
const MOST_JOINED = 50

async function timelineOf(ctx: Context, web: Web, page: Page, { viewer, query }: FastifyRequest<Asked>) {
  const kind = Object.keys(timelineKinds).find((name): name is TimelineKind => name === firstOf(query.kind))
  const by = firstOf(query.by)?.trim() || undefined
  const before = wholeNumber(query.before)
  const author = by === undefined ? undefined : (await findAccount(ctx, by)).id
  const { entries, next } = await readTimeline(ctx, page, { kind, before, author })
  const isWhole = kind === undefined && by === undefined && before === undefined
  const asked = new URLSearchParams({ ...(kind && { kind }), ...(by !== undefined && { by }), before: String(next) })
  return {
    page,
    entries,
    kind,
    by,
    next: next === null ? null : `${wiki(page)}/history?${asked.toString()}`,
    growth: isWhole ? await readGrowth(ctx.db.read, page, ctx.clock()) : null,
    checked: isWhole ? await readChecked(ctx, page) : [],
    told: await tell(web.tellers, entries.map(({ event }) => event)),
    isLoggedIn: viewer.id !== null,
    isBeingEdited: web.presence.at(page.id, viewer.id).length > 0,
    canEdit: canEdit(viewer, page),
    canDelete: canDelete(viewer),
  }
}

/** What each feature says of its own events. */
async function tell(tellers: TimelineTeller[], events: Event[]): Promise<Map<number, JSX.Element>> {
  const told = new Map<number, JSX.Element>()
  for (const teller of tellers) {
    const own = events.filter(({ type }) => teller.types.includes(type))
    if (own.length > 0) for (const [seq, element] of await teller.tell(own)) told.set(seq, element)
  }
  return told
}
