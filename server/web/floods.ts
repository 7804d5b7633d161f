import type { FastifyInstance } from "fastify"
import type { Config } from "../config.ts"
import { securityHeaders } from "./headers.ts"
import { type Act, type Limits, tooMany } from "./limits.ts"

declare module "fastify" {
  interface FastifyContextConfig {
    /** What is counted here, and how too much of it is told: answered at the head of a request, its body unread. */
    flood?: { act: Act; answer: (sentence: string) => { type: string; body: string } }
  }
}

/**
 * Answers those whose limit is spent (429) before anything else runs: a flood of them takes nothing from readers. Nothing is
 * counted here; whoever has not been refused yet goes on to where it is. Register it before sessions are.
 */
export function refuseFloods(app: FastifyInstance, limits: Limits, config: Config): void {
  const common = Object.entries({ ...securityHeaders(config), "cache-control": "private, no-store" }).flat()
  app.addHook("onRequest", (request, reply, done) => {
    const flood = request.raw.method === "POST" ? request.routeOptions.config?.flood : undefined
    const wait = flood ? limits.waitOf(request, flood.act) : 0
    if (!flood || wait === 0) return done()
    const { message, detail } = tooMany(wait)
    const { type, body } = flood.answer(message)
    reply.hijack()
    const own = ["content-type", type, "content-length", String(Buffer.byteLength(body)), "retry-after", String(detail.retryAfter)]
    reply.raw.writeHead(429, [...common, ...own]).end(body)
  })
}
