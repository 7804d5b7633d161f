import type { FastifyInstance } from "fastify"
import type { Context } from "../context.ts"
import type { Kind } from "../pages/model.ts"
import { search } from "../search/actions.ts"
import { plainExcerpt } from "../search/model.ts"
import { writeCursor } from "../web/cursor.ts"
import { isAtLeast } from "../web/viewer.ts"
import type { Web } from "../web/web.ts"
import { type Asked, limitAsked, numberAsked } from "./asking.ts"
import { readEvents } from "./events.ts"
import { asked, listOf } from "./schemas.ts"

/** Results that can be turned to; who has not found it by then needs other words. */
const MOST_RESULTS = 1_000

/** Finding pages, and following what happens. */
export function findingCalls(app: FastifyInstance, ctx: Context, { limits }: Web): void {
  const searching = {
    summary: "Pages that fit what somebody types",
    description: "Any text is a valid query. “Words in quotation marks” stand beside each other; -words are left out. Queries are not kept.",
    tags: ["search"],
    querystring: { type: "object", required: ["q"], properties: { q: { type: "string" }, kind: asked.kind, after: asked.after, limit: asked.limit } },
    response: { 200: listOf("SearchResult", "Pages, best first") },
  }
  app.get<Asked>("/search", { schema: searching }, async (request) => {
    await limits.take(request, "search")
    const { q = "", kind, after } = request.query
    const [limit, offset] = [limitAsked(request.query.limit), numberAsked(after)]
    if (offset >= MOST_RESULTS) return { items: [], next: null }
    const { results, count } = await search(ctx, { text: q, kind: kind as Kind | undefined, limit, offset })
    const items = results.map(({ excerpt, ...result }) => ({ ...result, excerpt: plainExcerpt(excerpt) }))
    return { items, next: offset + limit < Math.min(count, MOST_RESULTS) ? writeCursor([String(offset + limit)]) : null }
  })

  const following = {
    summary: "What happened, oldest first",
    description:
      "Go on with the `next` of each answer, or with the `cursor` of the last item you have seen. When nothing has happened since, `items` is " +
      "empty and `next` null: ask again later with the same cursor. Events that were answered stay as they are; none is skipped.",
    tags: ["changes"],
    querystring: { type: "object", properties: { after: asked.after, limit: asked.limit } },
    response: { 200: listOf("Event", "Events in the order in which they happened") },
  }
  app.get<Asked>("/changes", { schema: following }, async (request) => {
    const { after, limit } = request.query
    const events = await readEvents(ctx, { after: numberAsked(after), limit: limitAsked(limit), all: isAtLeast(request.viewer, "moderator") })
    const items = events.map((event) => ({ ...event, cursor: writeCursor([String(event.id)]) }))
    return { items, next: items.at(-1)?.cursor ?? null }
  })
}
