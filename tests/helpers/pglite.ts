import { PGlite, types } from "@electric-sql/pglite"
import type { PostgresPool } from "kysely"

let shared: Promise<PGlite> | undefined
let schemas = 0

/** PostgreSQL in this process: one server for the worker, a schema of its own for each caller. */
export async function openPglitePool(): Promise<PostgresPool> {
  shared ??= PGlite.create({ parsers: { [types.INT8]: Number } })
  const server = await shared
  const schema = `test_${++schemas}`
  await server.exec(`CREATE SCHEMA ${schema}`)
  return {
    // One session serves all, so a client is handed out only when the last one came back.
    connect: async () => {
      const release = await take()
      await server.exec(`SET search_path TO ${schema}, public`)
      return { query: ((text: string, values: unknown[]) => query(server, text, values)) as never, release }
    },
    end: async () => {
      const release = await take()
      await server.exec(`DROP SCHEMA ${schema} CASCADE`)
      release()
    },
  }
}

async function query(server: PGlite, text: string, values: unknown[]) {
  const { rows, affectedRows, fields } = await server.query(text, values)
  const command = text.trimStart().split(/\s/, 1)[0]!.toUpperCase()
  return { command, rowCount: affectedRows || rows.length, rows, fields }
}

let last: Promise<void> = Promise.resolve()

async function take(): Promise<() => void> {
  let release = () => {}
  const before = last
  last = new Promise((done) => (release = done))
  await before
  return release
}
