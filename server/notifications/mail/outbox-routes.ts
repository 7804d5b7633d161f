import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import { readOutbox, readOutboxMail, retryMail } from "./actions.ts"
import { OutboxMailPage, OutboxPage } from "./outbox-views.tsx"

interface Asked {
  Params: { id: string }
}

/** The mail that waits, for administrators. */
export function outboxRoutes(app: FastifyInstance, ctx: Context): void {
  app.get("/moderation/outbox", async (request, reply) => sendPage(request, reply, OutboxPage(await readOutbox(ctx, request.viewer))))

  app.get<Asked>("/moderation/outbox/:id", async (request, reply) => {
    return sendPage(request, reply, OutboxMailPage(await readOutboxMail(ctx, request.viewer, request.params.id)))
  })

  app.post<Asked>("/moderation/outbox/:id/tries", async (request, reply) => {
    await retryMail(ctx, request.viewer, request.params.id)
    return seeOther(reply, "/moderation/outbox")
  })
}
