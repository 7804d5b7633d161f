/**
 * Signals this close together are one wish: under npm, a terminal's Ctrl-C reaches the server twice, from the terminal
 * and from npm.
 */
const TOGETHER = 1_000
const SIGNALS = { SIGTERM: 15, SIGINT: 2 } as const

/** Resolves at the first SIGTERM or SIGINT. Another one, later, ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((done) => {
    let asked: number | null = null
    for (const [signal, number] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        asked ??= performance.now()
        if (performance.now() - asked > TOGETHER) process.exit(128 + number)
        done()
      })
    }
  })
}
