import { join } from "node:path"
import BetterSqlite from "better-sqlite3"
import { AppError } from "../errors.ts"
import { isBusy } from "./sqlite-lane.ts"

// The operating system drops a file lock with the process that held it, however that ended: nothing can be left over
// as a file with a process number can. SQLite knows how to take one on every system, which Node does not.
const FILE = "habeas.lock"

/** Lets go of a folder. */
export type Release = () => void

/** Says that this process works in `folder`, as others may too. Throws `unavailable` while a restore has it to itself. */
export function shareFolder(folder: string): Release {
  return lock(folder, "BEGIN; SELECT count(*) FROM sqlite_schema", `A restore is running in ${folder}. Try again when it is done.`)
}

/** Takes `folder` for this process alone. Throws `unavailable` while a server or another command works in it. */
export function claimFolder(folder: string): Release {
  return lock(folder, "BEGIN EXCLUSIVE", `Habeas is running in ${folder}. Stop it first; nothing was changed.`)
}

function lock(folder: string, statement: string, refusal: string): Release {
  const db = new BetterSqlite(join(folder, FILE), { timeout: 0 })
  try {
    db.exec(statement)
  } catch (error) {
    db.close()
    throw isBusy(error) ? new AppError("unavailable", refusal) : error
  }
  return () => db.close()
}
