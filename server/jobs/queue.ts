import type { Context } from "../context.ts"
import type { Reader, Transaction } from "../storage/database.ts"
import { countJobs, insertJob } from "./store.ts"

/** What a job is told: ids and numbers; everything else is read when it runs. */
export type JobBody = Record<string, string | number>

export interface NewJob {
  /** One of those in `work.ts`. */
  kind: string
  body: JobBody
  /** Of one kind, only one job waits under a key: the newer body and the earlier time hold. */
  key?: string
  /** Not before this time. */
  at?: Date
}

/** Has work done after the response. The job is in the same transaction: it exists when, and only when, the act does. */
export async function enqueue(ctx: Context, tx: Transaction, { kind, body, key, at }: NewJob): Promise<void> {
  const now = ctx.clock().toISOString()
  const dueAt = at?.toISOString() ?? now
  await insertJob(tx, { id: ctx.ids(), kind, key: key ?? null, body: JSON.stringify(body), attempt: 0, dueAt, createdAt: now })
}

/** Whether `most` jobs of the kind, or more, wait or run: the moment to refuse more. */
export async function isFull(db: Reader | Transaction, kind: string, most: number): Promise<boolean> {
  return (await countJobs(db, kind, most)) >= most
}
