import csrfProtection from "@fastify/csrf-protection"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * `none`: the route carries no session (linkback receivers, the API) and needs no token. `form`: a visitor's form gets
     * a token as well (log in, register). `carried`: what a visitor posts here is answered with such a form, and needs no token
     * itself (an edit whose login has expired). Otherwise only people who are logged in have something to protect.
     */
    csrf?: "none" | "form" | "carried"
  }
}

const SAFE = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * Refuses (`forbidden`) a writing request that another site made the browser send: by Origin and Sec-Fetch-Site always, and by a
 * token bound to the person for everyone who is logged in. Call it after the hook that sets `request.viewer`.
 */
export async function protectForms(app: FastifyInstance, config: Config, hmacKey: string): Promise<void> {
  const secure = config.baseUrl.startsWith("https:")
  await app.register(csrfProtection, {
    cookieKey: secure ? "__Host-habeas-form" : "habeas-form",
    cookieOpts: { path: "/", httpOnly: true, sameSite: "lax", secure, signed: true },
    csrfOpts: { hmacKey },
    getUserInfo: (request: FastifyRequest) => request.viewer.id ?? "visitor",
    getToken: (request: FastifyRequest) => tokenOf(request),
  })
  app.addHook("preHandler", (request, reply, done) => {
    const mode = request.routeOptions.config.csrf
    if (SAFE.has(request.method) || mode === "none") return done()
    if (!isSameOrigin(request, config)) return done(crossSite())
    const hasForm = mode === "form" && request.headers.cookie?.includes("habeas-form=")
    if (request.viewer.id === null && !hasForm) return done()
    app.csrfProtection(request, reply, done)
  })
}

/** The token for a form on the page about to be sent; empty where a visitor needs none, so that no cookie is set. */
export function formToken(request: FastifyRequest, reply: FastifyReply): string {
  const mode = request.routeOptions.config.csrf
  if (request.viewer.id === null && mode !== "form" && mode !== "carried") return ""
  return reply.generateCsrf({ userInfo: request.viewer.id ?? "visitor" })
}

function tokenOf(request: FastifyRequest): string {
  const sent = (request.body as Record<string, unknown> | null | undefined)?._csrf ?? request.headers["x-csrf-token"]
  return typeof sent === "string" ? sent : ""
}

// A browser always says where a cross-site POST comes from; a script without a browser says nothing and has no cookies to abuse.
function isSameOrigin(request: FastifyRequest, config: Config): boolean {
  const site = request.headers["sec-fetch-site"]
  if (site !== undefined && site !== "same-origin" && site !== "none") return false
  const { origin } = request.headers
  if (origin === undefined || origin === config.baseUrl) return true
  return URL.canParse(origin) && new URL(origin).host === request.headers.host
}

function crossSite(): AppError {
  return new AppError("forbidden", "This form was sent from another site. Open the page here and try again.")
}
