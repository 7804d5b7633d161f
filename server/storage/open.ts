import { existsSync } from "node:fs"
import { join } from "node:path"
import { type Config, ConfigError } from "../config.ts"
import { AppError } from "../errors.ts"
import type { Database } from "./database.ts"
import { DATABASE, prepareFolder, refuseLostDatabase } from "./folder.ts"
import { type Release, shareFolder } from "./folder-lock.ts"
import { openSqlite } from "./sqlite.ts"

export interface OpenDatabase {
  db: Database
  /** Closes the database and lets go of the folder. */
  close(): Promise<void>
}

/**
 * Opens the database that the variables name, made when missing unless it must be `existing`, as it is: see `migrate`.
 * Throws `ConfigError` or `unavailable` with a sentence for the operator; a file that is there is never replaced.
 */
export async function openDatabase(config: Config, { existing = false } = {}): Promise<OpenDatabase> {
  const { dataDir, databaseUrl } = config
  const file = join(dataDir, DATABASE)
  if (existing && !databaseUrl && !existsSync(file)) {
    throw new AppError("unavailable", `There is no site in ${dataDir} yet. DATA_DIR names the folder; "habeas serve" or "habeas migrate" makes one.`)
  }
  prepareFolder(dataDir)
  const release = explain(file, () => shareFolder(dataDir))
  try {
    if (!databaseUrl) refuseLostDatabase(dataDir)
    // Most sites have no use for the other driver, which takes its time to load.
    const db = databaseUrl ? (await import("./postgres.ts")).openPostgres(databaseUrl) : explain(file, () => openSqlite(file))
    return { db, close: () => db.close().finally(release) }
  } catch (error) {
    release()
    throw error
  }
}

/** A fault of the database at the start, as a sentence for the operator; anything else unchanged. */
export function explained(config: Config, error: unknown): unknown {
  if (error instanceof AppError || error instanceof ConfigError) return error
  const { code = "", message } = error as { code?: string; message: string }
  if (config.databaseUrl && isFromServer(error)) {
    return new AppError("unavailable", `DATABASE_URL: the database there cannot be used: ${message || code}.`)
  }
  return sqliteFault(join(config.dataDir, DATABASE), code) ?? error
}

// What the driver throws: the server's refusal, the network's, or its own timeout.
function isFromServer(error: unknown): boolean {
  const { message = "" } = error as { message?: string }
  return "severity" in (error as object) || "syscall" in (error as object) || /^(?:timeout exceeded|Connection terminated)/.test(message)
}

function explain<T extends Database | Release>(file: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw sqliteFault(file, (error as { code?: string }).code ?? "") ?? error
  }
}

function sqliteFault(file: string, code: string): AppError | null {
  const primary = code.split("_", 2).join("_")
  const sentence = FAULTS[primary]
  return sentence === undefined ? null : new AppError("unavailable", `${file} ${sentence}`)
}

const FAULTS: Record<string, string> = {
  SQLITE_NOTADB: "is not a database, or is damaged; it was left as it is. Restore a backup.",
  SQLITE_CORRUPT: "is damaged; it was left as it is. Restore a backup.",
  SQLITE_CANTOPEN: "cannot be opened: it, or its folder, may not be read and written by this user.",
  SQLITE_READONLY: "may only be read, not written, by this user.",
  SQLITE_PERM: "may not be opened by this user.",
  SQLITE_BUSY: "is locked by another program. Try again when that is done.",
  SQLITE_FULL: "cannot be written: the disk is full.",
  SQLITE_IOERR: "cannot be read or written: the disk is full or broken.",
}
