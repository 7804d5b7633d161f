import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { toHtml } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { readPage } from "../../pages/actions.ts"
import { wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { sealForm } from "../../web/form-proof.ts"
import { firstOf } from "../../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { readDraft } from "../draft.ts"
import type { FormState } from "../form.tsx"
import { anchorOf } from "../model.ts"
import { readQuotes } from "../quotes/actions.ts"
import { HeldPage } from "../views.tsx"
import { correctComment, readCorrections, readOwnComment, readOwnComments, withdrawComment } from "./actions.ts"
import { askerOf } from "./cookie.ts"
import { until } from "./key.ts"
import { CorrectionPage, CorrectionsPage, OwnComments, WithdrawnPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

const COMMENT = "/wiki/:slug/comments/:id"
/** Where somebody is shown what they wrote themselves. */
const OWN_SHOWN = new Set(["/wiki/:slug", "/wiki/:slug/comments", COMMENT])
/** What a person can mend in the form. */
const MENDABLE = new Set(["invalid", "too-many", "conflict", "unavailable"])

/** What authors do with their own comments, guests for half an hour. */
export function correctionRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  // Readers' pages are the same for all; what somebody wrote themselves goes into a slot.
  app.addHook("preHandler", async (request) => {
    if (request.method !== "GET" || !OWN_SHOWN.has(request.routeOptions.url ?? "")) return
    const asker = askerOf(request, ctx.config)
    if (asker.viewer.id === null && asker.key === undefined) return
    const page = await readPage(ctx, asker.viewer, (request.params as Asked["Params"]).slug).catch(() => null)
    const comments = page ? await readOwnComments(ctx, asker, page) : []
    if (page && comments.length > 0) request.ownParts = { ...request.ownParts, comments: OwnComments({ page, comments }) }
  })

  app.get<Asked>(`${COMMENT}/correction`, (request, reply) => show(request, reply, { problems: [] }))

  app.post<Asked>(`${COMMENT}/correction`, async (request, reply) => {
    const { params, body } = request
    const asker = askerOf(request, ctx.config, body.key)
    try {
      await web.limits.take(request, "comment")
      if (request.viewer.id === null) ctx.strangers.refuseShut(request.ip)
      const { comment, page } = await correctComment(ctx, asker, params.slug, params.id, typedIn(body))
      if (request.viewer.id === null) ctx.strangers.note(request.ip, comment.id)
      if (comment.state === "published") return seeOther(reply, `${wiki(page)}#${anchorOf(comment)}`)
      const quote = (await readQuotes(ctx, page, [comment.id])).get(comment.id)
      const href = `${wiki(page)}/comments/${comment.id}/correction`
      const correction = comment.isMember ? null : { href: body.key ? `${href}?key=${asker.key}` : href, until: until(comment) }
      return sendPage(request, reply, HeldPage({ page, comment, quote, correction }), 202)
    } catch (error) {
      if (!(error instanceof AppError) || !MENDABLE.has(error.code) || wantsJson(request)) throw error
      if (error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
      const problems = error.detail.problems ?? [{ field: "body", message: error.message }]
      return show(request, reply, { problems }, error.status)
    }
  })

  app.post<Asked>(`${COMMENT}/correction/preview`, async (request, reply) => {
    const { params, body, viewer } = request
    const { page, comment } = await readOwnComment(ctx, askerOf(request, ctx.config, body.key), params.slug, params.id)
    try {
      await web.limits.take(request, "render")
      const { doc, warnings } = await readDraft(ctx, viewer, page, { ...typedIn(body), name: comment.name })
      return await show(request, reply, { preview: toHtml(doc), warnings, problems: [] })
    } catch (error) {
      if (!(error instanceof AppError) || !MENDABLE.has(error.code) || wantsJson(request)) throw error
      return show(request, reply, { problems: error.detail.problems ?? [{ field: "body", message: error.message }] }, error.status)
    }
  })

  app.post<Asked>(`${COMMENT}/withdrawal`, async (request, reply) => {
    const { params, body } = request
    await web.limits.take(request, "comment")
    const page = await withdrawComment(ctx, askerOf(request, ctx.config, body.key), params.slug, params.id)
    return sendPage(request, reply, WithdrawnPage({ page }))
  })

  app.get<Asked>(`${COMMENT}/corrections`, async (request, reply) => {
    await web.limits.take(request, "render")
    const page = await readPage(ctx, request.viewer, request.params.slug)
    return sendPage(request, reply, CorrectionsPage({ page, ...(await readCorrections(ctx, page, request.params.id)) }))
  })

  async function show(request: FastifyRequest<Asked>, reply: FastifyReply, state: Pick<FormState, "problems" | "preview" | "warnings">, status = 200) {
    const { params, query } = request
    const body: Form | undefined = request.body
    const linkKey = body?.key ?? firstOf(query.key) ?? ""
    const { page, ...own } = await readOwnComment(ctx, askerOf(request, ctx.config, linkKey), params.slug, params.id)
    reply.header("cache-control", "private, no-store")
    return sendPage(request, reply, CorrectionPage({ page, own, seal: sealForm(ctx.keyed, ctx.clock()), linkKey, typed: body?.body, state }), status)
  }
}

function typedIn({ body = "", homepage = "", seal = "", nonce = "" }: Form) {
  return { body, trap: homepage, proof: { seal, nonce } }
}
