import type { FastifyInstance } from "fastify"
import { findAccount } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { sendPage } from "../web/reply.ts"
import { wholeNumber } from "../web/query.ts"
import type { Web } from "../web/web.ts"
import { readChanges, readFilter } from "./actions.ts"
import { ChangesPage, PersonPage } from "./changes-views.tsx"

interface Asked {
  Params: { name: string }
  Querystring: Record<string, unknown>
}

/** What changed on the whole site, and what one person did. */
export function changeRoutes(app: FastifyInstance, ctx: Context, { limits, personPanels }: Web): void {
  app.get<Asked>("/changes", async (request, reply) => {
    await limits.take(request, "render")
    const { filter, narrowed, query } = await readFilter(ctx, request.query, request.viewer)
    const { changes, next } = await readChanges(ctx, { ...filter, before: wholeNumber(request.query.before) })
    const older = next === null ? null : `/changes?${new URLSearchParams({ ...query, before: String(next) }).toString()}`
    // What somebody watches is nobody else's business: the feed is of the list without it.
    const { watching: _watching, ...open } = query
    const asked = new URLSearchParams(open).toString()
    const feed = asked ? `/changes.atom?${asked}` : "/changes.atom"
    return sendPage(request, reply, ChangesPage({ narrowed, canWatch: request.viewer.id !== null, changes, next: older, feed }))
  })

  app.get<Asked>("/users/:name", async (request, reply) => {
    await limits.take(request, "render")
    const account = await findAccount(ctx, request.params.name)
    const { changes, next } = await readChanges(ctx, { before: wholeNumber(request.query.before), author: account.id })
    const path = `/users/${encodeURIComponent(account.name)}`
    const intro = `${account.role[0]!.toUpperCase()}${account.role.slice(1)} since ${account.createdAt.slice(0, 10)}.`
    const older = next === null ? null : `${path}?before=${next}`
    const panels = await Promise.all(personPanels.map((panel) => panel(account, request.viewer)))
    return sendPage(request, reply, PersonPage({ name: account.name, intro, panels, changes, next: older, feed: `${path}/feed.atom` }))
  })
}
