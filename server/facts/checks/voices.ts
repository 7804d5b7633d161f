import { createHmac, randomBytes } from "node:crypto"
import ipaddr from "ipaddr.js"

const DAY = 86_400_000
/** Remembered in one day. Beyond it nobody is taken for somebody new: a flood must not make agreement. */
const MOST = 100_000

/**
 * Tells whether a guest has spoken of a fact today already, without knowing who it is: the network address goes through a
 * hash whose key is in memory alone and lasts a day. Nothing of it is stored but `run`, a name for that day in this process.
 *
 * Two rows with one `run` came from two networks. That cannot tell one person with a telephone and a second network from two,
 * it takes a household for one person, and it cannot compare days: see `areIndependent` for what follows.
 */
export class Voices {
  readonly #clock: () => Date
  #day = -1
  #key = Buffer.alloc(0)
  #run = ""
  readonly #heard = new Set<string>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** Hears a guest speak `about` something; `isNew` unless this network did so today. */
  hear(address: string, about: string): { run: string; isNew: boolean } {
    this.#turnDay()
    const voice = this.#voice(address, about)
    const isNew = !this.#heard.has(voice) && this.#heard.size < MOST
    if (isNew) this.#heard.add(voice)
    return { run: this.#run, isNew }
  }

  /** Forgets that the guest spoke. */
  forget(address: string, about: string): void {
    this.#heard.delete(this.#voice(address, about))
  }

  #voice(address: string, about: string): string {
    return createHmac("sha256", this.#key).update(`${networkOf(address)}\n${about}`).digest("base64url")
  }

  #turnDay(): void {
    const day = Math.floor(this.#clock().getTime() / DAY)
    if (day === this.#day) return
    this.#day = day
    this.#key = randomBytes(32)
    this.#run = randomBytes(9).toString("base64url")
    this.#heard.clear()
  }
}

/** One household or telephone: an IPv4 address, or the 48 bits of an IPv6 address that its owner does not choose. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed.kind() === "ipv4" ? parsed.toString() : parsed.toByteArray().slice(0, 6).join(".")
}
