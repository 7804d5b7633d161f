import { AppError } from "../errors.ts"

/** Seconds until another try makes sense: others finish soon, a full disk takes somebody to look. */
const SOON = 5
const LATER = 60

/** Throws the refusal that a fault of the engine is, or else the error as it is. */
export function refuseFault(error: unknown): never {
  throw refusalOf(error) ?? error
}

/**
 * What an engine throws when it cannot store or find anything, as the refusal it is: `unavailable`, with the engine's own
 * error as the cause for the log. Null for everything else, such as a key that is taken.
 */
export function refusalOf(error: unknown): AppError | null {
  const { code = "", message = "" } = error as { code?: unknown; message?: string }
  if (error instanceof AppError || typeof code !== "string") return null
  if (BUSY.test(code)) return unavailable("The site is busy and could not store this. Nothing was changed.", SOON, error)
  if (FULL.test(code)) return unavailable("The site's disk is full. Nothing was changed; reading still works.", LATER, error)
  if (BROKEN.test(code) || CUT.test(message)) return unavailable("The site's storage does not answer just now. Nothing was changed.", LATER, error)
  return null
}

// SQLite's result codes, and PostgreSQL's: 53* too few resources, 55P03 no lock in time, 57* shut down, 08* no connection, 25006 read-only.
const BUSY = /^SQLITE_(?:BUSY|LOCKED)|^(?:53300|55P03|40001|40P01)$/
const FULL = /^SQLITE_FULL|^53100$|^ENOSPC$/
const BROKEN = /^SQLITE_(?:IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)|^(?:53|57|08)...$|^25006$|^E(?:CONNREFUSED|TIMEDOUT)$/
// The driver's own words for a connection that ended, and the system's: by the code alone it might be a reader's that went away.
const CUT = /^(?:Connection terminated|timeout exceeded when trying to connect|read ECONNRESET|write EPIPE)/

function unavailable(message: string, retryAfter: number, cause: unknown): AppError {
  return Object.assign(new AppError("unavailable", message, { retryAfter }), { cause })
}
