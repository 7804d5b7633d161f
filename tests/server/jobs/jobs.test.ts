import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { AppError } from "../../../server/errors.ts"
import { enqueue, isFull, type NewJob } from "../../../server/jobs/queue.ts"
import { type Job, runDue, type Runner, startRunner, type Work } from "../../../server/jobs/runner.ts"
import { openTestSite, type TestSite } from "../../helpers/site.ts"

let site: TestSite
let ran: Job[]
let runner: Runner | null

beforeEach(async () => {
  site = await openTestSite()
  ran = []
  runner = null
})
afterEach(async () => {
  await runner?.stop()
  await site.close()
})

/** Work of one kind, "note", that writes down what it was told and then does `also`. */
function noting(also: (job: Job) => Promise<void> | void = () => {}, attempts = 3): Work {
  return { note: { attempts, atOnce: 2, run: async (_ctx, job) => void (ran.push(job), await also(job)) } }
}

const add = (job: Partial<NewJob> = {}) => site.ctx.db.write((tx) => enqueue(site.ctx, tx, { kind: "note", body: { n: 1 }, ...job }))
const rows = () => site.ctx.db.read.selectFrom("jobs").selectAll().execute()
const gate = () => {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
const until = async (isSo: () => boolean | Promise<boolean>) => {
  while (!(await isSo())) await new Promise((done) => setImmediate(done))
}

describe("work after the response", () => {
  it("is not done when the act it follows did not happen", async () => {
    const act = site.ctx.db.write(async (tx) => {
      await enqueue(site.ctx, tx, { kind: "note", body: {} })
      throw new AppError("conflict", "Somebody was quicker.")
    })
    await expect(act).rejects.toThrow("quicker")
    expect(await runDue(site.ctx, noting())).toBe(0)
  })

  it("is done once and then forgotten", async () => {
    await add({ body: { page: "p", number: 3 } })
    expect(await runDue(site.ctx, noting())).toBe(1)
    expect(ran).toMatchObject([{ body: { page: "p", number: 3 }, attempt: 1, isLast: false }])
    expect(await rows()).toEqual([])
  })

  it("waits for its time", async () => {
    await add({ at: new Date(site.now().getTime() + 60_000) })
    expect(await runDue(site.ctx, noting())).toBe(0)
    site.pass(60_000)
    expect(await runDue(site.ctx, noting())).toBe(1)
  })

  it("is tried again after half a minute, then a minute, and given up with the last try", async () => {
    const fails = noting(() => Promise.reject(new AppError("unavailable", "Nobody answered.")))
    await add()
    expect(await runDue(site.ctx, fails)).toBe(1)
    site.pass(29_000)
    expect(await runDue(site.ctx, fails)).toBe(0)
    site.pass(1_000)
    expect(await runDue(site.ctx, fails)).toBe(1)
    site.pass(60_000)
    expect(await runDue(site.ctx, fails)).toBe(1)
    expect(ran.map(({ isLast }) => isLast)).toEqual([false, false, true])
    expect(await rows()).toEqual([])
    expect(site.log.filter((line) => line.includes("given up"))).toHaveLength(1)
  })

  it("is tried again when the refusal says", async () => {
    const fails = noting(() => Promise.reject(new AppError("too-many", "Later.", { retryAfter: 5 })))
    await add()
    await runDue(site.ctx, fails)
    site.pass(5_000)
    expect(await runDue(site.ctx, fails)).toBe(1)
  })

  it("is begun again when its process was lost, and not while it may still run", async () => {
    await add()
    const { promise, resolve } = gate()
    const lost = runDue(site.ctx, noting(() => promise))
    await until(() => ran.length === 1)
    expect(await runDue(site.ctx, noting())).toBe(0)
    site.pass(120_000)
    expect(await runDue(site.ctx, noting())).toBe(1)
    expect(ran[1]!.attempt).toBe(2)
    resolve()
    await lost
    expect(await rows()).toEqual([])
  })

  it("is given up when every try ended with its process", async () => {
    await add()
    await site.ctx.db.write((tx) => tx.updateTable("jobs").set({ attempt: 3 }).execute())
    await runDue(site.ctx, noting())
    expect(ran).toEqual([])
    expect(await rows()).toEqual([])
  })

  it("waits once under a key, with the newer body and the earlier time", async () => {
    await add({ key: "k", body: { n: 1 }, at: new Date(site.now().getTime() + 1_000) })
    await add({ key: "k", body: { n: 2 }, at: new Date(site.now().getTime() + 9_000) })
    await add({ key: "other", body: { n: 3 }, at: new Date(site.now().getTime() + 9_000) })
    site.pass(1_000)
    await runDue(site.ctx, noting())
    expect(ran.map(({ body }) => body)).toEqual([{ n: 2 }])
  })

  it("is done once more when it is asked for again under its key while it runs", async () => {
    await add({ key: "k", body: { n: 1 } })
    await runDue(site.ctx, noting(({ body }) => (body.n === 1 ? add({ key: "k", body: { n: 2 } }) : undefined)))
    expect(ran.map(({ body }) => body.n)).toEqual([1, 2])
    expect(await rows()).toEqual([])
  })

  it("is begun by one of two that saw it", async () => {
    for (let n = 0; n < 10; n++) await add({ body: { n } })
    await Promise.all([runDue(site.ctx, noting()), runDue(site.ctx, noting())])
    expect(ran.map(({ body }) => body.n).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it("tells when a queue is full", async () => {
    await add()
    expect(await isFull(site.ctx.db.read, "note", 2)).toBe(false)
    await add()
    expect(await isFull(site.ctx.db.read, "note", 2)).toBe(true)
    expect(await isFull(site.ctx.db.read, "other", 2)).toBe(false)
  })
})

describe("the runner", () => {
  it("begins no more jobs at once than the kind allows, and all in the end", async () => {
    let most = 0
    let now = 0
    const slow = noting(async () => {
      most = Math.max(most, ++now)
      await new Promise((done) => setImmediate(done))
      now--
    })
    for (let n = 0; n < 7; n++) await add()
    runner = startRunner(site.ctx, slow)
    await until(async () => (await rows()).length === 0)
    expect(ran).toHaveLength(7)
    expect(most).toBe(2)
  })

  it("finishes what runs before it stops, and begins nothing more", async () => {
    const { promise, resolve } = gate()
    for (let n = 0; n < 3; n++) await add()
    runner = startRunner(site.ctx, noting(() => promise))
    await until(() => ran.length === 2)
    const stopped = runner.stop()
    resolve()
    await stopped
    expect(ran).toHaveLength(2)
    expect(await rows()).toHaveLength(1)
  })

  it("gives back a job that does not finish in time, as if it had not been begun", async () => {
    await add()
    const endless = ({ signal }: Job) =>
      new Promise<void>((_done, fail) => signal.addEventListener("abort", () => fail(new Error("stopped")), { once: true }))
    runner = startRunner(site.ctx, noting(endless))
    await until(() => ran.length === 1)
    await runner.stop(0)
    expect(await rows()).toMatchObject([{ attempt: 0, claim: null }])
    expect(await runDue(site.ctx, noting())).toBe(1)
  })
})
