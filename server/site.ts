import { createHmac, randomBytes } from "node:crypto"
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Logger, pino } from "pino"
import { derive } from "./app.ts"
import type { Config } from "./config.ts"
import { type Context, createContext, randomId } from "./context.ts"
import { reactions } from "./reactions.ts"
import type { Database } from "./storage/database.ts"
import { migrate } from "./storage/migrate.ts"
import { openPostgres } from "./storage/postgres.ts"
import { openSqlite } from "./storage/sqlite.ts"

export interface Site {
  ctx: Context
  /** The secret that keys follow from; never leaves DATA_DIR. */
  secret: string
}

/** The site's database, brought up to date, and the context over it: what the server and every command begin with. */
export async function openSite(config: Config, log: Logger = pino()): Promise<Site> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const secret = readSecret(config.dataDir)
  const db = config.databaseUrl ? openPostgres(config.databaseUrl) : openSqlite(join(config.dataDir, "habeas.sqlite"))
  try {
    await migrate(db, new Date())
  } catch (error) {
    await db.close()
    throw error
  }
  return { ctx: contextOver(config, db, log, secret), secret }
}

/** A context over an open database; tests pass a clock of their own. */
export function contextOver(config: Config, db: Database, log: Logger, secret: string, clock = () => new Date()): Context {
  const key = derive(secret, "authors")
  return createContext(
    {
      config,
      db,
      log,
      clock,
      ids: randomId,
      screen: () => ({ reasons: [] }),
      keyed: (text) => createHmac("sha256", key).update(text).digest("base64url"),
    },
    reactions,
  )
}

function readSecret(dataDir: string): string {
  const file = join(dataDir, "secret")
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" })
  chmodSync(file, 0o600)
  return readFileSync(file, "utf8").trim()
}
