import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../../context.ts"
import { AppError, type Problem } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { firstOf } from "../../web/query.ts"
import { seeOther, sendPage, wantsJson } from "../../web/reply.ts"
import { answerAppeal, appeal, blockPerson, readBlocks, unblock } from "./actions.ts"
import { acts } from "./model.ts"
import { type Answered, AppealPage, BlocksPage } from "./views.tsx"

interface Asked {
  Params: { id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** Keeping people from acts, and hearing what they say to it. */
export function blockRoutes(app: FastifyInstance, ctx: Context): void {
  app.get<Asked>("/moderation/blocks", (request, reply) => show(request, reply, { name: firstOf(request.query.name) ?? "" }))

  app.post<Asked>("/moderation/blocks", async (request, reply) => {
    const { name = "", pages = "", days = "", reason = "" } = request.body
    const chosen = acts.filter((act) => request.body[`act-${act}`] !== undefined)
    try {
      await blockPerson(ctx, request.viewer, { name, acts: chosen, pages, days, reason })
      return seeOther(reply, "/moderation/blocks")
    } catch (error) {
      return again(request, reply, { ...request.body }, error)
    }
  })

  app.post<Asked>("/moderation/blocks/:id/lifting", async (request, reply) => {
    await unblock(ctx, request.viewer, request.params.id)
    return seeOther(reply, "/moderation/blocks")
  })

  app.post<Asked>("/moderation/blocks/:id/answer", async (request, reply) => {
    const { answer = "", lift } = request.body
    try {
      await answerAppeal(ctx, request.viewer, request.params.id, { answer, lift: lift === "yes" })
      return seeOther(reply, "/moderation/blocks")
    } catch (error) {
      return again(request, reply, {}, error, { block: request.params.id, text: answer, lift: lift ?? "" })
    }
  })

  app.post<Asked>("/account/blocks/:id/appeal", async (request, reply) => {
    const { appeal: text = "" } = request.body
    try {
      await appeal(ctx, request.viewer, request.params.id, text)
      return seeOther(reply, "/account#blocks")
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid" || wantsJson(request)) throw error
      return sendPage(request, reply, AppealPage({ id: request.params.id, text, problems: ofField(error, "appeal", request.params.id) }), error.status)
    }
  })

  async function show(request: FastifyRequest, reply: FastifyReply, values: Form, error?: AppError, answered?: Answered) {
    const { blocks, now } = await readBlocks(ctx, request.viewer)
    const problems = answered ? ofField(error!, "answer", answered.block) : error ? (error.detail.problems ?? [{ field: "name", message: error.message }]) : []
    return sendPage(request, reply, BlocksPage({ blocks, now, values, problems, answered, viewer: request.viewer }), error?.status)
  }

  function again(request: FastifyRequest, reply: FastifyReply, values: Form, error: unknown, answered?: Answered) {
    const isKnown = error instanceof AppError && ["invalid", "conflict", "not-found"].includes(error.code)
    if (!isKnown || wantsJson(request)) throw error
    return show(request, reply, values, error, answered)
  }
}

// There is such a field for each block.
function ofField({ detail, message }: AppError, field: string, block: string): Problem[] {
  const name = `${field}-${block}`
  return detail.problems?.map((problem) => ({ ...problem, field: name })) ?? [{ field: name, message }]
}
