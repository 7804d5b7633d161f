import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { habeas, serve, type Served } from "../../helpers/command.ts"

const PASSWORD = "a long walk by the canal"

let dataDir: string
let site: Served | undefined

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "habeas-serve-"))
})

afterEach(async () => {
  if (site?.child.exitCode === null) await site.stop("SIGKILL")
  site = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

describe("starting", () => {
  it("fills an empty site, once, and says where it is and how to make the first administrator", async () => {
    site = await serve({ dataDir, env: { STARTER: "on" } })
    expect(site.said.out).toContain("printf 'PASSWORD' | DATA_DIR=")
    const page = await fetch(`${site.base}/wiki/krome-detention-center`)
    expect(page.status).toBe(200)
    const before = await (await fetch(`${site.base}/api/v1/pages`)).json() as { items: unknown[] }
    expect(before.items.length).toBeGreaterThan(1)
    expect(await site.stop()).toBe(0)
    await habeas(["user", "add", "Ana", "--role", "administrator"], { dataDir, input: PASSWORD })

    site = await serve({ dataDir, env: { STARTER: "on" } })
    expect(site.said.out).not.toContain("There is no administrator")
    expect(await (await fetch(`${site.base}/api/v1/pages`)).json()).toEqual(before)
  })

  it("leaves an empty site empty with STARTER=off", async () => {
    site = await serve({ dataDir })
    expect(await (await fetch(`${site.base}/api/v1/pages`)).json()).toEqual({ items: [], next: null })
  })

  it("logs lines of JSON that hold no address and no query", async () => {
    site = await serve({ dataDir })
    await fetch(`${site.base}/search?q=canary-in-a-query`, { headers: { "user-agent": "canary-agent", referer: "https://canary.example/" } })
    await fetch(`${site.base}/nowhere?canary-in-a-query`)
    await site.stop()
    const lines = site.said.out.split("\n").filter((line) => line.startsWith("{"))
    for (const line of lines) JSON.parse(line)
    expect(site.said.out.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, "")).not.toMatch(/127\.0\.0\.1|canary/)
  })
})

describe("what is no HTTP", () => {
  it("is answered with the headers of every answer, once, and the end of the connection", async () => {
    site = await serve({ dataDir })
    const odd: [what: string, request: string, status: RegExp][] = [
      ["noise", "GET / HTTP/9.9\r\n\r\n", /^HTTP\/1\.1 400 /],
      ["two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", /^HTTP\/1\.1 400 /],
      ["headers without end", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(100_000)}`, /^HTTP\/1\.1 431 /],
    ]
    for (const [what, request, status] of odd) {
      const answer = await rawly(site.base, request)
      expect(answer, what).toMatch(status)
      expect(answer, what).toMatch(/content-security-policy: default-src 'none'/i)
      expect(answer.match(/HTTP\/1\.1/g), what).toHaveLength(1)
    }
  })
})

describe("stopping", () => {
  it("finishes what is under way, refuses what is new, and exits with 0", async () => {
    const writer = await token()
    site = await serve({ dataDir })
    const { base } = site
    const kept = await Promise.all(Array.from({ length: 10 }, () => keepAlive(base)))
    const slow = await Promise.all(Array.from({ length: 5 }, (_, index) => slowSave(base, writer, `Slow page ${index}`)))
    const ended = site.stop()
    await refused(base)
    const answers = await Promise.all(slow.map((save) => save.finish()))
    expect(answers.map((answer) => answer.split("\r\n")[0])).toEqual(answers.map(() => "HTTP/1.1 201 Created"))
    expect(await ended).toBe(0)
    await Promise.all(kept.map((socket) => socket.closed))
    expect(readdirSync(dataDir).sort()).toEqual(["habeas.lock", "habeas.sqlite", "secret"])
    const verified = await habeas(["verify"], { dataDir })
    expect(verified.out).toBe("Looked at 5 pages, 5 revisions and 0 files: all is well.\n")
  })

  it("ends at once when it is told again", async () => {
    const writer = await token()
    site = await serve({ dataDir })
    await slowSave(site.base, writer, "Never finished")
    const ended = site.stop()
    await refused(site.base)
    const again = setInterval(() => site!.child.kill("SIGTERM"), 100)
    // The first of them still counts as the same wish; the save above would hold the server for eight seconds.
    expect(await ended).toBe(143)
    clearInterval(again)
  })
})

describe("a process that is killed while it saves", () => {
  it("has kept every save it acknowledged, once, in order", async () => {
    const writer = await token()
    site = await serve({ dataDir })
    const acknowledged: string[] = []
    const made = await create(site.base, writer, "Numbers", "0")
    expect(made.status).toBe(201)
    const { base, child } = site
    const writing = (async () => {
      for (let number = 1; ; number++) {
        const saved = await put(base, writer, "numbers", number, `${number}`).catch(() => null)
        if (!saved) return
        expect(saved.status).toBe(200)
        acknowledged.push(`${number}`)
        if (acknowledged.length === 20) child.kill("SIGKILL")
      }
    })()
    await writing
    expect(acknowledged.length).toBeGreaterThanOrEqual(20)

    site = await serve({ dataDir })
    const { items } = (await (await fetch(`${site.base}/api/v1/pages/numbers/revisions`)).json()) as { items: { summary: string }[] }
    const stored = items.map(({ summary }) => summary).reverse().slice(1)
    expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged)
    // The one that was under way is there or not, whole.
    expect(stored.length - acknowledged.length).toBeLessThanOrEqual(1)
    expect(await habeas(["verify"], { dataDir })).toMatchObject({ code: 0, err: "" })
  })
})

describe("several processes", () => {
  it("serve one site, and a worker that dies is replaced", async () => {
    const writer = await token()
    site = await serve({ dataDir, env: { WEB_CONCURRENCY: "2" } })
    const { base, said } = site
    expect((await create(base, writer, "Shared", "here")).status).toBe(201)
    const serves = () => fetch(`${base}/wiki/shared`, { headers: { connection: "close" } }).then(({ status }) => status === 200, () => false)
    for (let tries = 0; tries < 10; tries++) expect(await serves()).toBe(true)
    process.kill(workersOf(site.child.pid!)[0]!, "SIGKILL")
    await until(() => said.out.includes("a worker ended"))
    await until(() => workersOf(site!.child.pid!).length === 2)
    await until(serves)
    expect(await site.stop()).toBe(0)
    expect(readdirSync(dataDir).sort()).toEqual(["habeas.lock", "habeas.sqlite", "secret"])
  })

  it("know who writes at another of them", async () => {
    const writer = await token()
    site = await serve({ dataDir, env: { WEB_CONCURRENCY: "2" } })
    const { base } = site
    await create(base, writer, "Shared", "here")
    const login = await fetch(`${base}/login`, { method: "POST", redirect: "manual", body: new URLSearchParams({ username: "Ana", password: PASSWORD }) })
    const cookie = login.headers.getSetCookie().map((line) => line.split(";")[0]).find((line) => line!.startsWith("habeas="))!
    const stream = await fetch(`${base}/wiki/shared/presence?tab=0123456789`, { headers: { cookie } })
    // Each connection of its own comes to the next process.
    const tells = async () => (await fetch(`${base}/wiki/shared`, { headers: { connection: "close" } })).text().then((text) => text.includes("being edited now"))
    await until(async () => (await tells()) && (await tells()) && (await tells()))
    await stream.body!.cancel()
    expect(await site.stop()).toBe(0)
  })

  it("say in one line that they cannot listen", async () => {
    site = await serve({ dataDir })
    const { code, err } = await habeas(["serve"], { dataDir, env: { WEB_CONCURRENCY: "2", PORT: new URL(site.base).port } })
    expect(err).toMatch(/^PORT: another program is listening on port \d+ of 127\.0\.0\.1 already\.\n$/)
    expect(code).toBe(1)
  })
})

async function token(): Promise<string> {
  await habeas(["user", "add", "Ana", "--role", "editor"], { dataDir, input: PASSWORD })
  return (await habeas(["token", "add", "Ana"], { dataDir })).out.trim()
}

function create(base: string, writer: string, title: string, markdown: string): Promise<Response> {
  return send("POST", `${base}/api/v1/pages`, writer, { title, kind: "article", markdown })
}

function put(base: string, writer: string, slug: string, number: number, text: string): Promise<Response> {
  return send("PUT", `${base}/api/v1/pages/${slug}`, writer, { markdown: text, summary: text }, { "if-match": `"${number}"` })
}

function send(method: string, url: string, writer: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method, headers: { authorization: `Bearer ${writer}`, "content-type": "application/json", ...headers }, body: JSON.stringify(body) })
}

/** Everything that comes back on one connection until its end. */
function rawly(base: string, request: string): Promise<string> {
  return new Promise((done, fail) => {
    let answer = ""
    const socket = connect(Number(new URL(base).port), "127.0.0.1", () => socket.write(request))
    socket.setEncoding("utf8").on("data", (part) => (answer += part))
    socket.on("close", () => done(answer)).on("error", (error) => (answer ? done(answer) : fail(error)))
  })
}

/** A connection that has had one answer and stays open. */
async function keepAlive(base: string): Promise<{ closed: Promise<unknown> }> {
  const socket = connect(Number(new URL(base).port), "127.0.0.1")
  const closed = new Promise((done) => socket.on("close", done).on("error", done))
  socket.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
  await new Promise((done) => socket.once("data", done))
  return { closed }
}

/** A save whose second half is sent when `finish` is called. */
async function slowSave(base: string, writer: string, title: string): Promise<{ finish(): Promise<string> }> {
  const body = JSON.stringify({ title, kind: "article", markdown: "Slowly." })
  const socket = connect(Number(new URL(base).port), "127.0.0.1")
  let answer = ""
  const ended = new Promise<string>((done, fail) => {
    socket.setEncoding("utf8").on("data", (part) => (answer += part))
    socket.on("close", () => done(answer)).on("error", fail)
  })
  ended.catch(() => {})
  const head = `POST /api/v1/pages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${writer}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`
  socket.write(head)
  // The server says that it has read the headers: the request is under way.
  await until(() => answer.includes("100 Continue"))
  answer = ""
  return {
    finish: () => {
      socket.write(body)
      return ended
    },
  }
}

/** Waits until the server takes no more connections. */
function refused(base: string): Promise<void> {
  return until(async () => fetch(`${base}/healthz`, { headers: { connection: "close" } }).then((answer) => answer.status === 503, () => true))
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((again) => setTimeout(again, 5))
}

function workersOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number)
}
