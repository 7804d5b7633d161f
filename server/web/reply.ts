import type { FastifyReply, FastifyRequest } from "fastify"
import type { JSX } from "preact"
import { renderDocument } from "./html.tsx"
import { fillFor } from "./page-cache.ts"
import { cut } from "./slots.ts"

/** Sends a page made for this request alone. Pages that many read go through `PageCache.serve`. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: JSX.Element, status = 200): FastifyReply {
  const segments = cut(renderDocument(page))
  return reply.code(status).type("text/html; charset=utf-8").send(fillFor(request, reply, segments))
}

/** After a successful POST: the browser GETs `path`, so that reloading does not post again. */
export function seeOther(reply: FastifyReply, path: string): FastifyReply {
  return reply.code(303).header("location", path).send()
}

/** Whether this request wants JSON rather than a page: it asks for it, or it is one of the API. */
export function wantsJson(request: FastifyRequest): boolean {
  if (request.url.startsWith("/api/")) return true
  const accept = request.headers.accept ?? ""
  return accept.includes("json") && !accept.includes("text/html")
}
