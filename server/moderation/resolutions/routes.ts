import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { anchorOf } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { wholeNumber } from "../../web/query.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { proposeFromComment, readActable, resolveByHand } from "./actions.ts"
import { ResolutionPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

const COMMENT = "/wiki/:slug/comments/:id"

/** Acting on what a comment says: a fact is wrong, or it was put right. */
export function resolutionRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>(`${COMMENT}/resolution`, (request, reply) => show(request, reply))

  app.post<Asked>(`${COMMENT}/proposal`, async (request, reply) => {
    const { viewer, params, body } = request
    const { fact = "", value = "", summary = "" } = body
    try {
      await web.limits.take(request, "save")
      await proposeFromComment(ctx, viewer, params.slug, params.id, { fact, value, summary })
      return seeOther(reply, `${wiki(params)}/comments/${params.id}/resolution`)
    } catch (error) {
      return again(request, reply, error)
    }
  })

  app.post<Asked>(`${COMMENT}/resolution`, async (request, reply) => {
    const { viewer, params, body } = request
    try {
      const page = await resolveByHand(ctx, viewer, params.slug, params.id, body.revision?.trim() ? (wholeNumber(body.revision.trim()) ?? 0) : null)
      return seeOther(reply, `${wiki(page)}/comments/${params.id}#${anchorOf(params)}`)
    } catch (error) {
      return again(request, reply, error)
    }
  })

  function again(request: FastifyRequest<Asked>, reply: FastifyReply, error: unknown) {
    if (!(error instanceof AppError) || !["invalid", "too-many"].includes(error.code)) throw error
    return show(request, reply, error)
  }

  async function show(request: FastifyRequest<Asked>, reply: FastifyReply, error?: AppError) {
    const actable = await readActable(ctx, request.viewer, request.params.slug, request.params.id)
    const problems = error ? (error.detail.problems ?? [{ field: "value", message: error.message }]) : []
    return sendPage(request, reply, ResolutionPage({ ...actable, viewer: request.viewer, typed: error && request.body, problems }), error?.status)
  }
}
