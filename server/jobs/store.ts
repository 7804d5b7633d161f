import type { Transaction, Reader } from "../storage/database.ts"

export interface JobRow {
  id: string
  kind: string
  body: string
  /** How often it was begun before. */
  attempt: number
  dueAt: string
}

/** Puts a job in the queue. One that waits under its key takes the new body and the earlier time; one that runs is run once more. */
export async function insertJob(tx: Transaction, job: JobRow & { key: string | null; createdAt: string }): Promise<void> {
  const { id, kind, body, attempt, dueAt, key, createdAt } = job
  await tx
    .insertInto("jobs")
    .values({ id, kind, unique_key: key, body, attempt, due_at: dueAt, claim: null, created_at: createdAt })
    .onConflict((conflict) =>
      conflict.columns(["kind", "unique_key"]).doUpdateSet((eb) => ({
        body,
        attempt: 0,
        // Of one that runs, the time is when it would count as lost: no time to wait for.
        due_at: eb
          .case()
          .when(eb.and([eb("jobs.claim", "is", null), eb("jobs.due_at", "<", dueAt)]))
          .then(eb.ref("jobs.due_at"))
          .else(dueAt)
          .end(),
        // Whoever runs it now finds its claim gone when it is done, and leaves the row for another run.
        claim: null,
      })),
    )
    .execute()
}

/** Jobs of a kind whose time has come, the longest due first. */
export function listDue(db: Reader, kind: string, { now, limit }: { now: string; limit: number }): Promise<JobRow[]> {
  return db
    .selectFrom("jobs")
    .select(["id", "kind", "body", "attempt", "due_at as dueAt"])
    .where("kind", "=", kind)
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("id")
    .limit(limit)
    .execute()
}

/** Takes a job as it was seen; false when somebody else was quicker. It is free again at `until`. */
export async function claimJob(tx: Transaction, job: JobRow, { claim, until }: { claim: string; until: string }): Promise<boolean> {
  const taken = await tx
    .updateTable("jobs")
    .set({ claim, due_at: until, attempt: job.attempt + 1 })
    .where("id", "=", job.id)
    .where("due_at", "=", job.dueAt)
    .where("attempt", "=", job.attempt)
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

export async function deleteJob(tx: Transaction, id: string, claim: string): Promise<void> {
  await tx.deleteFrom("jobs").where("id", "=", id).where("claim", "=", claim).execute()
}

/** Lets go of a job, to be begun again at `dueAt`. */
export async function releaseJob(tx: Transaction, id: string, { claim, dueAt, attempt }: { claim: string; dueAt: string; attempt: number }): Promise<void> {
  await tx.updateTable("jobs").set({ claim: null, due_at: dueAt, attempt }).where("id", "=", id).where("claim", "=", claim).execute()
}

/** Jobs of a kind in the queue, running ones included; counts no further than `most`. */
export async function countJobs(db: Reader | Transaction, kind: string, most: number): Promise<number> {
  const rows = await db.selectFrom("jobs").select("id").where("kind", "=", kind).limit(most).execute()
  return rows.length
}
