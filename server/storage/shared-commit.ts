import { setImmediate as turn } from "node:timers/promises"
import { type Kysely, sql } from "kysely"
import type { Transaction } from "./database.ts"
import { remembering } from "./recall.ts"
import type { Tables } from "./tables.ts"

/** Acts in one commit: enough to share the wait for the disk, few enough that none waits long for the others. */
const MOST = 32

interface Act {
  work(tx: Transaction): Promise<unknown>
  resolve(result: unknown): void
  reject(error: unknown): void
}

/**
 * Writes one act after the other, those that came together in one commit, as the disk takes as long for many as for one.
 * Each is answered when that commit is on disk; one that throws is rolled back alone, to a savepoint of its own, and a commit
 * that fails is every act's failure. Who comes alone waits for nobody.
 */
export function sharedCommits(db: Kysely<Tables>): <T>(work: (tx: Transaction) => Promise<T>) => Promise<T> {
  const waiting: Act[] = []
  let isWriting = false

  async function writeAll(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      // Requests that have arrived are read in this turn, and join.
      await turn()
      await commit(db, waiting.splice(0, MOST))
    }
    isWriting = false
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve: resolve as Act["resolve"], reject })
      if (!isWriting) void writeAll()
    })
}

async function commit(db: Kysely<Tables>, acts: Act[]): Promise<void> {
  const answers: (() => void)[] = []
  try {
    await db.transaction().execute(async (tx) => {
      if (acts.length === 1) {
        const result = await acts[0]!.work(remembering(tx))
        answers.push(() => acts[0]!.resolve(result))
      } else for (const act of acts) answers.push(await apart(tx, act))
    })
  } catch (error) {
    for (const act of acts) act.reject(error)
    return
  }
  for (const answer of answers) answer()
}

/** One act of several; gives the answer it gets once all of them are on disk. */
async function apart(shared: Transaction, { work, resolve, reject }: Act): Promise<() => void> {
  // A transaction object of its own: what an act remembers by it must not outlive its savepoint.
  const tx = remembering(shared.withoutPlugins())
  await sql`SAVEPOINT act`.execute(tx)
  try {
    const result = await work(tx)
    await sql`RELEASE act`.execute(tx)
    return () => resolve(result)
  } catch (error) {
    await sql`ROLLBACK TO act`.execute(tx).catch(() => Promise.reject(error))
    await sql`RELEASE act`.execute(tx)
    return () => reject(error)
  }
}
