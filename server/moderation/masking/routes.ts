import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { sendPage } from "../../web/reply.ts"
import { EditAndAcceptPage } from "../proposals/decision-views.tsx"
import { lookAt } from "./actions.ts"
import { LookPage } from "./views.tsx"

/** Looking at what is masked in the queue. */
export function maskingRoutes(app: FastifyInstance, ctx: Context): void {
  app.post<{ Params: { id: string } }>("/moderation/items/:id/looks", async (request, reply) => {
    const { id } = request.params
    const look = await lookAt(ctx, request.viewer, id)
    if (!("proposal" in look)) return sendPage(request, reply, LookPage({ ...look, item: id }))
    const at = look.proposal
    return sendPage(request, reply, EditAndAcceptPage({ at, problems: [], change: at.change() }))
  })
}
