import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { pino } from "pino"
import { readConfig } from "../../server/config.ts"
import type { Context } from "../../server/context.ts"
import { ensureSearch } from "../../server/search/actions.ts"
import { contextOver } from "../../server/site.ts"
import { migrate } from "../../server/storage/migrate.ts"
import { openSqlite } from "../../server/storage/sqlite.ts"

const root = resolve(import.meta.dirname, "../..")

/** The built server as a process of its own, which can be killed, and a context over its database, as another process has. */
export interface KillableSite {
  address: string
  ctx: Context
  kill(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

export async function openKillableSite(): Promise<KillableSite> {
  const dataDir = mkdtempSync(join(tmpdir(), "habeas-chaos-"))
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  // Vite has a BASE_URL of its own in the environment.
  const env = { ...process.env, BASE_URL: address, DATA_DIR: dataDir, DATABASE_URL: "", PORT: String(port), HOST: "127.0.0.1", LIMITS: "off", STARTER: "off" }
  const db = openSqlite(join(dataDir, "habeas.sqlite"))
  await migrate(db, new Date())
  const ctx = contextOver(readConfig(env), db, pino({ level: "silent" }), "0".repeat(64))
  await ensureSearch(ctx)
  let server: ChildProcess | null = null
  const site: KillableSite = {
    address,
    ctx,
    kill: async () => {
      if (!server) return
      const ended = once(server, "exit")
      server.kill("SIGKILL")
      await ended
      server = null
    },
    start: async () => {
      server ??= begin()
      await until(() => answers(`${address}/healthz`))
    },
    close: async () => {
      await site.kill()
      await db.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await site.start()
  return site

  function begin(): ChildProcess {
    const child = spawn(process.execPath, ["dist/habeas.js", "serve"], { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] })
    // Only `kill` may end it; what ends it otherwise is a fault, and everything after that fails for want of a server.
    child.once("exit", (code, signal) => signal !== "SIGKILL" && process.stderr.write(`The server ended by itself: ${code ?? signal}\n`))
    return child
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + 60_000
  while (!(await isSo())) {
    if (performance.now() > patience) throw new Error("The server did not start.")
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number }
      server.close(() => done(port))
    })
  })
}
