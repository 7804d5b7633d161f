import type { FastifyInstance } from "fastify"
import type { Verdict } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { decideItem, type QueueItem, readQueue } from "../moderation/actions.ts"
import { type Asked, limitAsked } from "./asking.ts"
import { asked, decision, listOf } from "./schemas.ts"

const tags = ["moderation"]

// To whoever asks, an edit that waits to be published is as much an edit as one that waits to be looked at.
function itemShape({ id, kind, page, createdAt, reasons }: QueueItem) {
  return { id, kind: kind === "proposal" ? "edit" : kind, page: page?.slug ?? null, createdAt, reasons }
}

/** The moderators' queue. */
export function moderationCalls(app: FastifyInstance, ctx: Context): void {
  const listing = {
    summary: "What waits for a moderator",
    tags,
    security: [{ token: [] }],
    querystring: { type: "object", properties: { after: asked.after, limit: asked.limit } },
    response: { 200: listOf("ModerationItem", "What waits, newest first") },
  }
  app.get<Asked>("/moderation/items", { schema: listing }, async (request) => {
    const { after, limit } = request.query
    const { items, next } = await readQueue(ctx, request.viewer, { after: after || undefined, limit: limitAsked(limit) })
    return { items: items.map(itemShape), next }
  })

  const deciding = {
    summary: "Decide about one item",
    description: "Approve publishes what waits, or marks an edit as reviewed. Reject refuses it, or goes back to the revision before the edit.",
    tags,
    security: [{ token: [] }],
    params: { type: "object", properties: { id: { type: "string" } } },
    body: decision,
    response: { 200: { type: "object", description: "What was decided", properties: { id: { type: "string" }, decision: decision.properties.decision } } },
  }
  app.post<Asked & { Body: Pick<Verdict, "decision" | "reason"> }>("/moderation/items/:id/decision", { schema: deciding }, async (request) => {
    const { decision, reason } = request.body
    await decideItem(ctx, request.viewer, request.params.id, { decision, reason })
    return { id: request.params.id, decision }
  })
}
