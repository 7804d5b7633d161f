import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { canModerate, requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import { readPage } from "../../pages/actions.ts"
import { type Page, wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { seeOther, sendPage } from "../../web/reply.ts"
import { protectPage, protectSite, readProtection } from "./actions.ts"
import { SITE } from "./model.ts"
import { PageProtection, SiteProtection } from "./views.tsx"

interface BySlug {
  Params: { slug: string }
  Body: Form
}

/** Who may publish on a page at once, and why; moderators change it here. */
export function protectionRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<BySlug>("/wiki/:slug/protection", async (request, reply) =>
    showPage(request, reply, await readPage(ctx, request.viewer, request.params.slug)),
  )

  app.post<BySlug>("/wiki/:slug/protection", async (request, reply) => {
    requireModerator(request.viewer)
    const input = readForm(request.body)
    try {
      return seeOther(reply, wiki(await protectPage(ctx, request.viewer, request.params.slug, input)))
    } catch (error) {
      if (!isMendable(error)) throw error
      return showPage(request, reply, await readPage(ctx, request.viewer, request.params.slug), { input, error })
    }
  })

  app.get("/moderation/protection", async (request, reply) => {
    requireModerator(request.viewer)
    return showSite(request, reply)
  })

  app.post<{ Body: Form }>("/moderation/protection", async (request, reply) => {
    requireModerator(request.viewer)
    const input = readForm(request.body)
    try {
      await protectSite(ctx, request.viewer, input)
      return seeOther(reply, "/moderation/protection")
    } catch (error) {
      if (!isMendable(error)) throw error
      return showSite(request, reply, { input, error })
    }
  })

  async function showPage(request: FastifyRequest, reply: FastifyReply, page: Page, refusal?: Refusal) {
    const protection = await readProtection(ctx.db.read, page.id)
    const view = PageProtection({ page, protection, canChange: canModerate(request.viewer), ...shown(refusal) })
    return sendPage(request, reply, view, refusal?.error.status)
  }

  async function showSite(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal) {
    const protection = await readProtection(ctx.db.read, SITE)
    return sendPage(request, reply, SiteProtection({ protection, ...shown(refusal) }), refusal?.error.status)
  }
}

interface Refusal {
  input: ReturnType<typeof readForm>
  error: AppError
}

function shown(refusal: Refusal | undefined) {
  return { typed: refusal?.input, problems: refusal?.error.detail.problems ?? [] }
}

function readForm({ level = "", days = "", reason = "" }: Form) {
  return { level, days, reason }
}

function isMendable(error: unknown): error is AppError {
  return error instanceof AppError && error.code === "invalid"
}
