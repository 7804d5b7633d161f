import { isIP } from "node:net"
import { resolve } from "node:path"

/** What the surroundings decide about a running site: the variables of the public surface, checked. */
export interface Config {
  host: string
  port: number
  /** How the outside names this site: no trailing slash. */
  baseUrl: string
  dataDir: string
  databaseUrl: string | null
  /** Where mail is handed over; null while it only waits. */
  smtp: Smtp | null
  /** Addresses or ranges whose X-Forwarded-* are believed; empty for none. */
  trustProxy: string[]
  workers: number
  limits: boolean
  /** host:port pairs the guarded fetch may reach although they are not public. */
  outboundAllow: string[]
  starter: boolean
}

/** A server that takes mail, and whom it is from. */
export interface Smtp {
  host: string
  port: number
  /** TLS from the first byte on, as `smtps:` says. */
  secure: boolean
  /** Refuse to go on in the clear where the server offers no STARTTLS. */
  requireTls: boolean
  login: { user: string; pass: string } | null
  from: string
}

/** A variable holds what it must not; the message is one line that names it. */
export class ConfigError extends Error {}

type Environment = Record<string, string | undefined>

/** Reads the variables; throws `ConfigError` at the first wrong one. */
export function readConfig(env: Environment): Config {
  const host = env.HOST || "127.0.0.1"
  const port = wholeNumber(env, "PORT", 3000, 0, 65_535)
  const limits = onOff(env, "LIMITS")
  if (!limits && !isLoopback(host)) {
    throw new ConfigError(`LIMITS=off is only allowed while HOST is a loopback address, not "${host}".`)
  }
  return {
    host,
    port,
    baseUrl: baseUrl(env, port),
    dataDir: resolve(env.DATA_DIR || "data"),
    databaseUrl: url(env, "DATABASE_URL", ["postgres:", "postgresql:"]),
    smtp: smtp(env, baseUrl(env, port)),
    trustProxy: list(env, "TRUST_PROXY", isAddressOrRange, "addresses or ranges such as 127.0.0.1, 10.0.0.0/8"),
    workers: wholeNumber(env, "WEB_CONCURRENCY", 1, 1, 64),
    limits,
    outboundAllow: list(env, "OUTBOUND_ALLOW", (part) => /^[^\s:/]+:\d{1,5}$/.test(part), "host:port pairs"),
    starter: onOff(env, "STARTER"),
  }
}

function wholeNumber(env: Environment, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name]
  if (!text) return otherwise
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < least || number > most) {
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}, not "${text}".`)
  }
  return number
}

function onOff(env: Environment, name: string): boolean {
  const text = env[name] || "on"
  if (text !== "on" && text !== "off") throw new ConfigError(`${name} must be "on" or "off", not "${text}".`)
  return text === "on"
}

function baseUrl(env: Environment, port: number): string {
  const text = url(env, "BASE_URL", ["http:", "https:"])
  if (text === null) return `http://localhost:${port}`
  const { origin, pathname, search, hash } = new URL(text)
  if (pathname !== "/" || search || hash) throw new ConfigError(`BASE_URL must name a site without a path, not "${text}".`)
  return origin
}

const SMTP_FORM = "smtp://NAME:PASSWORD@HOST:PORT or smtps://..., with ?from=ADDRESS and &tls=required if wanted"

function smtp(env: Environment, base: string): Smtp | null {
  const text = url(env, "SMTP_URL", ["smtp:", "smtps:"])
  if (text === null) return null
  // The message names what is wrong, never the address itself: it may hold a password.
  const refuse = (what: string) => new ConfigError(`SMTP_URL ${what}. It is ${SMTP_FORM}.`)
  const { protocol, hostname, port, pathname, username, password, searchParams, hash } = new URL(text)
  if (!hostname) throw refuse("names no host")
  if (!["", "/"].includes(pathname) || hash) throw refuse("has a path, which mail servers have not")
  const unknown = [...searchParams.keys()].find((name) => name !== "from" && name !== "tls")
  if (unknown !== undefined) throw refuse(`holds "${unknown}", which means nothing here`)
  if (searchParams.has("tls") && searchParams.get("tls") !== "required") throw refuse('may say "tls=required" and nothing else of tls')
  if (Boolean(username) !== Boolean(password)) throw refuse("needs both a name and a password, or neither")
  const from = searchParams.get("from") ?? `habeas@${new URL(base).hostname}`
  if (!/^[\w.+-]{1,64}@[\w.-]{1,255}$/.test(from)) throw refuse("names no address to send from")
  const secure = protocol === "smtps:"
  const login = username ? { user: decoded(username, refuse), pass: decoded(password, refuse) } : null
  return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || (secure ? 465 : 587), secure, requireTls: searchParams.has("tls"), login, from }
}

function decoded(part: string, refuse: (what: string) => ConfigError): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw refuse("has a % in its name or password that must be written as %25")
  }
}

function url(env: Environment, name: string, schemes: string[]): string | null {
  const text = env[name]
  if (!text) return null
  const wanted = schemes.map((scheme) => `${scheme}//`).join(" or ")
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol)) {
    throw new ConfigError(`${name} must be an address that begins with ${wanted}.`)
  }
  return text
}

function list(env: Environment, name: string, isRight: (part: string) => boolean, wanted: string): string[] {
  const text = env[name]
  if (!text || text === "off") return []
  const parts = text.split(",").map((part) => part.trim())
  const wrong = parts.find((part) => !isRight(part))
  if (wrong !== undefined) throw new ConfigError(`${name} must be a list of ${wanted}; "${wrong}" is not one.`)
  return parts
}

function isAddressOrRange(part: string): boolean {
  const [address = "", bits, more] = part.split("/")
  const family = isIP(address)
  if (family === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."))
}
