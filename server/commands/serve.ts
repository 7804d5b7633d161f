import cluster from "node:cluster"
import type { Config } from "../config.ts"
import { createLog, greeting, prepareSite, readServerConfig, startServer } from "../main.ts"
import { openSite } from "../site.ts"
import { type Command, say } from "./command.ts"
import { untilStopped } from "./stopping.ts"
import { keepWorkers, untilToldToStop } from "./workers.ts"

const FAILED = 1
/** Milliseconds after the last work until the process ends, whatever a library still holds open. */
const LINGER = 500

export const command: Command = {
  help: `Usage: habeas serve

Makes or updates the database, fills an empty site with the first pages, and serves
until SIGTERM or SIGINT; then finishes what is under way and ends.

Variables: HOST, PORT, BASE_URL, DATA_DIR, DATABASE_URL, SMTP_URL, TRUST_PROXY,
WEB_CONCURRENCY, LIMITS, OUTBOUND_ALLOW, STARTER. The README tells what each means.`,
  takes: [],
  async run() {
    if (cluster.isWorker) return work(await readServerConfig(process.env))
    const stopped = untilStopped()
    const config = await readServerConfig(process.env)
    const status = config.workers > 1 ? await serveTogether(config, stopped) : await serveAlone(config, stopped)
    setTimeout(() => process.exit(status), LINGER).unref()
    return status
  },
}

async function serveAlone(config: Config, stopped: Promise<void>): Promise<number> {
  const site = await prepareSite(config, createLog())
  const server = await startServer(site)
  say(await greeting(site.ctx))
  await stopped
  await server.stop()
  return 0
}

async function serveTogether(config: Config, stopped: Promise<void>): Promise<number> {
  const log = createLog()
  const site = await prepareSite(config, log)
  try {
    // Where PORT was 0, the workers are to listen where this process found room.
    process.env.PORT = String(config.port)
    const workers = keepWorkers(config.workers, log)
    if (!(await workers.started)) return FAILED
    say(await greeting(site.ctx))
    await stopped
    await workers.stop()
    return 0
  } finally {
    await site.close()
  }
}

async function work(config: Config): Promise<void> {
  const told = untilToldToStop()
  try {
    const server = await startServer(await openSite(config, createLog()))
    await told
    await server.stop()
  } finally {
    // The channel to the first process would keep this one alive.
    process.disconnect?.()
  }
}
