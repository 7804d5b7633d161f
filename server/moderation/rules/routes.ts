import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { seeOther, sendPage, wantsJson } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { readOneRule, readRules, saveRule, setRule, tryRule } from "./actions.ts"
import { formOf, RulePage, RulesPage, TrialPage } from "./views.tsx"

interface Asked {
  Params: { id: string }
  Body: Form
}

/** Rules that moderators make in a form, try on the past, and switch on. */
export function ruleRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get("/moderation/rules", async (request, reply) => sendPage(request, reply, RulesPage({ rules: await readRules(ctx, request.viewer) })))

  app.post<Asked>("/moderation/rules", (request, reply) => save(request, reply, null))

  app.get<Asked>("/moderation/rules/:id", async (request, reply) => {
    const rule = await readOneRule(ctx, request.viewer, request.params.id)
    return sendPage(request, reply, RulePage({ rule, values: formOf(rule), problems: [] }))
  })

  app.post<Asked>("/moderation/rules/:id", (request, reply) => save(request, reply, request.params.id))

  app.post<Asked>("/moderation/rules/:id/trial", async (request, reply) => {
    await web.limits.take(request, "render")
    return sendPage(request, reply, TrialPage(await tryRule(ctx, request.viewer, request.params.id)))
  })

  app.post<Asked>("/moderation/rules/:id/switch", async (request, reply) => {
    await setRule(ctx, request.viewer, request.params.id, request.body.on === "yes")
    return seeOther(reply, "/moderation/rules")
  })

  async function save(request: FastifyRequest<Asked>, reply: FastifyReply, id: string | null) {
    try {
      return seeOther(reply, `/moderation/rules/${await saveRule(ctx, request.viewer, id, request.body)}`)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid" || wantsJson(request)) throw error
      const rule = id === null ? null : await readOneRule(ctx, request.viewer, id)
      return sendPage(request, reply, RulePage({ rule, values: request.body, problems: error.detail.problems ?? [] }), error.status)
    }
  }
}
