import type { FastifyReply, FastifyRequest } from "fastify"
import type { Config } from "../../config.ts"
import { type Asker, GUESTS_CORRECT, isKey } from "./key.ts"

/** Who asks, by login, by the secret in the link or form, or by that in their browser. */
export function askerOf(request: FastifyRequest, config: Config, given?: string): Asker {
  const key = isKey(given) ? given : request.cookies[nameOf(config)]
  return { viewer: request.viewer, key: isKey(key) ? key : undefined }
}

/** Leaves the secret in the browser of a guest who has commented just now, for as long as it is good for anything; readers get none. */
export function keepKey(reply: FastifyReply, config: Config, key: string): void {
  const secure = isSecure(config)
  reply.setCookie(nameOf(config), key, { path: "/", httpOnly: true, sameSite: "strict", secure, maxAge: GUESTS_CORRECT / 1000 })
}

function nameOf(config: Config): string {
  return isSecure(config) ? "__Host-habeas-comments" : "habeas-comments"
}

function isSecure({ baseUrl }: Config): boolean {
  return baseUrl.startsWith("https:")
}
