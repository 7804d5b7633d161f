import type { FastifyInstance } from "fastify"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { invalid } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { seeOther } from "../../web/reply.ts"
import { setTrust } from "./actions.ts"
import { handChoices } from "./model.ts"

/** Trust set by hand, from the page of a person. */
export function trustRoutes(app: FastifyInstance, ctx: Context): void {
  app.post<{ Params: { name: string }; Body: Form }>("/moderation/people/:name/trust", async (request, reply) => {
    requireModerator(request.viewer)
    const { name } = request.params
    const choice = handChoices.find((one) => one === request.body.trust)
    if (!choice) throw invalid("trust", `Trust is one of ${handChoices.join(", ")}.`)
    await setTrust(ctx, request.viewer, { name, choice, reason: request.body.reason ?? "" })
    return seeOther(reply, `/users/${encodeURIComponent(name)}`)
  })
}
