import type { IncomingMessage } from "node:http"
import type { FastifyInstance } from "fastify"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"

/**
 * Nothing runs, loads, frames or is posted that is not this site's own; no inline script or style anywhere. A picture may also be written
 * in the page, as the site's icon is: nothing runs in a picture, and nobody is told of it.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
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
 * Refuses what no browser sends: a Host header that is missing, doubled or no host, which a proxy and this server might read
 * differently (RFC 9112 §3.2), and an address that is no text once decoded, or holds a NUL. Register it before what answers quickly.
 */
export function refuseOddRequests(app: FastifyInstance, config: Config): void {
  const headers = securityHeaders(config)
  app.addHook("onRequest", (request, reply, done) => {
    const oddity = oddityOf(request.raw)
    if (oddity === null) return done()
    // The hook that sets them for every other answer comes later.
    reply.headers(headers)
    done(new AppError("malformed", oddity))
  })
}

/**
 * The address of a request without the origin that only requests to a proxy name (RFC 9112 §3.2.2): this site has one origin,
 * the configured one.
 */
export function pathOf({ url = "/" }: { url?: string }): string {
  const [, rest] = /^https?:\/\/[^/?#]*(.*)$/is.exec(url) ?? []
  if (rest === undefined) return url
  return rest.startsWith("/") ? rest : `/${rest}`
}

/** A name or an address, with a port or without (RFC 3986 §3.2.2). */
const HOST = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d{0,5})?$/i

function oddityOf({ rawHeaders, httpVersion, url }: IncomingMessage): string | null {
  let host: string | undefined
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!
    if (name.length !== 4 || name.toLowerCase() !== "host") continue
    if (host !== undefined) return "The request names two hosts."
    host = rawHeaders[at + 1]!
  }
  // HTTP/1.0 has no Host header.
  if (host === undefined ? httpVersion !== "1.0" : !HOST.test(host)) return "The request does not name the host it is for."
  return url!.includes("%") && !isText(url!) ? "The address of this request is not valid." : null
}

function isText(url: string): boolean {
  try {
    return !decodeURIComponent(url).includes("\0")
  } catch {
    return false
  }
}
