/** Work shorter than this, in milliseconds, is done before anybody wonders. */
const PATIENCE = 1_000

/** Told how much of the work is done, from 0 to 1. */
export type Progress = (part: number) => void

/**
 * Shows on standard error how far `what` has come: one line that changes on a terminal, else a line for every tenth.
 * Nothing is shown of short work.
 */
export function showProgress(what: string): Progress {
  const started = performance.now()
  let shown = 0
  return (part) => {
    const percent = Math.floor(Math.min(1, part) * 100)
    if (performance.now() - started < PATIENCE || percent <= shown) return
    if (process.stderr.isTTY) {
      shown = percent
      process.stderr.write(`\r\x1b[2K${what}: ${percent} %${percent === 100 ? "\n" : ""}`)
    } else if (Math.floor(percent / 10) > Math.floor(shown / 10)) {
      shown = percent
      process.stderr.write(`${what}: ${percent} %\n`)
    }
  }
}
