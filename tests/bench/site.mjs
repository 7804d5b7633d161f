// A built site as a child process, as an operator starts it, and what it costs.
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

export const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..")
const program = join(root, "dist", "habeas.js")

/** Starts the site on a free port over an empty folder; `firstResponse` is the time from the start to the first answer, in ms. */
export async function startSite(variables = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), "habeas-bench-"))
  const port = await freePort()
  const started = performance.now()
  const child = run("serve", { dataDir, port, variables })
  const base = `http://127.0.0.1:${port}`
  await answered(`${base}/healthz`, child)
  const firstResponse = performance.now() - started
  return {
    base,
    dataDir,
    pid: child.pid,
    firstResponse,
    command: (args, input = "") => finish(spawn(process.execPath, [program, ...args], { env: env({ dataDir, port, variables }) }), input),
    restart: async () => {
      await stop(child)
      const again = performance.now()
      const next = run("serve", { dataDir, port, variables })
      await answered(`${base}/healthz`, next)
      const time = performance.now() - again
      await stop(next)
      return time
    },
    /** Serves the same folder again once it was stopped, on another port. */
    resume: async () => {
      const nextPort = await freePort()
      const next = run("serve", { dataDir, port: nextPort, variables })
      await answered(`http://127.0.0.1:${nextPort}/healthz`, next)
      return { base: `http://127.0.0.1:${nextPort}`, stop: () => stop(next) }
    },
    stop: () => stop(child),
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

/** Processor seconds and resident bytes of a process so far; null where the system does not tell. */
export function usageOf(pid) {
  if (!existsSync(`/proc/${pid}/stat`)) return null
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ")
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, peak: Number(peak?.[1] ?? 0) * 1024 }
}

/** Milliseconds that a process's main thread has been on a processor so far; null where the system does not tell. */
export function busyOf(pid) {
  const file = `/proc/${pid}/schedstat`
  return existsSync(file) ? Number(readFileSync(file, "utf8").split(" ", 1)[0]) / 1e6 : null
}

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })
}

/** Logs in through the form; gives the cookies of a person who has read `page` once. */
export async function logIn(base, username, password, page = "/") {
  const form = await fetch(`${base}/login`)
  const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())[1]
  const response = await fetch(`${base}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookies(form) },
    body: new URLSearchParams({ username, password, _csrf: token }),
  })
  const session = cookies(response)
  const read = await fetch(base + page, { headers: { cookie: session } })
  return [session, cookies(read)].filter(Boolean).join("; ")
}

function cookies(response) {
  return response.headers.getSetCookie().filter((cookie) => !/=;/.test(cookie)).map((cookie) => cookie.split(";", 1)[0]).join("; ")
}

export async function answered(url, child) {
  for (let tries = 0; tries < 2_000; tries++) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}`)
    const response = await fetch(url).catch(() => null)
    if (response?.ok) return response.arrayBuffer()
    await new Promise((again) => setTimeout(again, 5))
  }
  throw new Error(`No answer from ${url}`)
}

function run(command, options) {
  const child = spawn(process.execPath, [program, command], { env: env(options), stdio: ["ignore", "ignore", "pipe"] })
  child.stderr.on("data", (data) => process.stderr.write(data))
  return child
}

function env({ dataDir, port, variables }) {
  return { ...process.env, HOST: "127.0.0.1", PORT: String(port), DATA_DIR: dataDir, LIMITS: "off", ...variables }
}

function stop(child) {
  return new Promise((done) => {
    if (child.exitCode !== null) return done()
    child.once("exit", done)
    child.kill("SIGTERM")
  })
}

function finish(child, input) {
  return new Promise((done, fail) => {
    let out = ""
    child.stdout.on("data", (data) => (out += data))
    child.stderr.on("data", (data) => process.stderr.write(data))
    child.on("exit", (code) => (code === 0 ? done(out.trim()) : fail(new Error(`ended with ${code}`))))
    child.stdin.end(input)
  })
}
