import { setTimeout as pause } from "node:timers/promises"
import type BetterSqlite from "better-sqlite3"
import { CompiledQuery, type DatabaseConnection, SqliteDialect, type SqliteDatabase, SqliteDriver } from "kysely"

/** How long a writer waits for another process, in milliseconds, before the save is answered with `unavailable`. */
const PATIENCE = 5_000
/** Milliseconds between two tries: short at first, as another process's save takes about one. */
const PAUSES = [1, 1, 2, 3, 5, 8, 13, 20]

/**
 * The way to write: every transaction is `BEGIN IMMEDIATE`, so that it never has to upgrade and fail half-way. While another
 * process holds the lock it waits without blocking this one, whose readers go on. `raw` must have no busy timeout.
 */
export class LaneDialect extends SqliteDialect {
  readonly #raw: BetterSqlite.Database
  readonly #database: SqliteDatabase

  constructor(raw: BetterSqlite.Database, database: SqliteDatabase) {
    super({ database })
    this.#raw = raw
    this.#database = database
  }

  override createDriver() {
    return new LaneDriver(this.#raw, this.#database)
  }
}

class LaneDriver extends SqliteDriver {
  readonly #raw: BetterSqlite.Database
  #blockedSince: number | null = null

  constructor(raw: BetterSqlite.Database, database: SqliteDatabase) {
    super({ database })
    this.#raw = raw
  }

  // The wait is counted from the first refusal, not for each writer: those queued behind it are told at once as well.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await connection.executeQuery(CompiledQuery.raw("begin immediate"))
        this.#blockedSince = null
        return
      } catch (error) {
        if (!isBusy(error)) throw error
        this.#blockedSince ??= performance.now()
        if (performance.now() - this.#blockedSince > PATIENCE) throw error
        await pause(PAUSES[tries] ?? PAUSES.at(-1))
      }
    }
  }

  // A full disk or a failed write has rolled back already; saying so again would hide the reason.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#raw.inTransaction) await super.rollbackTransaction(connection)
  }
}

export function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith("SQLITE_BUSY")
}
