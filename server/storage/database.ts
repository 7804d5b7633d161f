import type { Kysely, Transaction as KyselyTransaction } from "kysely"
import type { Tables } from "./tables.ts"

export type Reader = Kysely<Tables>
export type Transaction = KyselyTransaction<Tables>

/** The port: what the rest of the site knows of its database. `sqlite.ts` and `postgres.ts` are the two ways to have one. */
export interface Database {
  /** For choosing between two spellings of one query, in `storage/` and `search/` only. */
  readonly engine: "sqlite" | "postgres"

  /** Reads what is committed. Never inside `write`: use its transaction there. */
  readonly read: Reader

  /**
   * Runs `work` in one transaction and commits; an error rolls all of it back and is thrown on. When it resolves, the
   * change is on disk. Writers wait for each other in a queue. Throws `unavailable`, the engine's reason as its cause, when the
   * disk is full or broken or another process keeps the lock.
   */
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>

  /** Reads one state of everything, however long `work` takes and whatever others commit meanwhile. */
  snapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T>

  /** Differs from the last answer whenever anybody, in this process or another, has committed since. */
  stamp(): number | Promise<string>

  /**
   * Copies one state to `file`, which must not exist, while the site goes on: one file, whole by itself, without anybody's
   * session. Progress from 0 to 1.
   */
  backup(file: string, progress: (part: number) => void): Promise<void>

  /** What the engine itself finds broken in its files, a sentence each; empty when all is well. */
  check(): Promise<string[]>

  /**
   * Leaves nothing of what was deleted or replaced in the database's files: they are written anew, what waits beside them is folded in.
   * Writers wait meanwhile. Throws `unavailable` when somebody reads an old state for so long that it cannot be done now.
   */
  scour(): Promise<void>

  /** Bytes that the database takes on disk, what waits to be folded in left out. */
  size(): Promise<number>

  /** Light upkeep, once an hour: the statistics that choose between indexes. */
  tend(): Promise<void>

  close(): Promise<void>
}
