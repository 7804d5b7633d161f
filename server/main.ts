import { createServer } from "node:net"
import { resolve } from "node:path"
import { type Logger, pino } from "pino"
import { hasAdministrator } from "./accounts/actions.ts"
import { createApp } from "./app.ts"
import { type Config, ConfigError, readConfig } from "./config.ts"
import type { Context } from "./context.ts"
import { beginDaily } from "./jobs/daily.ts"
import { startRunner } from "./jobs/runner.ts"
import { openSite, type Site } from "./site.ts"
import { fillEmptySite } from "./transfer/actions.ts"
import { guardConnections, refuseWhenClosing } from "./web/connections.ts"
import { daily, work } from "./work.ts"

/** Milliseconds for requests under way when the site is told to stop; then their connections are cut. */
const GRACE = 8_000
/** Milliseconds between looks for connections that have nothing more to answer, while the site stops. */
const IDLE = 50
const HOUR = 3_600_000

/** Lines of JSON on standard output, of acts and faults only: no addresses, no query strings, nothing that was written. */
export function createLog(): Logger {
  return pino({
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: () => undefined, res: () => undefined, err: pino.stdSerializers.err },
  })
}

/** The variables, with a free port chosen where PORT is 0. Throws `ConfigError`. */
export async function readServerConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const config = readConfig(env)
  return config.port === 0 ? readConfig({ ...env, PORT: String(await freePort(config.host)) }) : config
}

/** Opens the site, brings its database up to date and gives an empty one its first pages. */
export async function prepareSite(config: Config, log: Logger): Promise<Site> {
  const site = await openSite(config, log)
  try {
    if (config.starter) await fill(site.ctx)
    return site
  } catch (error) {
    await site.close()
    throw error
  }
}

/** A server that listens. `stop` lets requests under way finish, and resolves when everything is on disk and closed. */
export interface Running {
  stop(): Promise<void>
}

/** Serves an open site, which is closed when the server stops or cannot start. */
export async function startServer({ ctx, secret, close }: Site): Promise<Running> {
  try {
    const app = await createApp(ctx, secret)
    const arrivals = refuseWhenClosing(app)
    guardConnections(app.server, ctx.config)
    await listen(app, ctx.config)
    await beginDaily(ctx, daily)
    const runner = startRunner(ctx, work)
    const upkeep = setInterval(() => void ctx.db.tend().catch((error) => ctx.log.error({ err: error }, "upkeep failed")), HOUR).unref()
    return {
      async stop() {
        clearInterval(upkeep)
        arrivals.close()
        // A connection whose last request was answered meanwhile would be kept alive until the cut.
        const idle = setInterval(() => app.server.closeIdleConnections(), IDLE)
        const cut = setTimeout(() => app.server.closeAllConnections(), GRACE)
        await Promise.all([app.close(), runner.stop()])
        clearInterval(idle)
        clearTimeout(cut)
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What the operator reads when the site is up: where it is, and how to make its first administrator while there is none. */
export async function greeting(ctx: Context): Promise<string> {
  const { baseUrl, host, port } = ctx.config
  const own = `http://${host.includes(":") ? `[${host}]` : host}:${port}`
  const lines = [`Habeas is at ${baseUrl}${baseUrl === `http://localhost:${port}` ? "" : ` (listening on ${own})`}`]
  if (!(await hasAdministrator(ctx))) {
    lines.push("There is no administrator yet. Make the first with this line, your name and password in it:")
    lines.push(`  printf 'PASSWORD' | ${sameVariables(ctx.config)}npm run -s habeas -- user add NAME --role administrator`)
  }
  return lines.join("\n")
}

async function fill(ctx: Context): Promise<void> {
  const made = await fillEmptySite(ctx, async () => (await import("./starter/index.ts")).starterPages())
  if (made > 0) await ctx.db.tend()
}

async function listen(app: Awaited<ReturnType<typeof createApp>>, { host, port }: Config): Promise<void> {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `listening on ${address}` })
  } catch (error) {
    await app.close()
    throw unlistenable(host, port, error)
  }
}

function unlistenable(host: string, port: number, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === "EADDRINUSE") return new ConfigError(`PORT: another program is listening on port ${port} of ${host} already.`)
  if (code === "EACCES") return new ConfigError(`PORT: this user may not listen on port ${port}; ports from 1024 on are free to all.`)
  if (syscall === "getaddrinfo" || code === "EADDRNOTAVAIL") return new ConfigError(`HOST: "${host}" is not an address of this machine.`)
  return error
}

// The command has to find the same site from another terminal.
function sameVariables({ dataDir, databaseUrl }: Config): string {
  const elsewhere = dataDir === resolve("data") ? "" : `DATA_DIR='${dataDir.replaceAll("'", `'\\''`)}' `
  return databaseUrl ? `${elsewhere}DATABASE_URL="$DATABASE_URL" ` : elsewhere
}

function freePort(host: string): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once("error", (error) => fail(unlistenable(host, 0, error)))
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}
