// A flood of pings against one page: what readers of it notice, what it costs, and how much is asked of others for it.
import { spawn } from "node:child_process"
import { createServer } from "node:http"
import { text } from "node:stream/consumers"
import { median } from "./load.mjs"
import { freePort, startSite, usageOf } from "./site.mjs"

const PAGE = "/wiki/krome-detention-center"
const PINGS = 1_000
const SECONDS = 10
/** One reader each of these milliseconds: as many as a page of this kind has on its worst day. */
const READER = 20

/** Measures with the limits of a site on the web, and without any, when the bounded queue alone holds. */
export async function flood(row) {
  for (const limits of ["on", "off"]) {
    const { quiet, flooded, asked, answered, growth, cost } = await measure(limits)
    const what = `1,000 pings/s, limits ${limits}`
    row(`page latency with ${what} / without, median`, flooded.median / quiet.median, "< 1.5", `${ms(flooded.median)} against ${ms(quiet.median)}`)
    row(`the same, the slowest 1 %`, flooded.slow / quiet.slow, "", `${ms(flooded.slow)} against ${ms(quiet.slow)}`)
    row(`memory that ${what} took, MB`, growth / 1e6, "< 100", `${answered} pings answered`)
    row(`the server's processor for each, ms`, cost * 1_000, "", "with a reader each 20 ms")
    row(`fetches for ${what}`, asked, "<= 100", "one for each source that was let in")
  }
}

async function measure(limits) {
  let asked = 0
  const source = createServer((_request, response) => {
    asked++
    response.writeHead(200, { "content-type": "text/html" }).end("<p>Nothing here links anywhere.")
  })
  const port = await freePort()
  await new Promise((done) => source.listen(port, "127.0.0.1", done))
  const site = await startSite({ LIMITS: limits, OUTBOUND_ALLOW: `127.0.0.1:${port}` })
  try {
    const quiet = await read(site.base + PAGE)
    const before = usageOf(site.pid) ?? { peak: 0, cpu: 0 }
    const pings = send(site.base, port)
    const flooded = await read(site.base + PAGE)
    const answered = await pings
    const after = usageOf(site.pid)
    return { quiet, flooded, asked, answered, growth: (after?.peak ?? 0) - before.peak, cost: ((after?.cpu ?? 0) - before.cpu) / answered }
  } finally {
    await site.stop()
    site.remove()
    source.close()
  }
}

/** Sends them from another process; how many were answered. */
async function send(base, port) {
  // As the site names itself.
  const target = base.replace("127.0.0.1", "localhost") + PAGE
  const pinger = new URL("pinger.mjs", import.meta.url).pathname
  const child = spawn(process.execPath, [pinger, new URL(base).port, `http://127.0.0.1:${port}`, target, PINGS, SECONDS], { stdio: ["ignore", "pipe", "inherit"] })
  return Number(await text(child.stdout))
}

/** A reader at a time, each on a connection of their own making. */
async function read(url) {
  const times = []
  const end = performance.now() + SECONDS * 1_000
  while (performance.now() < end) {
    const began = performance.now()
    const answer = await fetch(url)
    await answer.text()
    if (answer.status !== 200) throw new Error(`A reader was answered ${answer.status}.`)
    times.push(performance.now() - began)
    await new Promise((done) => setTimeout(done, READER))
  }
  times.sort((one, other) => one - other)
  return { median: median(times), slow: times[Math.floor(times.length * 0.99)] }
}

function ms(time) {
  return `${time.toFixed(1)} ms`
}
