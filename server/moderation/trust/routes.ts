import type { FastifyInstance } from "fastify"
import { findAccount } from "../../accounts/actions.ts"
import { requireModerator } from "../../comments/model.ts"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import type { Form } from "../../web/body.ts"
import { seeOther, sendPage, wantsJson } from "../../web/reply.ts"
import { readStanding, setTrust } from "./actions.ts"
import { handChoices } from "./model.ts"
import { TrustPage } from "./panel.tsx"

/** Trust set by hand, from the page of a person. */
export function trustRoutes(app: FastifyInstance, ctx: Context): void {
  app.post<{ Params: { name: string }; Body: Form }>("/moderation/people/:name/trust", async (request, reply) => {
    requireModerator(request.viewer)
    const { name } = request.params
    const { trust = "", reason = "" } = request.body
    try {
      const choice = handChoices.find((one) => one === trust)
      if (!choice) throw invalid("trust", `Trust is one of ${handChoices.join(", ")}.`)
      await setTrust(ctx, request.viewer, { name, choice, reason })
      return seeOther(reply, `/users/${encodeURIComponent(name)}`)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "invalid" || wantsJson(request)) throw error
      const account = await findAccount(ctx, name)
      const standing = await readStanding(ctx.db.read, account.id)
      return sendPage(request, reply, TrustPage({ name: account.name, standing, typed: { trust, reason }, problems: error.detail.problems ?? [] }), error.status)
    }
  })
}
