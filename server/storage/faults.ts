import { AppError } from "../errors.ts"

/** Seconds until another try makes sense: others finish soon, a full disk takes somebody to look. */
const SOON = 5
const LATER = 60

/**
 * What an engine throws when it cannot store anything, as the refusal it is: `unavailable`, with the engine's own error as
 * the cause for the log. Everything else, such as a key that is taken, goes on as it is.
 */
export function refuseFault(error: unknown): never {
  const { code = "" } = error as { code?: string }
  if (error instanceof AppError || typeof code !== "string") throw error
  if (BUSY.test(code)) throw unavailable("The site is busy and could not store this. Nothing was changed.", SOON, error)
  if (FULL.test(code)) throw unavailable("The site's disk is full: nothing can be stored just now. Nothing was changed; reading still works.", LATER, error)
  if (BROKEN.test(code)) throw unavailable("The site cannot store anything just now. Nothing was changed; reading still works.", LATER, error)
  throw error
}

// SQLite's result codes, and PostgreSQL's: 53* too few resources, 55P03 no lock in time, 57* shut down, 08* no connection, 25006 read-only.
const BUSY = /^SQLITE_(?:BUSY|LOCKED)|^(?:53300|55P03|40001|40P01)$/
const FULL = /^SQLITE_FULL|^53100$/
const BROKEN = /^SQLITE_(?:IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)|^(?:53|57|08)...$|^25006$|^E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT)$/

function unavailable(message: string, retryAfter: number, cause: unknown): AppError {
  return Object.assign(new AppError("unavailable", message, { retryAfter }), { cause })
}
