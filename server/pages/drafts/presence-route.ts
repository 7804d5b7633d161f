import type { ServerResponse } from "node:http"
import type { FastifyInstance } from "fastify"
import type { Context } from "../../context.ts"
import { AppError, invalid } from "../../errors.ts"
import { securityHeaders } from "../../web/headers.ts"
import type { Present } from "../../web/presence.ts"
import { firstOf } from "../../web/query.ts"
import type { Web } from "../../web/web.ts"
import { canEdit } from "../model.ts"
import { readPage } from "../reading.ts"
import { sectionsOf } from "./actions.ts"

/** Milliseconds between signs of life on a quiet stream: proxies end silent ones after a minute, so does this server. */
const BEAT = 20_000
/** A browser opens one for each page that is edited; more are not a person's. */
const MOST_OF_ONE = 20
const MOST = 500

/**
 * `GET /wiki/:slug/presence?tab=…`: server-sent events with the others who write this page, as a JSON list of `{name, section}`, at once and
 * at every change. For those who may edit it. The stream is what makes its reader present.
 */
export function presenceRoute(app: FastifyInstance, ctx: Context, web: Web): void {
  const open = new Map<ServerResponse, string>()
  const beat = setInterval(() => {
    for (const stream of open.keys()) stream.write(":\n\n")
    web.presence.tend()
  }, BEAT).unref()
  // Streams never end by themselves, and the site must be able to stop.
  app.addHook("preClose", async () => {
    clearInterval(beat)
    for (const stream of open.keys()) stream.end()
  })

  app.get<{ Params: { slug: string }; Querystring: Record<string, unknown> }>("/wiki/:slug/presence", async (request, reply) => {
    const { viewer } = request
    const page = await readPage(ctx, viewer, request.params.slug)
    if (viewer.id === null || !canEdit(viewer, page)) throw new AppError("unauthenticated", "Log in to see who is writing here.")
    const own = [...open.values()].filter((id) => id === viewer.id).length
    if (own >= MOST_OF_ONE || open.size >= MOST) throw new AppError("too-many", "Too many pages are open for writing.", { retryAfter: 60 })
    const tab = tabOf(request.query.tab)
    const sections = await sectionsOf(ctx, page)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { ...securityHeaders(ctx.config), "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" })
    const tell = (others: Present[]) => raw.write(`data: ${JSON.stringify(others.map((other) => named(other, sections)))}\n\n`)
    open.set(raw, viewer.id)
    const leave = web.presence.enter(page.id, tab, { id: viewer.id, name: viewer.name }, tell)
    raw.on("close", () => {
      open.delete(raw)
      leave()
    })
  })
}

// A section is told by its published words: what somebody is only writing is nobody else's yet.
function named({ name, section }: Present, sections: Map<string, string>): Present {
  return { name, section: (section && sections.get(section)) ?? null }
}

function tabOf(raw: unknown): string {
  const tab = firstOf(raw) ?? ""
  if (!/^[a-z0-9-]{8,40}$/i.test(tab)) throw invalid("tab", "A tab names itself by 8 to 40 letters and digits.")
  return tab
}
