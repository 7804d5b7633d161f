import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { readPurgesAsked } from "../../media/actions.ts"
import { readPage } from "../../pages/actions.ts"
import type { Form } from "../../web/body.ts"
import { firstOf, wholeNumber } from "../../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../../web/reply.ts"
import { askForPurge, confirmPurge, hide, lift, listed, look } from "./actions.ts"
import { HidePage, RedactionListPage, RedactionPage } from "./views.tsx"

interface Asked {
  Params: { id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** Hiding something of a page, showing it again, and removing it for good. */
export function redactionRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>("/moderation/redactions", async (request, reply) => {
    const [open, all] = [await listed(ctx, request.viewer, { open: true }), await listed(ctx, request.viewer)]
    return sendPage(request, reply, RedactionListPage({ open, all, files: await readPurgesAsked(ctx) }))
  })

  app.get<Asked>("/moderation/redactions/new", (request, reply) => {
    const asked = (name: string) => firstOf(request.query[name])
    const part = asked("part") ?? "text"
    return form(request, reply, { slug: asked("page") ?? "", part, number: asked("number") ?? "", comment: asked("comment") ?? "" })
  })

  app.post<Asked>("/moderation/redactions", async (request, reply) => {
    const { slug = "", part = "", number = "", comment = "", words = "", audience = "", reason = "" } = request.body
    try {
      const made = await hide(ctx, request.viewer, { slug, part, number: wholeNumber(number), comment, words, audience, reason })
      return seeOther(reply, `/moderation/redactions/${made.id}`)
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "conflict"].includes(error.code) || wantsJson(request)) throw error
      return form(request, reply, { slug, part, number, comment, words, audience, reason }, error)
    }
  })

  app.get<Asked>("/moderation/redactions/:id", async (request, reply) => {
    const seen = await look(ctx, request.viewer, request.params.id)
    return sendPage(request, reply, RedactionPage({ ...seen, viewer: request.viewer }))
  })

  app.post<Asked>("/moderation/redactions/:id/lifting", async (request, reply) => {
    await lift(ctx, request.viewer, request.params.id)
    return seeOther(reply, `/moderation/redactions/${request.params.id}`)
  })

  app.post<Asked>("/moderation/redactions/:id/purge-request", async (request, reply) => {
    await askForPurge(ctx, request.viewer, request.params.id, request.body.wanted !== "no")
    return seeOther(reply, `/moderation/redactions/${request.params.id}`)
  })

  app.post<Asked>("/moderation/redactions/:id/purge", async (request, reply) => {
    await confirmPurge(ctx, request.viewer, request.params.id)
    return seeOther(reply, `/moderation/redactions/${request.params.id}`)
  })

  async function form(request: FastifyRequest, reply: FastifyReply, values: Record<string, string>, error?: AppError) {
    requireModerator(request.viewer)
    const page = await readPage(ctx, request.viewer, values.slug ?? "")
    const problems = error ? (error.detail.problems ?? [{ field: "reason", message: error.message }]) : []
    return sendPage(request, reply, HidePage({ page, values, problems }), error?.status)
  }
}
