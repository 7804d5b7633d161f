import cluster from "node:cluster"
import { readConfig } from "../config.ts"
import type { Command } from "./command.ts"

export const command: Command = {
  help: `Usage: habeas serve

Makes or updates the database, fills an empty site with the first pages, and serves
until SIGTERM or SIGINT; then finishes what is under way and ends.

Variables: HOST, PORT, BASE_URL, DATA_DIR, DATABASE_URL, SMTP_URL, TRUST_PROXY,
WEB_CONCURRENCY, LIMITS, OUTBOUND_ALLOW, STARTER. The README tells what each means.`,
  takes: [],
  async run() {
    // A wrong variable is told before the whole site is loaded.
    readConfig(process.env)
    const { serve, serveAsWorker } = await import("./serving.ts")
    return cluster.isWorker ? serveAsWorker() : serve()
  },
}
