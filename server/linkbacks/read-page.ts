import { Worker } from "node:worker_threads"
import { AppError } from "../errors.ts"
import type { Answer } from "../outbound/answer.ts"

/** What a page elsewhere says and links to. Its texts are as it wrote them: never shown before `plainText`. */
export interface PageElsewhere {
  /** What it leads to or shows, absolute. */
  links: { href: string; isHidden: boolean }[]
  /** The words around the link to one of the targets. */
  excerptOfLink: string
  title: string
  excerpt: string
  author: string
  site: string
  writtenAt: string
  /** The endpoint in the document: the first `link` or `a`. */
  webmention: string | null
  /** Addresses for TrackBack pings; those of RDF say which page they are for. */
  trackbacks: { identifier: string | null; ping: string }[]
  /** The server that a `link` names in exactly the way Pingback 1.0 asks for. */
  pingback: string | null
}

/** Milliseconds for one page; a megabyte of ordinary HTML takes a third of a second. */
const PATIENCE = 4_000
const MEGABYTES = 256
/** A thread that has nothing to read for so long is ended, and its memory with it. */
const IDLE = 30_000

// Beside this file in the sources, and beside what is built of it in `dist/`.
const reader = new URL("./page-reader.mjs", import.meta.url)

interface Thread {
  worker: Worker
  idle?: NodeJS.Timeout
}

// One for the process, whatever site it serves: a thread costs more to start than most pages do to read.
let thread: Thread | null = null
let turn: Promise<unknown> = Promise.resolve()

/** Reads a page that was fetched, and looks for links to one of `targets`; one page at a time. Throws `unsupported` for one that cannot be read. */
export function readPageElsewhere({ body, headers, type, url }: Answer, targets: string[]): Promise<PageElsewhere> {
  const charset = /;\s*charset\s*=\s*"?([\w-]{1,40})/i.exec(headers["content-type"]?.[0] ?? "")?.[1] ?? ""
  const read = turn.then(() => readInThread({ bytes: new Uint8Array(body), charset, type, url, targets }))
  turn = read.catch(() => {})
  return read
}

function readInThread(sent: unknown): Promise<PageElsewhere> {
  const { worker, idle } = (thread ??= { worker: new Worker(reader, { resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } }) })
  clearTimeout(idle)
  worker.ref()
  return new Promise((resolve, reject) => {
    const end = (read: PageElsewhere | null, isBroken: boolean) => {
      clearTimeout(timer)
      worker.off("message", done).off("error", fail).off("exit", fail)
      if (isBroken) dismiss(worker)
      else rest(worker)
      if (read) resolve(read)
      else reject(new AppError("unsupported", "The page cannot be read."))
    }
    const done = (read: PageElsewhere | null) => end(read, false)
    const fail = () => end(null, true)
    const timer = setTimeout(fail, PATIENCE)
    worker.on("message", done).on("error", fail).on("exit", fail).postMessage(sent)
  })
}

// Waiting, it keeps no process alive.
function rest(worker: Worker): void {
  worker.unref()
  thread = { worker, idle: setTimeout(() => dismiss(worker), IDLE).unref() }
}

function dismiss(worker: Worker): void {
  thread = null
  worker.on("error", () => {})
  void worker.terminate()
}
