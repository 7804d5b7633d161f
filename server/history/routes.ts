import type { FastifyInstance } from "fastify"
import type { JSX } from "preact"
import { findAccount } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { Event } from "../events.ts"
import { readPage, readRevision, restorePage } from "../pages/actions.ts"
import { canDelete, canEdit, wiki } from "../pages/model.ts"
import type { Form } from "../web/body.ts"
import { firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import type { Web } from "../web/web.ts"
import { compare, readChanges, readTimeline } from "./actions.ts"
import { ChangesPage, DiffPage, RevisionPage, TimelinePage, views } from "./views.tsx"

interface Asked {
  Params: { slug: string; number: string; from: string; to: string; name: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** A page's past: its timeline, each revision, the differences between them, and going back. */
export function historyRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/wiki/:slug/history", async (request, reply) => {
    const { viewer, params, query } = request
    const page = await readPage(ctx, viewer, params.slug)
    const types = web.tellers.flatMap((teller) => teller.types)
    const { entries, next } = await readTimeline(ctx, page, { types, before: wholeNumber(query.before) })
    const told = await tell(web.tellers, entries.map(({ event }) => event))
    const rights = { canEdit: canEdit(viewer, page), canDelete: canDelete(viewer) }
    const isBeingEdited = web.presence.at(page.id, viewer.id).length > 0
    return sendPage(request, reply, TimelinePage({ page, entries, next, told, isBeingEdited, ...rights }))
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
    await web.limits.take(request, "render")
    const page = await readPage(ctx, request.viewer, request.params.slug)
    const { from, to } = request.params
    const comparison = await compare(ctx, page, wholeNumber(from) ?? 0, wholeNumber(to) ?? 0)
    const view = views.find((name) => name === firstOf(request.query.view)) ?? "inline"
    return sendPage(request, reply, DiffPage({ comparison, view }))
  })

  app.post<Asked>("/wiki/:slug/restorations", async (request, reply) => {
    const { slug } = request.params
    const { number, base, summary } = request.body
    const restored = await restorePage(ctx, request.viewer, { slug, number: wholeNumber(number) ?? 0, base: wholeNumber(base) ?? 0, summary })
    return seeOther(reply, wiki(restored.page))
  })

  app.get<Asked>("/changes", async (request, reply) => {
    const { changes, next } = await readChanges(ctx, { before: wholeNumber(request.query.before) })
    const older = next === null ? null : `/changes?before=${next}`
    return sendPage(request, reply, ChangesPage({ title: "Recent changes", changes, next: older, feed: "/changes.atom" }))
  })

  app.get<Asked>("/users/:name", async (request, reply) => {
    const account = await findAccount(ctx, request.params.name)
    const { changes, next } = await readChanges(ctx, { before: wholeNumber(request.query.before), author: account.id })
    const path = `/users/${encodeURIComponent(account.name)}`
    const intro = `${account.role[0]!.toUpperCase()}${account.role.slice(1)} since ${account.createdAt.slice(0, 10)}.`
    return sendPage(request, reply, ChangesPage({ title: account.name, intro, changes, next: next === null ? null : `${path}?before=${next}` }))
  })
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
