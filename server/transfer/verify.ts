import { InvalidDocument, parsePage } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { mediaFaults } from "../media/actions.ts"
import { readBlocks, revisionHash } from "../pages/actions.ts"
import type { Transaction } from "../storage/database.ts"
import { digest, eventFaults, purgedHashes } from "../storage/purge.ts"
import { allPages, countRevisions, sequenceStates, type StoredRevision, storedRevisions } from "./store.ts"

/** Blocks kept while the revisions of a page go by: each shares nearly all of them with the one before. */
const KEPT = 5_000

/** Once the chain of events is broken, each one after it may be. */
const MOST_EVENT_FAULTS = 20

/** What was looked at, and every fault found, a sentence each with its place. */
export interface Verification {
  pages: number
  revisions: number
  /** Uploaded pictures and files. */
  files: number
  faults: string[]
}

/**
 * Looks at one state of the whole site: every block has the hash of its content, every revision parses and has the hash that
 * follows from its content and its parent, each page's head is its last revision, every uploaded file is as it was stored, and
 * the engine finds its own files whole.
 */
export async function verifySite(ctx: Context, progress: (part: number) => void): Promise<Verification> {
  const faults = await ctx.db.check()
  return ctx.db.snapshot(async (tx) => {
    const total = await countRevisions(tx)
    const pages = await allPages(tx)
    const blocks = new Blocks(tx, await purgedHashes(tx))
    let revisions = 0
    for (const page of pages) {
      const place = `/wiki/${page.slug}`
      if (page.kept === null) faults.push(`${place}: the address is not in the list of addresses.`)
      let last: StoredRevision | null = null
      for await (const revision of storedRevisions(tx, page.id)) {
        faults.push(...(await faultsOf(blocks, revision, last)).map((fault) => `${place} revision ${revision.number}: ${fault}`))
        last = revision
        progress(++revisions / Math.max(1, total))
      }
      faults.push(...headFaults(page, last).map((fault) => `${place}: ${fault}`))
    }
    faults.push(...(await sequenceFaults(tx)), ...(await eventFaults(tx, MOST_EVENT_FAULTS)))
    const media = await mediaFaults(ctx, tx)
    return { pages: pages.length, revisions, files: media.files, faults: [...faults, ...media.faults] }
  })
}

async function faultsOf(blocks: Blocks, revision: StoredRevision, before: StoredRevision | null): Promise<string[]> {
  const faults: string[] = []
  const expected = (before?.number ?? 0) + 1
  if (revision.number !== expected) faults.push(`revision ${expected} should come first and is missing.`)
  const content = await blocks.read(revision.keys)
  for (const [index, block] of content.entries()) {
    if (!block) faults.push(`block ${index + 1} is missing.`)
    else if (!block.whole) faults.push(`block ${index + 1} was altered: its content does not match its hash.`)
  }
  if (content.some((block) => !block)) return faults
  const whole = content as Block[]
  const hash = revisionHash(revision, before?.hash ?? null, whole.map((block) => block.hash))
  if (hash !== null && hash !== revision.hash) faults.push("its hash does not follow from its content and the revision before it.")
  faults.push(...parseFaults(whole))
  return faults
}

function parseFaults(blocks: Block[]): string[] {
  try {
    parsePage({ type: "doc", content: blocks.map(({ body }) => JSON.parse(body) as unknown) })
    return []
  } catch (error) {
    if (error instanceof InvalidDocument) return [`it is not a valid document at ${error.path || "its root"}: ${error.reason}`]
    if (error instanceof SyntaxError) return ["a block of it is not well-formed JSON."]
    throw error
  }
}

function headFaults(page: { revision: number; title: string }, last: StoredRevision | null): string[] {
  if (!last) return ["it has no revision."]
  if (page.revision !== last.number) return [`it says its revision is ${page.revision}, and its last one is ${last.number}.`]
  return page.title === last.title ? [] : ["its title is not that of its last revision."]
}

// Events are numbered without gaps, so one that was taken away shows.
async function sequenceFaults(tx: Transaction): Promise<string[]> {
  const faults: string[] = []
  for (const { name, value, highest, count } of await sequenceStates(tx)) {
    if (highest > value) faults.push(`The sequence of ${name} stands at ${value}, and number ${highest} is in use.`)
    else if (name === "events" && count !== value) faults.push(`${value - count} of ${value} events are missing.`)
  }
  return faults
}

interface Block {
  hash: string
  body: string
  /** Whether the content has the hash it is kept under. */
  whole: boolean
}

class Blocks {
  readonly #tx: Transaction
  readonly #purged: Map<string, { hash: string; left: string }>
  #kept = new Map<number, Block>()

  constructor(tx: Transaction, purged: Map<string, { hash: string; left: string }>) {
    this.#tx = tx
    this.#purged = purged
  }

  async read(keys: readonly number[]): Promise<(Block | undefined)[]> {
    if (this.#kept.size > KEPT) this.#kept = new Map()
    const unknown = [...new Set(keys)].filter((key) => !this.#kept.has(key))
    for (const [key, { hash, body }] of await readBlocks(this.#tx, unknown)) {
      const found = digest(body)
      const purged = this.#purged.get(`block ${key} body`)
      this.#kept.set(key, { hash, body, whole: found === hash || (purged?.hash === hash && purged.left === found) })
    }
    return keys.map((key) => this.#kept.get(key))
  }
}
