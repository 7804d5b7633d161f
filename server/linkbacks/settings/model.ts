import { invalid } from "../../errors.ts"
import { type Protocol, protocols } from "../model.ts"

export const directions = ["receive", "send"] as const
export type Direction = (typeof directions)[number]

/** One decision of the operator, for the site (empty `page`) or one page. */
export interface Switch {
  page: string
  protocol: Protocol
  direction: Direction
  isOn: boolean
}

/** A source whose verified linkbacks are shown without a moderator. */
export interface Trust {
  id: string
  host: string
  /** The beginning of the path, with a slash at its end. */
  path: string
  createdAt: string
}

/** Taking is on until somebody turns it off; sending is off until the operator turns it on, for the site and then for each page. */
const AT_FIRST = { receive: { site: true, page: true }, send: { site: false, page: false } }

/** Where the site, or a page for itself, has a switch. */
export function isSwitchedOn(switches: Switch[], page: string, protocol: Protocol, direction: Direction): boolean {
  const found = switches.find((one) => one.page === page && one.protocol === protocol && one.direction === direction)
  return found?.isOn ?? AT_FIRST[direction][page === "" ? "site" : "page"]
}

/** What is on for a page: what is on for the site and for the page. */
export function protocolsOn(switches: Switch[], page: string, direction: Direction): Protocol[] {
  return protocols.filter((protocol) => ["", page].every((scope) => isSwitchedOn(switches, scope, protocol, direction)))
}

/** The host and beginning of a path in an address such as https://example.org/authors/ana/. Throws `invalid`. */
export function readTrust(raw: string): { host: string; path: string } {
  const text = raw.trim()
  const url = text.length <= 500 && URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || !url.host || url.username || url.password) {
    throw invalid("address", "Give the address that trusted pages begin with, such as https://example.org/authors/ana/.")
  }
  return { host: url.host, path: withSlash(url.pathname) }
}

/** Whether a page lies under one of the trusted paths of its host: /ana/ is the beginning of /ana/2026, and not of /anabel. */
export function isUnder(source: string, paths: string[]): boolean {
  const path = withSlash(new URL(source).pathname)
  return paths.some((trusted) => path.startsWith(trusted))
}

function withSlash(path: string): string {
  return path.endsWith("/") ? path : `${path}/`
}
