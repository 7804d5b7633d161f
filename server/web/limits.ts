import { createHmac, randomBytes } from "node:crypto"
import type { FastifyRequest } from "fastify"
import { RateLimiterMemory } from "rate-limiter-flexible"
import { AppError } from "../errors.ts"

/** How often one address may do each kind of act: [times, seconds]. Generous for a person, a wall for a loop. */
const ALLOWED = {
  search: [120, 60],
  render: [240, 60],
  save: [120, 60],
  upload: [60, 600],
  // One each second while somebody writes; some write in the same room.
  draft: [600, 60],
  comment: [20, 600],
  report: [20, 600],
  // Each may send a mail.
  address: [10, 3600],
  "mail-link": [60, 600],
  suggest: [20, 600],
  // A volunteer with a list of telephone numbers.
  check: [60, 600],
  // Each asks another site; the editor asks on while it waits.
  propose: [120, 600],
  register: [20, 3600],
  login: [60, 300],
  "login-name": [5, 300],
  "login-anywhere": [100, 900],
  linkback: [30, 60],
  // All clients together: of pings for one page, from pages of one host, and in all.
  "linkback-page": [60, 60],
  "linkback-host": [60, 600],
  "linkback-anywhere": [600, 60],
} satisfies Record<string, [number, number]>

export type Act = keyof typeof ALLOWED

const DAY = 86_400_000
/** Of the addresses that people logged in from today. */
const MOST_REMEMBERED = 10_000
/** Of those that were refused and have to wait. */
const MOST_WAITING = 10_000

/** Counts acts in memory only. The address is hashed with a key that lives in memory and is renewed each day. */
export interface Limits {
  /** Throws `too-many` when this address, or this address with `name`, has done `act` too often. */
  take(request: FastifyRequest, act: Act, name?: string): Promise<void>
  /** Throws `too-many` when all addresses together have done `act` with `name` too often; those that `remember` knows may go on. */
  takeTogether(request: FastifyRequest, act: Act, name: string): Promise<void>
  /** Milliseconds that this address has to wait since it was refused `act`; 0 when it was not. Counts nothing. */
  waitOf(request: FastifyRequest, act: Act): number
  /** Forgets what was counted, as after the right password. */
  forget(request: FastifyRequest, act: Act, name?: string): Promise<void>
  /** Notes that this address may use `name`: a flood from elsewhere does not shut it out. Until the day ends, in memory alone. */
  remember(request: FastifyRequest, name: string): void
}

export function createLimits(on: boolean, clock: () => Date): Limits {
  const limiters = new Map(
    Object.entries(ALLOWED).map(([act, [points, duration]]) => [act, new RateLimiterMemory({ points, duration })]),
  )
  let key = randomBytes(32)
  let keyDay = 0
  const remembered = new Set<string>()
  const keyOf = (address: string, name = ""): string => {
    const day = Math.floor(clock().getTime() / DAY)
    if (day !== keyDay) {
      ;[key, keyDay] = [randomBytes(32), day]
      remembered.clear()
    }
    return createHmac("sha256", key).update(`${address}\n${name}`).digest("base64url")
  }
  // By act and address, the moment until which they have to wait.
  const waiting = new Map<string, number>()
  const count = async (act: Act, counted: string) => {
    const result = await limiters.get(act)!.consume(counted).catch((refused) => refused)
    if (result instanceof Error) throw result
    if (result.remainingPoints > 0 || result.consumedPoints <= ALLOWED[act][0]) return
    if (waiting.size >= MOST_WAITING) waiting.clear()
    waiting.set(`${act} ${counted}`, performance.now() + result.msBeforeNext)
    throw tooMany(result.msBeforeNext)
  }
  return {
    async take(request, act, name) {
      if (on) await count(act, keyOf(request.ip, name))
    },
    async takeTogether(request, act, name) {
      if (on && !remembered.has(keyOf(request.ip, name))) await count(act, keyOf("", name))
    },
    waitOf(request, act) {
      if (waiting.size === 0) return 0
      const key = `${act} ${keyOf(request.ip)}`
      const left = (waiting.get(key) ?? 0) - performance.now()
      if (left <= 0) waiting.delete(key)
      return Math.max(0, left)
    },
    async forget(request, act, name) {
      await limiters.get(act)!.delete(keyOf(request.ip, name))
      waiting.delete(`${act} ${keyOf(request.ip, name)}`)
    },
    remember(request, name) {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear()
      remembered.add(keyOf(request.ip, name))
    },
  }
}

/** The refusal of what was done too often, with what is left to wait. */
export function tooMany(milliseconds: number): AppError {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000))
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return new AppError("too-many", `That was too often in a short time. Please try again in ${wait}.`, { retryAfter: seconds })
}
