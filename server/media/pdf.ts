import { Worker } from "node:worker_threads"
import { AppError, invalid } from "../errors.ts"

/** Milliseconds for one file; a report of hundreds of pages takes two seconds. */
const PATIENCE = 30_000
const MEGABYTES = 640

// Beside this file in the sources, and beside what is built of it in `dist/`.
const cleaner = new URL("./pdf-cleaner.mjs", import.meta.url)

/**
 * Writes the PDF of `from` to `to` without the metadata of the document (title, author, programs, times, XMP) and without what it would
 * run by itself, and without what cameras wrote into photographs (JPEG) in it. Throws `invalid` for a file that is damaged or locked.
 */
export async function cleanPdf(from: string, to: string): Promise<void> {
  const outcome = await run(from, to)
  if (outcome === "clean") return
  if (outcome === "locked") throw invalid("file", "This PDF is locked with a password. Save a copy without one and try again.")
  if (outcome === "damaged") throw invalid("file", "This PDF is damaged and cannot be read. Save or print it anew as PDF and try again.")
  throw new AppError("invalid", "This PDF is too complicated to be cleaned here. Save or print it anew as PDF and try again.")
}

function run(from: string, to: string): Promise<string> {
  return new Promise((resolve) => {
    const worker = new Worker(cleaner, { workerData: { from, to }, resourceLimits: { maxOldGenerationSizeMb: MEGABYTES } })
    const end = (outcome: string) => {
      clearTimeout(timer)
      void worker.terminate()
      resolve(outcome)
    }
    const timer = setTimeout(() => end("endless"), PATIENCE)
    worker.once("message", end)
    worker.once("error", () => end("too much"))
    worker.once("exit", () => end("too much"))
  })
}
