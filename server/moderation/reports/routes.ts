import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { firstOf } from "../../web/query.ts"
import { sendPage, wantsJson } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { type NewReport, readSubject, report } from "./actions.ts"
import { ReportedPage, ReportPage } from "./views.tsx"

interface Asked {
  Params: { slug: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** Saying that a fact or a comment is not as it should be, without an account and without script. */
export function reportRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/wiki/:slug/report", async (request, reply) => {
    const [fact, comment] = [firstOf(request.query.fact), firstOf(request.query.comment)]
    const values = { slug: request.params.slug, kind: fact ? "fact" : "comment", subject: fact ?? comment ?? "", cause: "", note: "" }
    return show(request, reply, values)
  })

  app.post<Asked>("/wiki/:slug/reports", async (request, reply) => {
    const { kind = "", subject = "", cause = "", note = "", homepage: trap } = request.body
    const values = { slug: request.params.slug, kind, subject, cause, note, trap }
    try {
      await web.limits.take(request, "report")
      if (request.viewer.id === null) ctx.strangers.refuseShut(request.ip)
      const made = await report(ctx, request.viewer, values)
      if (request.viewer.id === null) ctx.strangers.note(request.ip, made.report.id)
      return sendPage(request, reply, ReportedPage({ page: made.page }), 202)
    } catch (error) {
      if (!(error instanceof AppError) || !["invalid", "too-many"].includes(error.code) || wantsJson(request)) throw error
      if (error.detail.retryAfter) reply.header("retry-after", String(error.detail.retryAfter))
      return show(request, reply, values, error)
    }
  })

  async function show(request: FastifyRequest, reply: FastifyReply, values: NewReport, error?: AppError) {
    const subject = await readSubject(ctx, request.viewer, values.slug, values.kind, values.subject)
    const problems = error ? (error.detail.problems ?? [{ field: "note", message: error.message }]) : []
    return sendPage(request, reply, ReportPage({ ...subject, values, problems }), error?.status)
  }
}
