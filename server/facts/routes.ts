import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import type { Form } from "../web/body.ts"
import { firstOf, wholeNumber } from "../web/query.ts"
import { seeOther, sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { firstWords, type NewCheck, type NewChecks, recordChecks } from "./checks/actions.ts"
import { Voices } from "./checks/voices.ts"
import { factUrl } from "./model.ts"
import { readOneFact } from "./one-fact.ts"
import { TOLD } from "./told.ts"
import { FactPage } from "./views.tsx"

interface Asked {
  Params: { slug: string; id: string }
  Querystring: Record<string, unknown>
  Body: Form
}

/** The page about one fact, and saying of facts that they are still right or wrong. */
export function factRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  const voices = new Voices(ctx.clock)
  const today = () => ctx.clock().toISOString().slice(0, 10)

  app.get<Asked>("/wiki/:slug/facts/:id", async (request, reply) => {
    await web.limits.take(request, "render")
    const fact = await readOneFact(ctx, request.viewer, request.params.slug, request.params.id)
    return sendPage(request, reply, FactPage({ fact, today: today(), told: TOLD[firstOf(request.query.told) ?? ""] }))
  })

  app.post<Asked>("/wiki/:slug/facts/:id/checks", async (request, reply) => {
    const { params, body } = request
    const check = { factId: params.id, result: body.result ?? "", seen: body.seen ?? "" }
    try {
      const told = await say(request, [check])
      const page = { slug: params.slug }
      // Who has an account sees at the fact itself what became of it.
      const isSeen = request.viewer.id !== null && told === "renewed" && body.from !== "fact"
      return seeOther(reply, isSeen ? `${wiki(page)}#b-${encodeURIComponent(params.id)}` : `${factUrl(page, params.id)}?told=${told}`)
    } catch (error) {
      return again(request, reply, error)
    }
  })

  app.post<Asked>("/wiki/:slug/checks", async (request, reply) => {
    const { params, body } = request
    const checks = Object.entries(body).flatMap(([name, result]): NewCheck[] => {
      const factId = /^fact-(.{1,64})$/.exec(name)?.[1]
      return factId === undefined || result === "" ? [] : [{ factId, result, seen: body[`seen-${factId}`] ?? "" }]
    })
    const told = await say(request, checks)
    const state = /^[A-Z]{2}$/.exec(body.state ?? "")?.[0]
    return seeOther(reply, body.from === "checking" ? `/checking/next?told=${told}${state ? `&state=${state}` : ""}` : `${wiki(params)}`)
  })

  /** Notes what this person found and says in one word what became of it. */
  async function say(request: FastifyRequest<Asked>, checks: NewCheck[]): Promise<string> {
    await web.limits.take(request, "check")
    const { viewer, params, body } = request
    const input: NewChecks = { slug: params.slug, checks, method: body.method ?? "", on: body.on, source: wholeNumber(body.source) }
    if (viewer.id !== null) return worst((await recordChecks(ctx, { viewer, run: null }, input)).outcomes)
    ctx.strangers.refuseShut(request.ip)
    const spoken = firstWords(voices, request.ip, params.slug, checks)
    if (checks.length > 0 && spoken.checks.length === 0) return "again"
    try {
      return worst((await recordChecks(ctx, { viewer, run: spoken.run }, { ...input, checks: spoken.checks })).outcomes)
    } catch (error) {
      // A mistake in the form does not cost a guest the one word of the day.
      spoken.takeBack()
      throw error
    }
  }

  /** The page of the fact again, with what was typed and what is wrong; other errors go on. */
  async function again(request: FastifyRequest<Asked>, reply: FastifyReply, error: unknown) {
    if (!(error instanceof AppError) || !["invalid", "conflict", "unavailable"].includes(error.code)) throw error
    const fact = await readOneFact(ctx, request.viewer, request.params.slug, request.params.id)
    const problems = error.detail.problems ?? [{ field: "method", message: error.message }]
    return sendPage(request, reply, FactPage({ fact, today: today(), problems, values: request.body }), error.status)
  }
}

/** Of several outcomes the one that needs saying most. */
function worst(outcomes: string[]): string {
  return ["doubted", "waiting", "noted"].find((one) => outcomes.includes(one)) ?? "renewed"
}
