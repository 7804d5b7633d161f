import BetterSqlite from "better-sqlite3"
import { setTimeout as pause } from "node:timers/promises"
import { Kysely, sql, SqliteDialect } from "kysely"
import { AppError } from "../errors.ts"
import type { Database } from "./database.ts"
import { refuseFault } from "./faults.ts"
import { sharedCommits } from "./shared-commit.ts"
import { faultsIn, sealCopy } from "./sqlite-file.ts"
import { isBusy, LaneDialect } from "./sqlite-lane.ts"
import type { Tables } from "./tables.ts"

/** How long a reader waits, in milliseconds, for the rare lock that keeps it out: recovery after a crash. */
const READ_TIMEOUT = 1_000
/** Opening may meet another process that is recovering or migrating. */
const OPEN_TIMEOUT = 5_000
/** Lists of different lengths make different texts, so the kept statements are bounded. */
const MAX_STATEMENTS = 500
/** Milliseconds between tries to empty the log while others read an old state of it. */
const SCOUR_PAUSES = [10, 50, 200, 500, 1_000, 2_000]
/** Pages of 4 KiB copied before a backup lets the site breathe. */
const BACKUP_STEP = 256

/** Opens `file`, made when missing. One connection writes; others read what is committed. */
export function openSqlite(file: string): Database {
  const writer = connect(file)
  refuseForeign(writer, file)
  const reader = connectReader(file)
  writer.pragma("busy_timeout = 0")
  const write = new Kysely<Tables>({ dialect: new LaneDialect(writer, cached(writer)) })
  const read = new Kysely<Tables>({ dialect: new SqliteDialect({ database: cached(reader) }) })
  const commit = sharedCommits(write)
  const version = reader.prepare("PRAGMA data_version").pluck()
  return {
    engine: "sqlite",
    read,
    write: (work) => commit(work).catch(refuseFault),
    snapshot: async (work) => {
      const own = new Kysely<Tables>({ dialect: new SqliteDialect({ database: cached(connectReader(file)) }) })
      return own.transaction().execute(work).finally(() => own.destroy())
    },
    stamp: () => version.get() as number,
    backup: (target, progress) => copyPinned(file, target, progress),
    check: async () => faultsIn(reader),
    scour: () => write.connection().execute(scour),
    size: async () => Number(reader.pragma("page_count", { simple: true })) * Number(reader.pragma("page_size", { simple: true })),
    tend: async () => optimize(writer),
    close: async () => {
      optimize(writer)
      await read.destroy()
      await write.destroy()
    },
  }
}

/** Opens a file with the settings every connection needs: nothing acknowledged is lost, nothing removed can be read back. */
function connect(file: string): BetterSqlite.Database {
  const db = new BetterSqlite(file, { timeout: OPEN_TIMEOUT })
  try {
    db.pragma("journal_mode = WAL")
    // better-sqlite3 compiles WAL to mean NORMAL; an acknowledged save must survive a power cut.
    db.pragma("synchronous = FULL")
    db.pragma("foreign_keys = ON")
    db.pragma("secure_delete = ON")
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function connectReader(file: string): BetterSqlite.Database {
  const db = connect(file)
  db.pragma("query_only = ON")
  db.pragma(`busy_timeout = ${READ_TIMEOUT}`)
  return db
}

// Another program's database would be filled with our tables otherwise.
function refuseForeign(db: BetterSqlite.Database, file: string): void {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  if (tables.length === 0 || tables.includes("schema_migrations")) return
  db.close()
  throw new AppError("invalid", `${file} is a database of some other program; it was left as it is.`)
}

// What secure_delete zeroes may still stand in the log, and words that moved within a page on its unused bytes.
async function scour(db: Kysely<Tables>): Promise<void> {
  await sql`VACUUM`.execute(db).catch(refuseFault)
  for (const wait of SCOUR_PAUSES) {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db)
    if (rows[0]?.busy === 0) return
    await pause(wait)
  }
  throw new AppError("unavailable", "The files could not be cleaned yet, because something is being read from them for long.")
}

// Holding a read transaction keeps the copy at one state; without, every save from elsewhere would start it over.
async function copyPinned(file: string, target: string, progress: (part: number) => void): Promise<void> {
  const source = connectReader(file)
  try {
    source.exec("BEGIN")
    source.prepare("SELECT count(*) FROM sqlite_schema").get()
    await source.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        progress(1 - remainingPages / totalPages)
        return BACKUP_STEP
      },
    })
    source.exec("COMMIT")
  } finally {
    source.close()
  }
  sealCopy(target)
}

// The mask asks for tables this connection has not read itself as well: it mostly writes.
function optimize(writer: BetterSqlite.Database): void {
  try {
    writer.pragma("optimize = 0x10002")
  } catch (error) {
    // Somebody else is writing, or the disk is full: there will be another time.
    if (!isBusy(error) && (error as { code?: string }).code !== "SQLITE_FULL") throw error
  }
}

/** Kysely prepares each query anew; here each statement is kept with its connection. */
function cached(db: BetterSqlite.Database): { prepare(sql: string): BetterSqlite.Statement; close(): void } {
  const statements = new Map<string, BetterSqlite.Statement>()
  return {
    prepare(sql) {
      const known = statements.get(sql)
      if (known) return known
      if (statements.size >= MAX_STATEMENTS) statements.clear()
      const statement = db.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    close: () => db.close(),
  }
}
