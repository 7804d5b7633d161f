import { createHmac } from "node:crypto"
import { type Logger, pino } from "pino"
import { addSiteKinds } from "../editor/document/index.ts"
import { type Config, ConfigError } from "./config.ts"
import { type Context, createContext, derive, randomId } from "./context.ts"
import { admit } from "./moderation/blocks/actions.ts"
import { review } from "./moderation/policy.ts"
import { screen } from "./moderation/screen.ts"
import { doubtSpam } from "./moderation/spam/actions.ts"
import { readSiteKinds } from "./facts/vocabulary-file.ts"
import { reactions } from "./reactions.ts"
import { ensureSearch } from "./search/actions.ts"
import type { Database } from "./storage/database.ts"
import { readSecret } from "./storage/folder.ts"
import { migrate, requireCurrent } from "./storage/migrate.ts"
import { explained, openDatabase } from "./storage/open.ts"
import { Strangers } from "./web/strangers.ts"

export interface Site {
  ctx: Context
  /** The secret that keys follow from; never leaves DATA_DIR. */
  secret: string
  close(): Promise<void>
}

/**
 * The site's database, brought up to date, and the context over it: what the server and every command begin with. With
 * `existing`, a site that is not there, or at another version, is refused instead (`unavailable`, `invalid`).
 */
export async function openSite(config: Config, log: Logger = pino(), { existing = false } = {}): Promise<Site> {
  const { db, close } = await openDatabase(config, { existing })
  try {
    addOwnKinds(config)
    if (existing) await requireCurrent(db)
    else await migrate(db, new Date())
    const secret = readSecret(config.dataDir)
    const ctx = contextOver(config, db, log, secret)
    if (!existing) await ensureSearch(ctx)
    return { ctx, secret, close }
  } catch (error) {
    await close()
    throw explained(config, error)
  }
}

/** The kinds of fact in the site's own vocabulary; none of them may be one of ours. */
function addOwnKinds({ dataDir }: Config): void {
  const kinds = readSiteKinds(dataDir)
  try {
    addSiteKinds(kinds)
  } catch (error) {
    throw new ConfigError(`DATA_DIR/vocabulary.json: ${(error as Error).message}`)
  }
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
      screen,
      review,
      admit,
      doubt: doubtSpam,
      strangers: new Strangers(clock),
      keyed: (text) => createHmac("sha256", key).update(text).digest("base64url"),
    },
    reactions,
  )
}
