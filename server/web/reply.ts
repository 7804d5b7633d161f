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

/** Whether this request wants JSON rather than a page: it prefers it by its Accept, or it is one of the API. */
export function wantsJson(request: FastifyRequest): boolean {
  if (request.url.startsWith("/api/")) return true
  const { accept = "" } = request.headers
  return accept.includes("json") && preference(accept, /^application\/(?:[\w.-]+\+)?json$/) > preference(accept, /^(?:text\/html|application\/xhtml\+xml)$/)
}

/** How much a type is wanted: its weight from 0 to 1 (RFC 9110 §12.5.1); of equal weights, the one named first by a trifle. */
function preference(accept: string, type: RegExp): number {
  const weights = accept.split(",").map((range, index) => {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase())
    const weight = Number(parameters.find((one) => one.startsWith("q="))?.slice(2) ?? 1)
    return type.test(name) && weight > 0 ? weight - index / 1e6 : 0
  })
  return Math.max(0, ...weights)
}
