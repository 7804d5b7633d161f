import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { sendPage } from "../../web/reply.ts"
import { lookAt } from "./actions.ts"
import { LookPage } from "./views.tsx"

/** Looking at what is masked in the queue. */
export function maskingRoutes(app: FastifyInstance, ctx: Context): void {
  app.post<{ Params: { id: string } }>("/moderation/items/:id/looks", async (request, reply) => {
    const { id } = request.params
    return sendPage(request, reply, LookPage({ ...(await lookAt(ctx, request.viewer, id)), item: id }))
  })
}
