import type { FastifyInstance } from "fastify"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { firstOf } from "../../web/query.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import { distrustSource, readSettings, switchLinkbacks, trustSource } from "./actions.ts"
import { SettingsPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

const PATH = "/moderation/linkbacks"

/** For moderators: what is taken and sent, whom they trust, and what became of what was sent. */
export function settingsRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>(PATH, async (request, reply) => {
    requireModerator(request.viewer)
    const slug = firstOf(request.query.page)?.trim()
    if (slug) return seeOther(reply, `${PATH}/${encodeURIComponent(slug)}`)
    const settings = await readSettings(ctx, request.viewer, null, firstOf(request.query.after) || undefined)
    return sendPage(request, reply, SettingsPage({ settings }))
  })

  app.get<Asked>(`${PATH}/:slug`, async (request, reply) => {
    requireModerator(request.viewer)
    const settings = await readSettings(ctx, request.viewer, request.params.slug, firstOf(request.query.after) || undefined)
    return sendPage(request, reply, SettingsPage({ settings }))
  })

  app.post<Asked>(PATH, async (request, reply) => {
    await switchLinkbacks(ctx, request.viewer, null, new Set(Object.keys(request.body)))
    return seeOther(reply, PATH)
  })

  app.post<Asked>(`${PATH}/:slug`, async (request, reply) => {
    requireModerator(request.viewer)
    const { slug } = request.params
    await switchLinkbacks(ctx, request.viewer, slug, new Set(Object.keys(request.body)))
    return seeOther(reply, `${PATH}/${encodeURIComponent(slug)}`)
  })

  app.post<Asked>("/moderation/trusted-sources", async (request, reply) => {
    const { address = "" } = request.body
    try {
      await trustSource(ctx, request.viewer, address)
      return seeOther(reply, PATH)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error
      const settings = await readSettings(ctx, request.viewer, null)
      return sendPage(request, reply, SettingsPage({ settings, typed: { address, problems: error.detail.problems ?? [] } }), error.status)
    }
  })

  app.post<Asked>("/moderation/trusted-sources/:id/removal", async (request, reply) => {
    await distrustSource(ctx, request.viewer, request.params.id)
    return seeOther(reply, PATH)
  })
}
