import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

const program = fileURLToPath(new URL("../../dist/habeas.js", import.meta.url))

/** How a command ended and what it said. */
export interface Ended {
  code: number | null
  out: string
  err: string
}

export interface Surroundings {
  dataDir: string
  /** Further variables; nothing of this process's own is passed on but PATH. */
  env?: Record<string, string>
  /** What comes on standard input, which ends after it. */
  input?: string | Buffer
}

/** Runs the built command line to its end. */
export async function habeas(args: string[], { dataDir, env = {}, input = "" }: Surroundings): Promise<Ended> {
  const child = start(args, dataDir, env)
  const said = listen(child)
  child.stdin!.on("error", () => {}).end(input)
  const [code] = (await once(child, "close")) as [number | null]
  return { code, ...said }
}

/** A site that is served by a process of its own. */
export interface Served {
  base: string
  child: ChildProcess
  /** Everything it has said so far. */
  said: { out: string; err: string }
  /** Sends a signal, and waits for the end: the exit status, or the signal that ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | string | null>
}

/** Starts a server on a free port and waits until it says where it is. */
export async function serve({ dataDir, env = {} }: Surroundings): Promise<Served> {
  const child = start(["serve"], dataDir, env)
  const said = listen(child)
  const ended = once(child, "close") as Promise<[number | null, string | null]>
  child.stdin!.end()
  const base = await Promise.race([address(child, said), ended.then(() => null)])
  if (base === null) throw new Error(`The server ended: ${said.out}${said.err}`)
  return {
    base,
    child,
    said,
    async stop(signal = "SIGTERM") {
      child.kill(signal)
      const [code, by] = await ended
      return code ?? by
    },
  }
}

function start(args: string[], dataDir: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", LIMITS: "off", STARTER: "off", DATA_DIR: dataDir, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  })
}

function listen(child: ChildProcess): { out: string; err: string } {
  const said = { out: "", err: "" }
  child.stdout!.setEncoding("utf8").on("data", (part: string) => (said.out += part))
  child.stderr!.setEncoding("utf8").on("data", (part: string) => (said.err += part))
  return said
}

function address(child: ChildProcess, said: { out: string }): Promise<string> {
  return new Promise((done) => {
    child.stdout!.on("data", () => {
      const port = /Habeas is at http:\/\/localhost:(\d+)/.exec(said.out)?.[1]
      if (port) done(`http://127.0.0.1:${port}`)
    })
  })
}
