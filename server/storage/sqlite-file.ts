import { existsSync } from "node:fs"
import BetterSqlite from "better-sqlite3"
import { COMPANIONS } from "./folder.ts"

/** Faults listed; a file with more is lost anyway. */
const MAX_FAULTS = 100

/** What SQLite finds broken in an open database, a sentence each. */
export function faultsIn(db: BetterSqlite.Database): string[] {
  try {
    return [...brokenPages(db), ...lostReferences(db)]
  } catch (error) {
    if (!isDamage(error)) throw error
    return [`The database file is too damaged to be looked through: ${(error as Error).message}.`]
  }
}

/** Makes a fresh copy one file, whole by itself, and takes the sessions out: a backup logs nobody in. */
export function sealCopy(file: string): void {
  withFile(file, (db) => {
    db.pragma("journal_mode = DELETE")
    db.pragma("secure_delete = ON")
    if (db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sessions'").get()) db.exec("DELETE FROM sessions")
  })
}

/** The version of the schema of a file that no one has open, and its faults; throws when it is no database at all. */
export function inspectFile(file: string): { version: number; faults: string[] } {
  return withFile(file, (db) => {
    const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get()
    const version = known ? (db.prepare("SELECT max(number) FROM schema_migrations").pluck().get() as number | null) : 0
    return { version: version ?? 0, faults: faultsIn(db) }
  })
}

/**
 * Folds what is still beside a database that no one has open into it, so that it is one file; a file too damaged for that is
 * left as it is. Returns the files it consists of now.
 */
export function foldFile(file: string): string[] {
  try {
    withFile(file, (db) => db.pragma("journal_mode = DELETE"))
  } catch (error) {
    if (!isDamage(error)) throw error
  }
  return [file, ...COMPANIONS.map((suffix) => file + suffix)].filter((part) => existsSync(part))
}

function brokenPages(db: BetterSqlite.Database): string[] {
  const faults = db.prepare(`PRAGMA integrity_check(${MAX_FAULTS})`).pluck().all() as string[]
  return faults.filter((fault) => fault !== "ok")
}

function lostReferences(db: BetterSqlite.Database): string[] {
  const lost = db.prepare("PRAGMA foreign_key_check").all() as { table: string; rowid: number | null; parent: string }[]
  return lost
    .slice(0, MAX_FAULTS)
    .map(({ table, rowid, parent }) => `A row of ${table}${rowid === null ? "" : ` (${rowid})`} refers to a row of ${parent} that is not there.`)
}

function isDamage(error: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(String((error as { code?: string }).code))
}

function withFile<T>(file: string, work: (db: BetterSqlite.Database) => T): T {
  const db = new BetterSqlite(file, { fileMustExist: true })
  try {
    return work(db)
  } finally {
    db.close()
  }
}
