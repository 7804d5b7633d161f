import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { regions } from "../../pages/model.ts"
import { renderDocument } from "../../web/html.tsx"
import { firstOf, wholeNumber } from "../../web/query.ts"
import { sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { TOLD } from "../told.ts"
import { readNextCall, readQueue } from "./actions.ts"
import { CheckingPage, NextCallPage } from "./views.tsx"

type Asked = { Querystring: Record<string, unknown> }

/** What needs checking, and the next call to make. */
export function checkingRoutes(app: FastifyInstance, ctx: Context, { cache, limits }: Web): void {
  const today = () => ctx.clock().toISOString().slice(0, 10)
  const readings = (page: string) => cache.readings.of(page)

  app.get<Asked>("/checking", async (request, reply) => {
    const render = async (region?: string) => CheckingPage({ queue: await readQueue(ctx, readings, region), region, today: today() })
    const region = regionAsked(request.query.state)
    if (request.url === "/checking") return cache.serve(request, reply, "/checking", async () => ({ html: renderDocument(await render()), page: "any" }))
    await limits.take(request, "render")
    return sendPage(request, reply, await render(region))
  })

  app.get<Asked>("/checking/next", async (request, reply) => {
    await limits.take(request, "render")
    const region = regionAsked(request.query.state)
    const skip = wholeNumber(request.query.skip) ?? 0
    const call = await readNextCall(ctx, readings, { region, skip })
    return sendPage(request, reply, NextCallPage({ call, region, skip, today: today(), told: TOLD[firstOf(request.query.told) ?? ""] }))
  })
}

function regionAsked(state: unknown): string | undefined {
  const code = firstOf(state)?.toUpperCase() ?? ""
  if (code === "NONE") return ""
  return Object.hasOwn(regions, code) ? code : undefined
}
