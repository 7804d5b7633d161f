import type { Config } from "../config.ts"
import { createLog, greeting, prepareSite, readServerConfig, startServer } from "../main.ts"
import { openSite } from "../site.ts"
import { say } from "./command.ts"
import { untilStopped } from "./stopping.ts"
import { keepWorkers, untilToldToStop } from "./workers.ts"

const FAILED = 1
/** Milliseconds after the last work until the process ends, whatever a library still holds open. */
const LINGER = 500

/** Serves the site that the variables name until told to stop; the exit status. */
export async function serve(): Promise<number> {
  const stopped = untilStopped()
  const config = await readServerConfig(process.env)
  const status = config.workers > 1 ? await serveTogether(config, stopped) : await serveAlone(config, stopped)
  setTimeout(() => process.exit(status), LINGER).unref()
  return status
}

/** In a process that another one started to share the work. */
export async function serveAsWorker(): Promise<void> {
  const told = untilToldToStop()
  try {
    const config = await readServerConfig(process.env)
    const server = await startServer(await openSite(config, createLog()))
    await told
    await server.stop()
  } finally {
    // The channel to the first process would keep this one alive.
    process.disconnect?.()
  }
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
