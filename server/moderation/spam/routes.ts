import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { exportFilter } from "./actions.ts"

/** What the spam filter learned, as a file. */
export function spamRoutes(app: FastifyInstance, ctx: Context): void {
  app.get("/moderation/spam-filter.json", async (request, reply) => {
    const learned = await exportFilter(ctx, request.viewer)
    return reply.header("content-disposition", 'attachment; filename="spam-filter.json"').send(learned)
  })
}
