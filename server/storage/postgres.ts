import { Kysely, PostgresDialect, type PostgresPool, sql } from "kysely"
import pg from "pg"
import { AppError } from "../errors.ts"
import type { Database } from "./database.ts"
import type { Tables } from "./tables.ts"

/** Connections kept to the server by each process. */
const POOL_SIZE = 10

/** Opens the database that `url` names. */
export function openPostgres(url: string): Database {
  return overPool(new pg.Pool({ connectionString: url, max: POOL_SIZE }))
}

/** The same over any pool that speaks PostgreSQL, such as one in the same process. */
export function overPool(pool: PostgresPool): Database {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    engine: "postgres",
    read: db,
    write: (work) => db.transaction().execute(work),
    // The set of running transactions and the next number: it differs after every commit that wrote.
    stamp: async () => {
      const { rows } = await sql<{ snapshot: string }>`SELECT pg_current_snapshot()::text AS snapshot`.execute(db)
      return rows[0]!.snapshot
    },
    backup: async () => {
      throw new AppError("invalid", "A PostgreSQL site is backed up with pg_dump and a copy of DATA_DIR.")
    },
    close: () => db.destroy(),
  }
}

// bigint comes as text otherwise, and count(*) is one; ours stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

