import type { FastifyRequest } from "fastify"
import type { Web } from "../web/web.ts"

/** Counts a ping: of its client, and of all clients for its target, for its source's host, and in all. Throws `too-many`. */
export async function takePing(request: FastifyRequest, { limits }: Web, { source, target }: { source: string; target: string }): Promise<void> {
  await limits.take(request, "linkback")
  await limits.takeTogether(request, "linkback-page", target.slice(0, 500))
  await limits.takeTogether(request, "linkback-host", URL.canParse(source) ? new URL(source).host : "")
  await limits.takeTogether(request, "linkback-anywhere", "")
}
