import type { Context } from "../../context.ts"
import type { Transaction } from "../../storage/database.ts"
import { readKeys } from "../key-list.ts"
import { listCurrentLists } from "../store.ts"
import { cut, deflated, type Frame, frameOf } from "./packing.ts"
import { countBlocks, hasWholeHash, type KeptBlock, listStored, putPacked } from "./store.ts"

/** Blocks in one transaction: a save that comes meanwhile waits for no more than these. */
const STEP = 200

/** What later states of a block are packed against: the last state that was too different from the one before. */
type Frames = Map<string, Frame>

/**
 * Packs the blocks that no page shows any more, each against an earlier state of the same block, while the site goes on. Every step is a
 * transaction of its own after which all is readable, so it can be ended at any point; done again, it finds nothing left to do.
 * Returns how many blocks it packed.
 */
export async function packBlocks(ctx: Context, progress: (part: number) => void): Promise<number> {
  const shown = new Set((await listCurrentLists(ctx.db.read)).flatMap(readKeys))
  const { highest } = await countBlocks(ctx.db.read)
  const packing: Packing = { shown, highest, frames: new Map(), used: new Set(), looked: 0 }
  let count = 0
  for (let after = 0; ; ) {
    const step = await ctx.db.write((tx) => packStep(tx, after, packing))
    count += step.packed
    if (step.last === null || step.last > highest) break
    after = step.last
    progress(after / highest)
  }
  progress(1)
  return count
}

interface Packing {
  /** Blocks that readers are shown: they are read often. */
  shown: ReadonlySet<number>
  /** Only what was there when it began is packed. */
  highest: number
  frames: Frames
  /** Blocks that others are packed against, as far as `looked`: they stay as they are. */
  used: Set<number>
  looked: number
}

async function packStep(tx: Transaction, after: number, packing: Packing): Promise<{ packed: number; last: number | null }> {
  const blocks = await listStored(tx, after, STEP)
  let count = 0
  await lookForFrames(tx, packing)
  for (const block of blocks) {
    const small = shortened(block, packing)
    if (small === null) continue
    await putPacked(tx, { ...block, body: small })
    count++
  }
  return { packed: count, last: blocks.at(-1)?.key ?? null }
}

/** How a block is to be kept; null where it stays as it is. */
function shortened(block: KeptBlock, { shown, highest, frames, used }: Packing): string | null {
  const { key, body } = block
  if (key > highest) return null
  if (frameOf(body) !== null) return hasWholeHash(block) ? body : null
  const id = idOf(body)
  if (id === null) return null
  const frame = used.has(key) ? undefined : frames.get(id)
  const small = frame && (cut(body, frame) ?? deflated(body, frame))
  // The same block becomes a frame each time this runs, whether it is shown now or not: others may be packed against it.
  if (!small) frames.set(id, { key, body })
  return small && !shown.has(key) ? small : null
}

// Saves go on meanwhile, and may pack a new block against any that is not packed yet: nothing is, before its users are known.
async function lookForFrames(tx: Transaction, packing: Packing): Promise<void> {
  for (let rows = await listStored(tx, packing.looked, STEP); rows.length > 0; rows = await listStored(tx, packing.looked, STEP)) {
    for (const { body } of rows) {
      const frame = frameOf(body)
      if (frame !== null) packing.used.add(frame)
    }
    packing.looked = rows.at(-1)!.key
  }
}

/** The lasting id of a block; null for what is none. */
function idOf(body: string): string | null {
  if (!body.startsWith("{")) return null
  const { attrs } = JSON.parse(body) as { attrs?: { id?: string } }
  return attrs?.id ?? null
}
