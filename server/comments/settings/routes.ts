import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { firstOf } from "../../web/query.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import { requireModerator } from "../model.ts"
import { changeCommentSettings, disapproveAuthor, readCommentSettings } from "./actions.ts"
import { readSetting } from "./model.ts"
import { SettingsPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

const PATH = "/moderation/comment-settings"

/** For moderators: whose comments wait, where they are open, and who does not wait any more. */
export function commentSettingRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>(PATH, async (request, reply) => {
    requireModerator(request.viewer)
    const slug = firstOf(request.query.page)?.trim()
    return slug ? seeOther(reply, pathOf(slug)) : show(request, reply, null)
  })

  app.get<Asked>(`${PATH}/:slug`, (request, reply) => show(request, reply, request.params.slug))

  app.post<Asked>(PATH, (request, reply) => change(request, reply, null))

  app.post<Asked>(`${PATH}/:slug`, (request, reply) => change(request, reply, request.params.slug))

  app.post<Asked>("/moderation/comment-authors/:id/removal", async (request, reply) => {
    await disapproveAuthor(ctx, request.viewer, request.params.id)
    return seeOther(reply, PATH)
  })

  async function change(request: FastifyRequest<Asked>, reply: FastifyReply, slug: string | null) {
    requireModerator(request.viewer)
    try {
      await changeCommentSettings(ctx, request.viewer, slug, readSetting(request.body))
      return seeOther(reply, slug === null ? PATH : pathOf(slug))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error
      return show(request, reply, slug, error)
    }
  }

  async function show(request: FastifyRequest<Asked>, reply: FastifyReply, slug: string | null, error?: AppError) {
    const settings = await readCommentSettings(ctx, request.viewer, slug)
    const typed = error && { values: request.body, problems: error.detail.problems ?? [] }
    return sendPage(request, reply, SettingsPage({ settings, typed }), error?.status)
  }
}

function pathOf(slug: string): string {
  return `${PATH}/${encodeURIComponent(slug)}`
}
