import { createHmac, randomBytes } from "node:crypto"
import { AppError } from "../errors.ts"

const DAY = 86_400_000
/** So many times on one day what an address sent is abuse before it may send nothing more that day. One mistake is forgiven. */
const PATIENCE = 2
/** Things whose sender is remembered; the oldest go first. */
const MOST = 20_000

/**
 * Knows people without an account again for a day, so that repeated abuse ends: by a keyed hash of their address. The key is made anew
 * each day and lives, like all of this, in memory alone: nothing of it is on disk or outlives its day.
 */
export class Strangers {
  readonly #clock: () => Date
  #day = 0
  #key = randomBytes(32)
  #senders = new Map<string, string>()
  #blamed = new Map<string, Set<string>>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** Remembers for today who sent the thing of this id. */
  note(address: string, item: string): void {
    const sender = this.#hash(address)
    this.#senders.set(item, sender)
    if (this.#senders.size > MOST) this.#senders.delete(this.#senders.keys().next().value!)
  }

  /** A moderator said that this thing is abuse. Nothing happens when it was sent on another day. */
  blame(item: string): void {
    this.#turn()
    const sender = this.#senders.get(item)
    if (sender !== undefined) this.#blamed.set(sender, (this.#blamed.get(sender) ?? new Set()).add(item))
  }

  /** The moderator took it back. */
  forgive(item: string): void {
    this.#turn()
    const sender = this.#senders.get(item)
    if (sender !== undefined) this.#blamed.get(sender)?.delete(item)
  }

  /** Throws `too-many` when this address has sent so much abuse today that it is shut out until the day ends. */
  refuseShut(address: string): void {
    if ((this.#blamed.get(this.#hash(address))?.size ?? 0) < PATIENCE) return
    const seconds = Math.ceil((DAY - (this.#clock().getTime() % DAY)) / 1_000)
    throw new AppError("too-many", "What was sent from here today was marked as abuse more than once. You can write again tomorrow.", {
      retryAfter: seconds,
    })
  }

  #hash(address: string): string {
    this.#turn()
    return createHmac("sha256", this.#key).update(address).digest("base64url")
  }

  #turn(): void {
    const day = Math.floor(this.#clock().getTime() / DAY)
    if (day === this.#day) return
    ;[this.#day, this.#key] = [day, randomBytes(32)]
    this.#senders.clear()
    this.#blamed.clear()
  }
}
