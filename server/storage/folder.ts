import { randomBytes } from "node:crypto"
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs"
import { dirname, join } from "node:path"
import { ConfigError } from "../config.ts"
import { AppError } from "../errors.ts"

/** The site's database within its folder. */
export const DATABASE = "habeas.sqlite"
/** What SQLite keeps beside a database that is open, or that was when its process was killed. */
export const COMPANIONS = ["-wal", "-shm"]
const SECRET = "secret"

/** Makes the folder of a site if it is missing and keeps it from other people of the machine. Throws `ConfigError`. */
export function prepareFolder(dataDir: string): void {
  try {
    makeFolder(dataDir)
    const found = statSync(dataDir)
    if (!found.isDirectory()) throw Object.assign(new Error(), { code: "EEXIST" })
    if ((found.mode & 0o077) !== 0) chmodSync(dataDir, 0o700)
  } catch (error) {
    throw unusable(dataDir, error)
  }
}

/** Refuses (`unavailable`) a folder that has lost its database: a new, empty one would hide the loss. */
export function refuseLostDatabase(dataDir: string): void {
  const file = join(dataDir, DATABASE)
  if (existsSync(file)) return
  const left = [SECRET, `${DATABASE}-wal`].filter((name) => existsSync(join(dataDir, name)))
  if (left.length === 0) return
  throw new AppError(
    "unavailable",
    `${dataDir} belongs to a site, but its ${DATABASE} is missing. Restore a backup, set DATABASE_URL if the site is on PostgreSQL, ` +
      `or remove ${left.join(" and ")} there to begin anew.`,
  )
}

/** The secret that keys follow from, made at the first call; never leaves the folder, not even in a backup. */
export function readSecret(dataDir: string): string {
  const file = join(dataDir, SECRET)
  try {
    if (!existsSync(file)) makeSecret(file)
    chmodSync(file, 0o600)
    const secret = readFileSync(file, "utf8").trim()
    if (/^[0-9a-f]{64}$/.test(secret)) return secret
    throw new AppError("unavailable", `${file} is damaged. Remove it to get a new one; everybody will have to log in again.`)
  } catch (error) {
    throw error instanceof AppError ? error : unusable(dataDir, error)
  }
}

// Node's own way to make parents as well never returns where a folder cannot be made in an existing one, such as /proc.
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
}

// Written whole before it gets its name: a crash leaves no half of it, and of two processes one wins.
function makeSecret(file: string): void {
  const draft = `${file}.${process.pid}`
  const descriptor = openSync(draft, "w", 0o600)
  writeSync(descriptor, randomBytes(32).toString("hex"))
  fsyncSync(descriptor)
  closeSync(descriptor)
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function unusable(dataDir: string, error: unknown): ConfigError {
  const { code, message } = error as NodeJS.ErrnoException
  const reason = REASONS[code ?? ""] ?? message
  return new ConfigError(`DATA_DIR: the folder ${dataDir} cannot be used: ${reason}.`)
}

const REASONS: Record<string, string> = {
  EACCES: "it may not be written",
  EPERM: "it belongs to another user",
  EROFS: "the disk can only be read",
  ENOTDIR: "a part of its path is a file",
  EEXIST: "there is a file of this name",
  ENOENT: "it cannot be made there",
  ENOSPC: "the disk is full",
}
