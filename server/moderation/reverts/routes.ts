import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { firstOf, wholeNumber } from "../../web/query.ts"
import { sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { planReverts, type Reverted, revertAll } from "./actions.ts"
import { RevertsPage } from "./views.tsx"

interface Asked {
  Querystring: Record<string, unknown>
  Body: Form
}

/** Names the field that says at which revision a page was looked at. */
const HEAD = "head-"

/** Taking back everything that one person did since a time: shown first, then one act. */
export function revertRoutes(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  app.get<Asked>("/moderation/reverts", async (request, reply) => {
    requireModerator(request.viewer)
    const [name, since] = [firstOf(request.query.name) ?? "", firstOf(request.query.since) ?? ""]
    return show(request, reply, { name, since, reason: "" })
  })

  app.post<Asked>("/moderation/reverts", async (request, reply) => {
    requireModerator(request.viewer)
    await limits.take(request, "save")
    const { name = "", since = "", reason = "" } = request.body
    const heads = Object.entries(request.body).filter(([field]) => field.startsWith(HEAD))
    const asked = { name, since, reason, heads: new Map(heads.map(([field, head]) => [field.slice(HEAD.length), wholeNumber(head) ?? 0])) }
    try {
      return await show(request, reply, { name, since, reason: "" }, await revertAll(ctx, request.viewer, asked))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error
      return show(request, reply, asked, undefined, error)
    }
  })

  async function show(request: FastifyRequest, reply: FastifyReply, asked: { name: string; since: string; reason: string }, reverted?: Reverted, error?: AppError) {
    await limits.take(request, "render")
    if (asked.name === "" || asked.since === "") return sendPage(request, reply, RevertsPage({ ...asked, planned: null, problems: problemsOf(error) }), error?.status)
    try {
      const planned = await planReverts(ctx, request.viewer, asked)
      return await sendPage(request, reply, RevertsPage({ ...asked, planned, reverted, problems: problemsOf(error) }), error?.status)
    } catch (fault) {
      if (!(fault instanceof AppError) || !["invalid", "not-found"].includes(fault.code)) throw fault
      const problems = fault.detail.problems ?? [{ field: "name", message: "There is no account of that name." }]
      return sendPage(request, reply, RevertsPage({ ...asked, planned: null, problems }), 422)
    }
  }
}

function problemsOf(error?: AppError) {
  return error && (error.detail.problems ?? [{ field: "reason", message: error.message }])
}
