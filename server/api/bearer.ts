import type { FastifyInstance } from "fastify"
import { findTokenOwner } from "../accounts/actions.ts"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"

/**
 * Who asks is who the bearer token says (RFC 6750), or a visitor: never the person a cookie names, so that no other site can make a
 * browser act here. A token that is not valid is refused (`unauthenticated`), even where anybody may read.
 */
export function useBearerTokens(app: FastifyInstance, ctx: Context): void {
  app.addHook("onRequest", async (request) => {
    const { authorization } = request.headers
    if (authorization === undefined) return
    const token = /^bearer +([\w.~+/-]{1,200}=*) *$/i.exec(authorization)?.[1]
    if (token === undefined) throw new AppError("unauthenticated", "The Authorization header must be: Bearer TOKEN.")
    const owner = await findTokenOwner(ctx, token)
    Object.defineProperty(request, "viewer", { value: owner, configurable: true })
  })
}
