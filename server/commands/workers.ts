import type { Serializable } from "node:child_process"
import cluster, { type Worker } from "node:cluster"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import type { Logger } from "pino"

/** A worker that lived this long, in milliseconds, did not fail at its start. */
const HEALTHY = 10_000
/** Milliseconds before a worker that keeps failing is started again: doubled each time, up to the last. */
const BACKOFF = { first: 250, last: 30_000 }
/** Milliseconds for workers to finish; one that hangs is ended then. Longer than each allows itself, shorter than the promised ten seconds. */
const GRACE = 9_000

export interface Workers {
  /** Whether the first one listens; with false it could not, has said why, and nothing runs. */
  started: Promise<boolean>
  /** Lets every worker finish what it does. */
  stop(): Promise<void>
}

/** Keeps `count` processes like this one running, until stopped. The first must listen before the others are started. */
export function keepWorkers(count: number, log: Logger): Workers {
  const state = { stopping: false }
  cluster.on("message", passOn)
  const first = cluster.fork()
  const started = Promise.race([once(first, "listening").then(() => true), once(first, "exit").then(() => false)])
  const lanes = started.then((listens) => {
    if (!listens) return []
    return Array.from({ length: count }, (_, index) => keepOne(index === 0 ? first : cluster.fork(), state, log))
  })
  return {
    started,
    async stop() {
      state.stopping = true
      const running = () => Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
      const end = setTimeout(() => running().forEach((worker) => worker.process.kill("SIGKILL")), GRACE)
      running().forEach(tellToStop)
      await Promise.all(await lanes)
      clearTimeout(end)
    },
  }
}

/** Says to every worker what one of them said. */
function passOn(from: Worker, message: Serializable): void {
  for (const worker of Object.values(cluster.workers ?? {})) {
    // One that dies in this moment has nothing to hear: that is no error of this process.
    if (worker && worker !== from && worker.isConnected()) worker.process.send(message, undefined, undefined, () => {})
  }
}

async function keepOne(worker: Worker, state: { stopping: boolean }, log: Logger): Promise<void> {
  let wait = BACKOFF.first
  for (let current = worker; ; current = cluster.fork()) {
    const began = performance.now()
    const [code, signal] = (await once(current, "exit")) as [number | null, string | null]
    if (state.stopping) return
    wait = performance.now() - began > HEALTHY ? BACKOFF.first : Math.min(wait * 2, BACKOFF.last)
    log.error({ code, signal, wait }, "a worker ended; starting another")
    await pause(wait)
    if (state.stopping) return
  }
}

// One that is still starting does not hear yet; it is told again when it listens.
function tellToStop(worker: Worker): void {
  worker.on("listening", () => worker.send("stop"))
  if (worker.isConnected()) worker.send("stop")
}

/** In a worker: resolves when the first process says so, or is gone. Signals that reach the whole group change nothing. */
export function untilToldToStop(): Promise<void> {
  process.on("SIGINT", () => {})
  process.on("SIGTERM", () => {})
  return new Promise((done) => {
    process.on("message", (message) => message === "stop" && done())
    process.on("disconnect", done)
  })
}
