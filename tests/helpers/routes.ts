import type { FastifyInstance } from "fastify"

/** Every route of a running app, as "GET /wiki/:slug", from its own table; HEAD goes with GET. */
export function routesOf(app: FastifyInstance): string[] {
  const parts: string[] = []
  const routes = app
    .printRoutes({ commonPrefix: false })
    .split("\n")
    .flatMap((line) => {
      const [, branch = "", name = "", methods = ""] = /^([│├└─ ]*)(\S*)(?: \(([A-Z, ]+)\))?/.exec(line) ?? []
      parts.length = branch.length / 4
      parts.push(name)
      return methods.split(", ").flatMap((method) => (method && method !== "HEAD" ? [`${method} ${parts.join("")}`] : []))
    })
  return routes.sort()
}
