import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { firstOf } from "../../web/query.ts"
import { sendPage, wantsJson } from "../../web/reply.ts"
import { actOnComments, findForBulk } from "./actions.ts"
import { BulkPage, type BulkProps } from "./views.tsx"

interface Asked {
  Querystring: Record<string, unknown>
  Body: Form
}

const PICK = "pick-"

/** Many comments at once: after a wave of spam, or one person's. */
export function bulkRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>("/moderation/comments", (request, reply) => {
    const asked = (name: string) => firstOf(request.query[name]) ?? ""
    return show(request, reply, { state: asked("state"), name: asked("name"), page: asked("page"), since: asked("since") })
  })

  app.post<Asked>("/moderation/comments", async (request, reply) => {
    requireModerator(request.viewer)
    const { act = "", reason = "", state = "", name = "", page = "", since = "" } = request.body
    const ids = Object.keys(request.body).flatMap((field) => (field.startsWith(PICK) ? [field.slice(PICK.length)] : []))
    const values = { state, name, page, since, reason, act }
    try {
      const { done, passed } = await actOnComments(ctx, request.viewer, { ids, act, reason, state: stateOf(state) })
      const words = `${done} done.${passed > 0 ? ` ${passed} left as they were: somebody else decided about them, or has them in hand.` : ""}`
      return await show(request, reply, values, { done: words })
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid" || wantsJson(request)) throw error
      return show(request, reply, values, { problems: error.detail.problems ?? [], picked: ids }, error.status)
    }
  })

  async function show(request: FastifyRequest, reply: FastifyReply, values: Form, outcome: Partial<BulkProps> = {}, status = 200) {
    const { state = "", name, page, since = "" } = values
    const day = /^\d{4}-\d\d-\d\d$/.test(since) ? since : undefined
    const comments = await findForBulk(ctx, request.viewer, { state: stateOf(state), name, page, since: day })
    return sendPage(request, reply, BulkPage({ comments, values, ...outcome }), status)
  }
}

function stateOf(state: string): "held" | "published" {
  return state === "held" ? "held" : "published"
}
