import type { FastifyInstance } from "fastify"
import { AppError } from "../errors.ts"

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

/** Call it before the routes, and what it returns after them: other methods are then answered with 405 and the ones there are. */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>()
  app.addHook("onRoute", ({ routePath, method }) => {
    known.set(routePath, new Set([...(known.get(routePath) ?? []), ...[method].flat()]))
  })
  return () => {
    for (const [url, methods] of [...known]) {
      const others = METHODS.filter((method) => !methods.has(method))
      app.route({
        url,
        method: others,
        schema: { hide: true },
        // Before the body is read: there is nothing here that wants it.
        onRequest: async (_request, reply) => {
          const allowed = [...methods].join(", ")
          reply.header("allow", allowed)
          throw new AppError("not-allowed", `This address answers ${allowed} only.`)
        },
        handler: () => {},
      })
    }
  }
}
