import type { FastifyInstance, FastifyRequest } from "fastify"
import type { Context } from "../context.ts"
import { renderDocument } from "../web/html.tsx"
import { firstOf } from "../web/query.ts"
import { sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { noFilter, type OversightFilter, readOversight } from "./actions.ts"
import { answers } from "./model.ts"
import { oversightCsv, oversightJson } from "./table.ts"
import { OversightPage } from "./views.tsx"

type Asked = { Querystring: Record<string, unknown> }

/** Records of oversight: as a page, as CSV and as JSON, each under the same filter. */
export function oversightRoutes(app: FastifyInstance, ctx: Context, { cache, limits }: Web): void {
  const { baseUrl } = ctx.config

  app.get<Asked>("/oversight", async (request, reply) => {
    const filter = readFilter(request.query)
    const query = queryOf(filter)
    const render = async () => OversightPage({ ...(await readOversight(ctx, filter)), filter, query, baseUrl })
    if (request.url === "/oversight") return cache.serve(request, reply, "/oversight", async () => ({ html: renderDocument(await render()), page: "any" }))
    await limits.take(request, "render")
    return sendPage(request, reply, await render())
  })

  app.get<Asked>("/oversight.csv", async (request, reply) => {
    const wanted = await readWanted(request)
    reply.header("content-disposition", 'attachment; filename="oversight.csv"').type("text/csv; charset=utf-8; header=present")
    return reply.send(oversightCsv(wanted, baseUrl))
  })

  app.get<Asked>("/oversight.json", async (request) => oversightJson(await readWanted(request), baseUrl))

  async function readWanted(request: FastifyRequest<Asked>) {
    await limits.take(request, "render")
    return (await readOversight(ctx, readFilter(request.query))).wanted
  }
}

function readFilter(query: Record<string, unknown>): OversightFilter {
  const text = (name: string) => (firstOf(query[name]) ?? "").replace(/\p{Cc}+/gu, " ").trim().slice(0, 200)
  return {
    body: text("body"),
    facility: text("facility"),
    state: text("state").toUpperCase(),
    operator: text("operator"),
    topic: text("topic"),
    year: text("year"),
    answer: answers.find((answer) => answer === text("answer")) ?? "",
    published: text("published") === "no" ? "no" : "",
  }
}

/** The address of each filter is one: in one order, empty ones left out. */
function queryOf(filter: OversightFilter): string {
  const names = Object.keys(noFilter) as (keyof OversightFilter)[]
  const query = new URLSearchParams(names.filter((name) => filter[name] !== "").map((name) => [name, filter[name]]))
  return query.size === 0 ? "" : `?${query.toString()}`
}
