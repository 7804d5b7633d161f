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

// Beside this file in the sources, and beside what is built of it in `dist/`.
const reader = new URL("./page-reader.mjs", import.meta.url)

/** Reads a page that was fetched, and looks for links to one of `targets`. Throws `unsupported` for one that cannot be read. */
export function readPageElsewhere({ body, headers, type, url }: Answer, targets: string[]): Promise<PageElsewhere> {
  const charset = /;\s*charset\s*=\s*"?([\w-]{1,40})/i.exec(headers["content-type"]?.[0] ?? "")?.[1] ?? ""
  return new Promise((resolve, reject) => {
    const worker = new Worker(reader, {
      workerData: { bytes: new Uint8Array(body), charset, type, url, targets },
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    })
    const end = (read: PageElsewhere | null) => {
      clearTimeout(timer)
      void worker.terminate()
      if (read) resolve(read)
      else reject(new AppError("unsupported", "The page cannot be read."))
    }
    const timer = setTimeout(end, PATIENCE, null)
    worker.once("message", end)
    worker.once("error", () => end(null))
    worker.once("exit", () => end(null))
  })
}
