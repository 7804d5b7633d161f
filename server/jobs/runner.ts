import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import type { JobBody } from "./queue.ts"
import { claimJob, deleteJob, type JobRow, listDue, releaseJob } from "./store.ts"

/** A job that runs. */
export interface Job {
  body: JobBody
  /** From 1. */
  attempt: number
  /** Whether nothing is tried after this. */
  isLast: boolean
  /** Aborted when the site has to stop and waits no longer: the job is begun again at the next start. */
  signal: AbortSignal
}

/** How one kind of work is done. It may be begun twice, after a crash, and has to lead to the same. */
export interface Kind {
  /** Throws to be tried again later; an error with `detail.retryAfter` says how many seconds. */
  run(ctx: Context, job: Job): Promise<void>
  /** How often it is tried in all. */
  attempts: number
  /** How many of the kind run at once in a process. */
  atOnce: number
}

/** Every kind by its name: the list is `work.ts`. */
export type Work = Record<string, Kind>

/** Longer than any job may take; one that was begun so long ago was lost with its process. */
const LEASE = 120_000
/** Before the second try, doubled with each, up to the last: half a minute, then one, two ... six hours. */
const BACKOFF = { first: 30_000, last: 6 * 3_600_000 }
/** How often the queue is looked into, in milliseconds: what follows a response should be done while people still look. */
const LOOK = 500
/** Milliseconds that jobs get to finish when the site stops; shorter than requests get. */
const GRACE = 6_000

export interface Runner {
  /** Begins nothing more; resolves when what runs is done or, after `grace` milliseconds, was given back. */
  stop(grace?: number): Promise<void>
}

/** Does what is due, as it becomes due, until stopped. One in each process. */
export function startRunner(ctx: Context, work: Work): Runner {
  const stopping = new AbortController()
  const begun = new Set<Promise<void>>()
  const running = new Map<string, number>()
  let looking: Promise<void> | null = null
  let isStopped = false
  const look = () => {
    if (isStopped) return
    looking ??= fill().catch((error) => ctx.log.error({ err: error }, "the queue could not be read")).finally(() => (looking = null))
  }
  const fill = async () => {
    for (const [name, kind] of Object.entries(work)) {
      const room = kind.atOnce - (running.get(name) ?? 0)
      for (const job of room > 0 ? await claimDue(ctx, name, room) : []) begin(name, kind, job)
    }
  }
  const begin = (name: string, kind: Kind, job: Claimed) => {
    running.set(name, (running.get(name) ?? 0) + 1)
    const done = runClaimed(ctx, kind, job, stopping.signal)
      .catch((error) => ctx.log.error({ err: error, job: name }, "a job could not be put back"))
      .finally(() => {
        running.set(name, running.get(name)! - 1)
        begun.delete(done)
        look()
      })
    begun.add(done)
  }
  const timer = setInterval(look, LOOK)
  look()
  return {
    async stop(grace = GRACE) {
      isStopped = true
      clearInterval(timer)
      await looking
      const giveBack = setTimeout(() => stopping.abort(), grace)
      await Promise.all(begun)
      clearTimeout(giveBack)
    },
  }
}

/** Does everything that is due at this moment, and what that leads to, one after the other; how many jobs that were. */
export async function runDue(ctx: Context, work: Work): Promise<number> {
  let count = 0
  for (let before = -1; before < count; ) {
    before = count
    for (const [name, kind] of Object.entries(work)) {
      for (const job of await claimDue(ctx, name, 1)) {
        await runClaimed(ctx, kind, job, new AbortController().signal)
        count++
      }
    }
  }
  return count
}

interface Claimed extends JobRow {
  claim: string
}

async function claimDue(ctx: Context, kind: string, limit: number): Promise<Claimed[]> {
  const now = ctx.clock()
  const due = await listDue(ctx.db.read, kind, { now: now.toISOString(), limit })
  if (due.length === 0) return []
  const until = new Date(now.getTime() + LEASE).toISOString()
  return ctx.db.write(async (tx) => {
    const claimed: Claimed[] = []
    for (const row of due) {
      const claim = ctx.ids()
      if (await claimJob(tx, row, { claim, until })) claimed.push({ ...row, attempt: row.attempt + 1, claim })
    }
    return claimed
  })
}

async function runClaimed(ctx: Context, kind: Kind, { id, claim, body, attempt, kind: name }: Claimed, signal: AbortSignal): Promise<void> {
  const isLast = attempt >= kind.attempts
  let again: string | null = null
  try {
    // Begun in vain before: each time, its process ended with it.
    if (attempt > kind.attempts) throw new AppError("unavailable", "The job never came to its end.")
    await kind.run(ctx, { body: JSON.parse(body) as JobBody, attempt, isLast, signal })
  } catch (error) {
    if (signal.aborted) return giveBack(ctx, id, claim, attempt - 1)
    tell(ctx, error, { job: name, attempt, isLast })
    if (!isLast) again = retryAt(ctx, error, attempt)
  }
  await ctx.db.write((tx) => (again ? releaseJob(tx, id, { claim, dueAt: again, attempt }) : deleteJob(tx, id, claim)))
}

// A refusal by the outside is no fault of ours: a line without a stack, and without the address that refused.
function tell(ctx: Context, error: unknown, { isLast, ...job }: { job: string; attempt: number; isLast: boolean }): void {
  const what = error instanceof AppError ? { code: error.code } : { err: error }
  ctx.log[error instanceof AppError ? "info" : "error"]({ ...what, ...job }, isLast ? "a job was given up" : "a job failed and is tried again")
}

// The site stops: the try does not count.
function giveBack(ctx: Context, id: string, claim: string, attempt: number): Promise<void> {
  return ctx.db.write((tx) => releaseJob(tx, id, { claim, dueAt: ctx.clock().toISOString(), attempt }))
}

function retryAt(ctx: Context, error: unknown, attempt: number): string {
  const { retryAfter } = (error as { detail?: { retryAfter?: number } }).detail ?? {}
  const wait = retryAfter === undefined ? BACKOFF.first * 2 ** (attempt - 1) : retryAfter * 1000
  return new Date(ctx.clock().getTime() + Math.min(wait, BACKOFF.last)).toISOString()
}
