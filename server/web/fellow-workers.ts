import cluster from "node:cluster"
import type { FastifyInstance } from "fastify"
import type { Presence, Sign } from "./presence.ts"

/**
 * Where several processes serve the site, lets each know who writes at the others: the first process passes on what a worker says
 * (`commands/workers.ts`).
 */
export function shareAmongWorkers(app: FastifyInstance, presence: Presence): void {
  if (!cluster.isWorker) return
  const hear = (message: { presence?: Sign } | string) => {
    if (typeof message === "object" && message.presence) presence.hear(message.presence)
  }
  process.on("message", hear)
  app.addHook("onClose", async () => void process.off("message", hear))
  presence.share = (sign) => {
    // Without the first process this one is about to end.
    if (process.connected) process.send!({ presence: sign }, undefined, undefined, () => {})
  }
}
