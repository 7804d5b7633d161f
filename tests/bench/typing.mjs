// What writing on a large page is like in a real browser: until the editor is there, and from a key to its letter on the screen.
import { chromium } from "playwright-core"
import { findChromium } from "../helpers/find-chromium.mjs"

const KEYS = 200
/** Of a quick typist, in milliseconds between two keys. */
const PACE = 80

/** Opens the form of the page at `path` as this person and types in the middle of the text; all figures in milliseconds. */
export async function typing(base, path, { name, password }) {
  // Letters are drawn when they are ready: the wait for the screen's next refresh is not the editor's.
  const args = ["--no-sandbox", "--disable-gpu-vsync", "--disable-frame-rate-limit"]
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args })
  try {
    const page = await (await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 800 } })).newPage()
    await logIn(page, name, password)
    const ready = []
    for (let round = 0; round < 3; round++) ready.push(await open(page, path))
    const cpu = await processorTime(page)
    const strokes = await strike(page)
    const perKey = (await cpu()) / KEYS
    await browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] })
    await strike(page)
    const busy = busyUntilPaint(JSON.parse((await browser.stopTracing()).toString()).traceEvents)
    return { perKey, busy: part(busy, 0.95), ready: ready.sort((one, other) => one - other)[1], p50: part(strokes, 0.5), p95: part(strokes, 0.95), longest: strokes.at(-1) }
  } finally {
    await browser.close()
  }
}

async function logIn(page, name, password) {
  await page.goto("/login")
  await page.fill('[name="username"]', name)
  await page.fill('[name="password"]', password)
  await page.click('main button[type="submit"]')
  await page.getByRole("link", { name, exact: true }).waitFor()
}

/** From asking for the page to the editor being painted and ready for a key. */
async function open(page, path) {
  await page.goto(`${path}/edit`, { waitUntil: "commit" })
  return page.evaluate(async () => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    while (!document.querySelector(".ProseMirror[contenteditable=true] p")) await new Promise((done) => setTimeout(done, 2))
    await painted()
    return performance.now()
  })
}

/** Milliseconds from each key to the paint that shows it, the shortest first. */
async function strike(page) {
  await page.evaluate(() => {
    const blocks = document.querySelectorAll(".ProseMirror > p")
    const middle = blocks[blocks.length >> 1]
    middle.scrollIntoView({ block: "center" })
    document.querySelector(".ProseMirror").focus()
    getSelection().selectAllChildren(middle)
    getSelection().collapseToEnd()
    window.strokes = []
    const { port1, port2 } = new MessageChannel()
    const open = []
    port1.onmessage = () => {
      const now = performance.now()
      for (const at of open.splice(0)) window.strokes.push(now - at)
    }
    // What is posted from a frame is heard once that frame is painted.
    addEventListener("keydown", ({ timeStamp }) => {
      open.push(timeStamp)
      requestAnimationFrame(() => port2.postMessage(null))
    }, true)
  })
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press(key % 6 === 5 ? "Space" : "abcdefgh"[key % 8])
    await page.waitForTimeout(PACE)
  }
  return (await page.evaluate(() => window.strokes)).sort((one, other) => one - other)
}

/** Milliseconds of the processor that the page takes from now on, whatever else the machine does: writing, drawing and keeping drafts. */
async function processorTime(page) {
  const client = await page.context().newCDPSession(page)
  await client.send("Performance.enable", { timeDomain: "threadTicks" })
  const now = async () => (await client.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000
  const begin = await now()
  return async () => (await now()) - begin
}

/** Milliseconds of the processor from each key until its letter is handed to the screen, the shortest first: of the page's own thread alone. */
function busyUntilPaint(events) {
  const keys = events.filter(({ name, args }) => name === "EventDispatch" && args.data.type === "keydown")
  const own = events.filter(({ ph, pid, tid }) => ph === "X" && pid === keys[0].pid && tid === keys[0].tid)
  const typed = own.filter(({ name, args }) => name === "EventDispatch" && args.data.type === "input")
  const [tasks, paints] = ["RunTask", "Commit"].map((wanted) => own.filter(({ name }) => name === wanted))
  const times = keys.flatMap((key) => {
    const letter = typed.find(({ ts }) => ts > key.ts)
    const paint = letter && paints.find(({ ts }) => ts > letter.ts)
    if (!paint) return []
    const during = tasks.filter(({ ts, dur }) => ts + dur > key.ts && ts < paint.ts + paint.dur)
    return [during.reduce((sum, { tdur }) => sum + tdur, 0) / 1000]
  })
  return times.sort((one, other) => one - other)
}

function part(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
