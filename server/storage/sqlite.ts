import BetterSqlite from "better-sqlite3"
import { CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect, SqliteDriver } from "kysely"
import type { Database } from "./database.ts"
import type { Tables } from "./tables.ts"

/** How long a writer waits for another process, in milliseconds, before the save is answered with `unavailable`. */
const BUSY_TIMEOUT = 5_000
/** Lists of different lengths make different texts, so the kept statements are bounded. */
const MAX_STATEMENTS = 500
/** Pages of 4 KiB copied before a backup lets the site breathe. */
const BACKUP_STEP = 256

/**
 * Opens `file`, made when missing. One connection writes, with every transaction `BEGIN IMMEDIATE` so that it never has to
 * upgrade and fail half-way; another reads what is committed.
 */
export function openSqlite(file: string): Database {
  const writer = connect(file)
  const reader = connect(file)
  reader.pragma("query_only = ON")
  const write = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: cached(writer) }) })
  const read = new Kysely<Tables>({ dialect: new SqliteDialect({ database: cached(reader) }) })
  const version = reader.prepare("PRAGMA data_version").pluck()
  return {
    engine: "sqlite",
    read,
    write: (work) => write.transaction().execute(work),
    stamp: () => version.get() as number,
    backup: async (target, progress) => {
      await reader.backup(target, {
        progress: ({ totalPages, remainingPages }) => {
          progress(1 - remainingPages / totalPages)
          return BACKUP_STEP
        },
      })
    },
    close: async () => {
      writer.pragma("optimize")
      await read.destroy()
      await write.destroy()
    },
  }
}

function connect(file: string): BetterSqlite.Database {
  const db = new BetterSqlite(file)
  db.pragma("journal_mode = WAL")
  // better-sqlite3 compiles WAL to mean NORMAL; an acknowledged save must survive a power cut.
  db.pragma("synchronous = FULL")
  db.pragma("foreign_keys = ON")
  db.pragma(`busy_timeout = ${BUSY_TIMEOUT}`)
  db.pragma("secure_delete = ON")
  return db
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

class ImmediateDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0]

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config)
    this.#config = config
  }

  override createDriver() {
    return new ImmediateDriver(this.#config)
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"))
  }
}
