import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import { kinds } from "../pages/model.ts"
import { firstOf, wholeNumber } from "../web/query.ts"
import { sendPage } from "../web/reply.ts"
import type { Web } from "../web/web.ts"
import { catchUp, search, searchPast, suggest } from "./actions.ts"
import { PastPage } from "./past-views.tsx"
import { RESULTS, SearchPage } from "./views.tsx"

/** Who has not found it by then needs other words. */
const LAST_PAGE = 10
/** As many as fit under the field on a phone. */
const SUGGESTIONS = 8
/** Milliseconds between two looks at what was saved. */
const PAUSE = 2_000

/** Finding pages by what they say. */
export function searchRoutes(app: FastifyInstance, ctx: Context, web: Web): void {
  keepUp(app, ctx)
  suggestionRoutes(app, ctx, web)
  const { limits } = web

  app.get<{ Querystring: Record<string, unknown> }>("/search", async (request, reply) => {
    // Control characters are no part of any word, and not fit to be shown again.
    const text = (firstOf(request.query.q) ?? "").replace(/\p{Cc}+/gu, " ")
    const kind = kinds.find((one) => one === firstOf(request.query.kind)) ?? null
    const page = Math.min(LAST_PAGE, Math.max(1, wholeNumber(request.query.page) ?? 1))
    if (text.trim() === "") return sendPage(request, reply, SearchPage({ text: "", kind, page, found: null, hasNext: false }))
    await limits.take(request, "search")
    if (firstOf(request.query.in) === "history") {
      await limits.take(request, "render")
      return sendPage(request, reply, PastPage({ text: text.slice(0, 200), ...(await searchPast(ctx, text)) }))
    }
    const found = await search(ctx, { text, kind, limit: RESULTS, offset: (page - 1) * RESULTS })
    const hasNext = page < LAST_PAGE && (found.more || found.count > page * RESULTS)
    return sendPage(request, reply, SearchPage({ text: text.slice(0, 200), kind, page, found, hasNext }))
  })
}

/** Titles that a person may be about to type. */
function suggestionRoutes(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  app.get<{ Querystring: Record<string, unknown> }>("/search/suggestions", async (request, reply) => {
    await limits.take(request, "search")
    const text = (firstOf(request.query.q) ?? "").replace(/\p{Cc}+/gu, " ").trim()
    reply.header("cache-control", "private, no-store")
    return { items: text.length < 2 ? [] : await suggest(ctx, text, SUGGESTIONS) }
  })
}

/** Takes in what was saved whenever the site has a moment, so that searching need not wait for it. */
function keepUp(app: FastifyInstance, ctx: Context): void {
  let running = Promise.resolve()
  let seen: unknown
  const look = async () => {
    const stamp = await ctx.db.stamp()
    if (stamp === seen) return
    await catchUp(ctx)
    seen = stamp
  }
  const timer = setInterval(() => {
    running = running.then(look).catch((error: unknown) => ctx.log.warn({ err: error }, "the search index could not be brought up to date"))
  }, PAUSE).unref()
  app.addHook("onClose", async () => {
    clearInterval(timer)
    await running
  })
}
