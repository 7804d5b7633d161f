import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { byWeek, firstMonday } from "../figures/model.ts"
import { countWaiting, listDecisions } from "../figures/store.ts"
import { FiguresPage } from "../figures/views.tsx"
import { renderDocument } from "../../web/html.tsx"
import { sendPage } from "../../web/reply.ts"
import type { Web } from "../../web/web.ts"
import { LogPage } from "../log-views.tsx"
import { readLog } from "./actions.ts"
import { logQuery, readLogFilter } from "./model.ts"

interface Asked {
  Querystring: Record<string, unknown>
}

/** The public log of what moderators did, and how much and how fast. */
export function logRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  app.get<Asked>("/moderation/log", async (request, reply) => {
    const filter = readLogFilter(request.query)
    const isPlain = logQuery(filter) === ""
    const render = async () => renderDocument(LogPage({ ...(await readLog(ctx, filter)), filter }))
    if (!isPlain) return sendPage(request, reply, LogPage({ ...(await readLog(ctx, filter)), filter }))
    const path = filter.before === undefined ? "/moderation/log" : `/moderation/log?before=${filter.before}`
    return web.cache.serve(request, reply, path, async () => ({ html: await render(), page: "any" }))
  })

  app.get("/moderation/log/figures", async (request, reply) => {
    await web.limits.take(request, "render")
    const now = ctx.clock()
    const weeks = byWeek(await listDecisions(ctx.db.read, firstMonday(now).toISOString()), now)
    return sendPage(request, reply, FiguresPage({ weeks, ...(await countWaiting(ctx.db.read)) }))
  })
}
