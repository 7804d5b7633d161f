import type { Context } from "../context.ts"
import type { Transaction } from "../storage/database.ts"
import { numbersAt } from "./growth.ts"
import { findAddressed, findReading, keepReading } from "./store.ts"

/** How long a reading waits in memory for others to be written with it, in milliseconds. */
const WAIT = 5_000
/** Beyond so many they are written at once. */
const MOST = 1_000

/**
 * Who read which page last, for 'what changed since I last read it'. Only for people who are logged in, and never while a page is being
 * sent: a reading is noted in memory, and many are written in one transaction.
 */
export class Readings {
  readonly #ctx: Context
  #noted = new Map<string, Noted>()
  #timer: NodeJS.Timeout | undefined

  constructor(ctx: Context) {
    this.#ctx = ctx
  }

  /** Notes that a person was sent the page at this address. */
  note(userId: string, slug: string): void {
    this.#noted.set(`${userId} ${slug}`, { userId, slug, at: this.#ctx.clock().toISOString() })
    if (this.#noted.size >= MOST) void this.write()
    this.#timer ??= setTimeout(() => void this.write(), WAIT).unref()
  }

  /** Writes what was noted; called before it is asked for, and at the end. */
  async write(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const noted = [...this.#noted.values()]
    this.#noted = new Map()
    if (noted.length === 0) return
    try {
      await this.#ctx.db.write(async (tx) => {
        for (const one of noted) await keep(tx, one)
      })
    } catch (error) {
      // A mark is a convenience: nobody's page fails for it.
      this.#ctx.log.error(error, "what people read could not be noted")
    }
  }
}

interface Noted {
  userId: string
  slug: string
  at: string
}

async function keep(tx: Transaction, { userId, slug, at }: Noted): Promise<void> {
  const page = await findAddressed(tx, slug)
  const [revision = 0] = page ? await numbersAt(tx, page, [at]) : []
  if (!page || revision === 0) return
  const last = await findReading(tx, userId, page.id)
  // Who opens a page again and again has still read no more than that revision, and wants to know what it changed.
  const before = last === undefined || last.revision === revision ? (last?.before ?? null) : last.revision
  await keepReading(tx, userId, page.id, { revision, before }, at)
}
