import autocannon from "autocannon"
import { usageOf } from "./site.mjs"

const CONNECTIONS = 16
const SECONDS = 4

/** Reads `url` for a few seconds; requests a second, and a second of the server's processor. */
export async function load(url, headers, pid) {
  const before = usageOf(pid)
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: SECONDS })
  const after = usageOf(pid)
  if (result.non2xx + result.errors > 0) throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`)
  const total = result.requests.total
  return { rate: total / result.duration, perCpu: before && after ? total / (after.cpu - before.cpu) : Number.NaN, peak: after?.peak }
}

/** Measures each in turn, several rounds, so that a machine's drift hits all alike; the medians. */
export async function inTurn(rounds, measures) {
  const found = Object.fromEntries(Object.keys(measures).map((name) => [name, []]))
  for (const measure of Object.values(measures)) await measure()
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of Object.entries(measures)) found[name].push(await measure())
  }
  return Object.fromEntries(
    Object.entries(found).map(([name, results]) => [
      name,
      Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(results.map((result) => result[key]))])),
    ]),
  )
}

export function median(numbers) {
  return [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)]
}
