import { Kysely, PostgresDialect, type PostgresPool, sql } from "kysely"
import pg from "pg"
import { AppError } from "../errors.ts"
import type { Database, Transaction } from "./database.ts"
import { refuseFault } from "./faults.ts"
import { remembering } from "./recall.ts"
import type { Tables } from "./tables.ts"

/** Connections kept to the server by each process. */
const POOL_SIZE = 10
/** Milliseconds until a connection, or the turn to write, is given up and the request is answered with `unavailable`. */
const PATIENCE = 5_000
/** The one lock that writers queue for; any number, the same in every process of the site. */
const WRITE_LANE = 4_843_423

/** Opens the database that `url` names. */
export function openPostgres(url: string): Database {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, connectionTimeoutMillis: PATIENCE, lock_timeout: PATIENCE })
  // A server that restarts ends idle connections; the next request opens new ones. Unheard, the event would end this process.
  pool.on("error", () => {})
  return overPool(pool)
}

/** The same over any pool that speaks PostgreSQL, such as one in the same process. */
export function overPool(pool: PostgresPool): Database {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    engine: "postgres",
    read: db,
    // One writer at a time, as on SQLite: what an action reads in its transaction stays true until it commits.
    write: (work) => db.transaction().execute((tx) => inTurn(tx, work)).catch(refuseFault),
    snapshot: (work) => db.transaction().setIsolationLevel("repeatable read").execute(work),
    // The set of running transactions and the next number: it differs after every commit that wrote.
    stamp: async () => {
      const { rows } = await sql<{ snapshot: string }>`SELECT pg_current_snapshot()::text AS snapshot`.execute(db)
      return rows[0]!.snapshot
    },
    backup: async () => {
      throw new AppError("invalid", "A PostgreSQL site is backed up with pg_dump and a copy of DATA_DIR.")
    },
    check: async () => [],
    scour: async () => {
      await sql`VACUUM FULL`.execute(db)
    },
    // The server does so by itself.
    size: async () => {
      const { rows } = await sql<{ bytes: number }>`SELECT pg_database_size(current_database()) AS bytes`.execute(db)
      return rows[0]!.bytes
    },
    tend: async () => {},
    close: () => db.destroy(),
  }
}

async function inTurn<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await sql`SELECT pg_advisory_xact_lock(${WRITE_LANE})`.execute(tx)
  return work(remembering(tx))
}

// bigint comes as text otherwise, and count(*) is one; ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
