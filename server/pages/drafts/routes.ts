import type { FastifyInstance, FastifyRequest } from "fastify"
import type { Context } from "../../context.ts"
import { firstOf } from "../../web/query.ts"
import { seeOther } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { editPath, type Page } from "../model.ts"
import { readPage } from "../reading.ts"
import { discardDraft, keepDraft, suggestSummary } from "./actions.ts"
import { readDraftInput, readDraftKey } from "./model.ts"
import { presenceRoute } from "./presence-route.ts"

interface Asked {
  Params: { slug: string; key: string }
  Querystring: Record<string, unknown>
}

/**
 * What people write before they save it. PUT takes the whole draft and the version it follows, and answers with the version, hash and
 * time to go on from; 409 brings the other draft. DELETE, or a form's POST, throws it away. `?section=` names the heading whose section alone
 * is written.
 */
export function draftRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  const pageOf = (request: FastifyRequest<Asked>) => readPage(ctx, request.viewer, request.params.slug)

  app.put<Asked>("/wiki/:slug/draft", async (request) => put(request, await pageOf(request)))
  app.put<Asked>("/new/drafts/:key", (request) => put(request, readDraftKey(request.params.key)))

  app.delete<Asked>("/wiki/:slug/draft", async (request, reply) => {
    await discard(request, await pageOf(request))
    return reply.code(204).send()
  })
  app.delete<Asked>("/new/drafts/:key", async (request, reply) => {
    await discard(request, readDraftKey(request.params.key))
    return reply.code(204).send()
  })

  app.post<Asked>("/wiki/:slug/draft", async (request, reply) => {
    const page = await pageOf(request)
    await discard(request, page)
    return seeOther(reply, editPath(page, sectionIn(request)))
  })
  app.post<Asked>("/new/drafts/:key", async (request, reply) => {
    await discard(request, readDraftKey(request.params.key))
    return seeOther(reply, "/account#drafts")
  })

  presenceRoute(app, ctx, web)

  async function put(request: FastifyRequest<Asked>, of: Page | string) {
    await web.limits.take(request, "draft")
    const input = readDraftInput(request.body, sectionIn(request))
    const kept = await keepDraft(ctx, request.viewer, of, input)
    if (typeof of !== "string" && input.tab) web.presence.move(of.id, input.tab, request.viewer.id!, input.section)
    return input.suggest && typeof of !== "string" ? { ...kept, suggestion: await suggestSummary(ctx, of, input) } : kept
  }

  async function discard(request: FastifyRequest<Asked>, of: Page | string) {
    await discardDraft(ctx, request.viewer, of, sectionIn(request))
    if (typeof of !== "string") web.presence.leave(of.id, request.viewer.id!)
  }
}

function sectionIn({ query }: FastifyRequest<Asked>): string | null {
  return firstOf(query.section) || null
}
