/** How many milliseconds of the processor an act takes: a busy machine makes a test late, but not wrong. */
export function cpuTime(act: () => void): number {
  const begun = process.cpuUsage()
  act()
  return process.cpuUsage(begun).user / 1000
}
