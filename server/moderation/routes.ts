import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { decisions, requireModerator, type Verdict } from "../comments/model.ts"
import type { Context } from "../context.ts"
import { AppError, invalid } from "../errors.ts"
import { compare, type Comparison } from "../history/actions.ts"
import { findLivePage } from "../pages/actions.ts"
import { renderDocument } from "../web/html.tsx"
import { firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { decideItem, readLog, readQueue } from "./actions.ts"
import { LogPage } from "./log-views.tsx"
import type { QueueItem } from "./model.ts"
import { QueuePage, type QueueProps } from "./views.tsx"

interface Asked {
  Params: { id: string }
  Querystring: Record<string, unknown>
  Body: unknown
}

/** The moderators' queue, and the public log of what they did. */
export function moderationRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/moderation", (request, reply) => showQueue(request, reply, { state: "held", after: firstOf(request.query.after) }))

  app.get<Asked>("/moderation/published", (request, reply) =>
    showQueue(request, reply, { state: "published", after: firstOf(request.query.after) }),
  )

  app.post<Asked>("/moderation/items/:id/decision", async (request, reply) => {
    requireModerator(request.viewer)
    const form = readForm(request.body)
    const place = { state: form.state, after: form.after }
    try {
      await decideItem(ctx, request.viewer, request.params.id, readVerdict(form))
      return seeOther(reply, pathOf(place))
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "conflict"].includes(error.code) || wantsJson(request)) throw error
      const problems = error.detail.problems ?? [{ field: "queue", message: error.message }]
      return showQueue(request, reply, place, { error, refused: { id: request.params.id, reason: form.reason, problems } })
    }
  })

  app.get<Asked>("/moderation/log", (request, reply) => {
    const before = wholeNumber(request.query.before)
    const path = before === undefined ? "/moderation/log" : `/moderation/log?before=${before}`
    return web.cache.serve(request, reply, path, async () => {
      return { html: renderDocument(LogPage(await readLog(ctx, { before }))), page: "any" }
    })
  })

  async function showQueue(
    request: FastifyRequest,
    reply: FastifyReply,
    place: Place,
    refusal?: { error: AppError; refused: QueueProps["refused"] },
  ) {
    const queue = await readQueue(ctx, request.viewer, place)
    const diffs = await differences(ctx, queue.items)
    return sendPage(request, reply, QueuePage({ ...queue, ...place, diffs, refused: refusal?.refused }), refusal?.error.status)
  }
}

interface Place {
  state: "held" | "published"
  after: string | undefined
}

function pathOf({ state, after }: Place): string {
  return (state === "held" ? "/moderation" : "/moderation/published") + (after ? `?after=${after}` : "")
}

function readForm(body: unknown) {
  const fields = (body ?? {}) as Record<string, unknown>
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "")
  const state: Place["state"] = text("state") === "published" ? "published" : "held"
  // A cursor of ours and nothing else goes into the address to come back to.
  const after = /^[\w-]{1,400}$/.test(text("after")) ? text("after") : undefined
  return { decision: text("decision"), reason: text("reason"), state, after }
}

function readVerdict({ decision, reason, state }: ReturnType<typeof readForm>): Verdict {
  const chosen = decisions.find((one) => one === decision)
  if (!chosen) throw invalid("decision", `A decision is one of ${decisions.join(", ")}.`)
  return { decision: chosen, reason, state }
}

/** What each edit of the list changed. */
async function differences(ctx: Context, items: readonly QueueItem[]): Promise<Map<string, Comparison>> {
  const found = new Map<string, Comparison>()
  for (const item of items) {
    if (item.kind !== "edit" || item.revision.number === 1) continue
    const page = await findLivePage(ctx.db.read, item.revision.page)
    if (page) found.set(item.id, await compare(ctx, page, item.revision.number - 1, item.revision.number))
  }
  return found
}
