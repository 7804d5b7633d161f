import type { FastifyInstance } from "fastify"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"

/** Nothing runs, loads, frames or is posted that is not this site's own; no inline script or style anywhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ")

/** The headers of every answer, errors and redirects included. */
export function securityHeaders(config: Config): Record<string, string> {
  return {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    // Not "no-referrer": with it browsers send "Origin: null" with our own forms, and those could not be told from a stranger's.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    ...(config.baseUrl.startsWith("https:") && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
  }
}

/** Sets them on every answer, and `no-store` where the handler has not said how long its answer may be kept. */
export function addHeaders(app: FastifyInstance, config: Config): void {
  const headers = securityHeaders(config)
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers(headers)
  })
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "private, no-store")
  })
}

/**
 * Refuses what no browser sends: two Host headers, which a proxy and this server might read differently (RFC 9112 §3.2), and an
 * address that is no text once decoded, or holds a NUL.
 */
export function refuseOddRequests(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const { rawHeaders } = request.raw
    let hosts = 0
    for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]!.toLowerCase() === "host") hosts++
    if (hosts > 1) return done(new AppError("malformed", "The request names two hosts."))
    if (request.raw.url!.includes("%") && !isText(request.raw.url!)) return done(new AppError("malformed", "The address of this request is not valid."))
    done()
  })
}

function isText(url: string): boolean {
  try {
    return !decodeURIComponent(url).includes("\0")
  } catch {
    return false
  }
}
