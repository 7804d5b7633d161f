import type { Compilable, CompiledQuery, Insertable } from "kysely"
import type { Reader, Transaction } from "./database.ts"
import type { Tables } from "./tables.ts"

type Db = Reader | Transaction

/** A query whose text is made once, and then only run with other values. */
export interface Prepared<Values, Row> {
  all(db: Db, values: Values): Promise<Row[]>
  first(db: Db, values: Values): Promise<Row | undefined>
  /** How many rows it changed. */
  run(db: Db, values: Values): Promise<bigint>
}

/**
 * Prepares a query that every page or save asks for: building its text costs several times what running it does. `build` is called once
 * for each engine, and `values` holds places there instead of values: what is given must go into the query as it is, so that nothing can
 * be decided by it.
 */
export function prepared<Values extends object, Row>(build: (db: Db, values: Values) => Compilable<Row>): Prepared<Values, Row> {
  const texts = new Map<unknown, CompiledQuery<Row>>()

  function query(db: Db, values: Values): CompiledQuery<Row> {
    const engine = db.getExecutor().adapter.constructor
    const known = texts.get(engine)
    const text = known ?? build(db, places<Values>()).compile()
    if (!known) texts.set(engine, text)
    return { ...text, parameters: text.parameters.map((value) => (value instanceof Place ? values[value.name as keyof Values] : value)) }
  }

  return {
    all: async (db, values) => (await db.executeQuery(query(db, values))).rows,
    first: async (db, values) => (await db.executeQuery(query(db, values))).rows[0],
    run: async (db, values) => (await db.executeQuery(query(db, values))).numAffectedRows ?? 0n,
  }
}

const inserts = new Map<string, Prepared<object, unknown>>()

/** Inserts a row, by a text that is made once for its table and columns. */
export async function insertRow<Table extends keyof Tables>(tx: Transaction, table: Table, row: Insertable<Tables[Table]>): Promise<void> {
  const columns = Object.keys(row)
  const key = `${table} ${columns.join()}`
  const known = inserts.get(key)
  const insert = known ?? prepared((db, values: Record<string, unknown>) => db.insertInto(table).values(among(values, columns) as typeof row))
  if (!known) inserts.set(key, insert)
  await insert.run(tx, row)
}

function among(values: Record<string, unknown>, columns: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column, values[column]]))
}

/** Where a value goes. */
class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  [Symbol.toPrimitive](): never {
    throw new Error(`A prepared query was made to depend on the value of “${this.name}”`)
  }
}

function places<Values extends object>(): Values {
  return new Proxy({}, { get: (_, name) => new Place(String(name)) }) as Values
}
