import { lookup } from "node:dns/promises"
import { isIP, type LookupFunction } from "node:net"
import type { Dispatcher } from "undici"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"
import { isPublicAddress } from "./addresses.ts"
import type { Answer, Question } from "./answer.ts"
import { readBody } from "./body.ts"

/** Milliseconds for everything: names, redirects, the slowest drip. */
const PATIENCE = 10_000
const MOST_REDIRECTS = 3
/** Bytes of a body after decompression. */
const MOST_BYTES = 1024 * 1024
/** Of all headers of an answer. */
const HEADER_BYTES = 16 * 1024
const URL_LENGTH = 2_048
/** Text of any kind, and the formats that are text by another name. */
const TEXT = /^(?:text\/[\w.+-]+|application\/(?:xhtml\+xml|xml|json|[\w.-]+\+(?:xml|json)))$/

/** The outside as tests change it: names that mean what they say, and less time. */
export interface Surroundings {
  resolve?: (host: string) => Promise<string[]>
  patience?: number
}
type Resolve = NonNullable<Surroundings["resolve"]>

/**
 * The only way out of the machine. Asks `url` and follows redirects, each of them checked anew: http(s) on ports 80 and 443,
 * every address of the name public, and the connection made to an address that was checked. No cookies, no proxy, nothing kept
 * alive, one agent name for all. `OUTBOUND_ALLOW` opens chosen hosts and ports. Throws `forbidden` for what may not be reached,
 * `unsupported` for an answer that is no text, `too-large`, and `unavailable` when nobody answered properly in time.
 */
export async function safeFetch(
  config: Pick<Config, "outboundAllow" | "baseUrl">,
  url: string,
  question: Question = {},
  { resolve = resolveAll, patience = PATIENCE }: Surroundings = {},
): Promise<Answer> {
  const late = AbortSignal.timeout(patience)
  const signal = question.signal ? AbortSignal.any([late, question.signal]) : late
  try {
    let at = url
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const place = await check(config, at, resolve, signal)
      const { answer, location } = await ask(config, place, { ...question, signal })
      if (location === null) return answer
      at = location
    }
  } catch (error) {
    throw error instanceof AppError ? error : unreachable(error)
  }
  throw new AppError("forbidden", `More than ${MOST_REDIRECTS} redirects.`)
}

/** An address, and the IP addresses that were found to be all right. */
interface Place {
  url: URL
  addresses: string[]
}

async function check(config: Pick<Config, "outboundAllow">, href: string, resolve: Resolve, signal: AbortSignal): Promise<Place> {
  const url = href.length <= URL_LENGTH && URL.canParse(href) ? new URL(href) : null
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) throw new AppError("forbidden", "Only http and https addresses are fetched.")
  if (url.username || url.password) throw new AppError("forbidden", "Addresses with a name or password are not fetched.")
  const host = url.hostname.replace(/^\[|\]$/g, "")
  const isOpened = config.outboundAllow.some((pair) => pair.toLowerCase() === `${host}:${url.port || (url.protocol === "https:" ? 443 : 80)}`)
  if (url.port && !isOpened && url.port !== "80" && url.port !== "443") throw new AppError("forbidden", "Only ports 80 and 443 are fetched from.")
  const addresses = isIP(host) ? [host] : await orAbort(resolve(host), signal)
  if (addresses.length === 0) throw new AppError("unavailable", "The name has no address.")
  // One bad address among good ones is an attempt to be let in by the good ones.
  if (!isOpened && !addresses.every(isPublicAddress)) throw new AppError("forbidden", "The address is not public.")
  return { url, addresses }
}

async function ask(
  { baseUrl }: Pick<Config, "baseUrl">,
  { url, addresses }: Place,
  { method = "GET", body, headers, headersWillDo = method !== "GET", signal }: Question & { signal: AbortSignal },
): Promise<{ answer: Answer; location: string | null }> {
  // Its own connection, closed after it; the name is never looked up again.
  // Loaded when the site first asks somebody something: it takes some megabytes.
  const { Client } = await import("undici")
  const client = new Client(url.origin, {
    connect: { lookup: pinned(addresses), timeout: PATIENCE, autoSelectFamily: true },
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: PATIENCE,
    bodyTimeout: PATIENCE,
    pipelining: 1,
  })
  try {
    const response = await client.request({
      method,
      path: url.pathname + url.search,
      body: body ?? null,
      headers: { "user-agent": `Habeas (Webmention; +${baseUrl})`, "accept-encoding": "gzip, deflate, br", connection: "close", ...headers },
      signal,
    })
    response.body.on("error", () => {})
    return await read(url, { method, headersWillDo, signal }, response)
  } finally {
    await client.destroy()
  }
}

type Expected = Required<Pick<Question, "method" | "headersWillDo" | "signal">>

async function read(
  url: URL,
  { method, headersWillDo, signal }: Expected,
  response: Dispatcher.ResponseData,
): Promise<{ answer: Answer; location: string | null }> {
  const { statusCode: status } = response
  const headers = listed(response.headers)
  const answer: Answer = { url: url.href, status, headers, type: typeOf(headers), body: Buffer.alloc(0) }
  const location = redirectOf(url, method, status, headers)
  if (location !== null || method === "HEAD" || status === 204 || status === 304) return { answer, location }
  if (!TEXT.test(answer.type)) {
    if (!headersWillDo && status < 300) throw new AppError("unsupported", "The answer is no text.")
    return { answer, location }
  }
  answer.body = await readBody(response.body, { encoding: headers["content-encoding"]?.join(",") ?? "", most: MOST_BYTES, signal })
  return { answer, location }
}

// A form that was posted is posted again only where the answer says that nothing was done with it (RFC 9110 §15.4).
function redirectOf(url: URL, method: string, status: number, headers: Answer["headers"]): string | null {
  const follows = method === "POST" ? [307, 308] : [301, 302, 303, 307, 308]
  const to = headers.location?.[0]
  if (!follows.includes(status) || to === undefined) return null
  if (!URL.canParse(to, url.href)) throw new AppError("unavailable", "The answer redirects to nowhere.")
  return new URL(to, url).href
}

function pinned(addresses: string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_host, options, done) => {
    if (options.all) done(null, all)
    else done(null, all[0]!.address, all[0]!.family)
  }
}

async function resolveAll(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}

function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    if (signal.aborted) return fail(signal.reason)
    signal.addEventListener("abort", () => fail(signal.reason), { once: true })
    work.then(done, fail)
  })
}

function listed(headers: Record<string, string | string[] | undefined>): Answer["headers"] {
  const lists = Object.entries(headers).map(([name, value = []]) => [name.toLowerCase(), Array.isArray(value) ? value : [value]])
  return Object.fromEntries(lists)
}

function typeOf(headers: Answer["headers"]): string {
  return (headers["content-type"]?.[0] ?? "").split(";", 1)[0]!.trim().toLowerCase()
}

// What went wrong outside is told to nobody: it would say what is there.
function unreachable(cause: unknown): AppError {
  const error = new AppError("unavailable", "Nobody answered there properly in time.")
  error.cause = cause
  return error
}
