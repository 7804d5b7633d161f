import type { Context } from "../../context.ts"
import type { Transaction } from "../../storage/database.ts"
import { readKeys } from "../key-list.ts"
import { listCurrentLists } from "../store.ts"
import { frameOf, packed } from "./packing.ts"
import { countBlocks, listStored, putBody } from "./store.ts"

/** Blocks in one transaction: a save that comes meanwhile waits for no more than these. */
const STEP = 200

/** What later states of a block are packed against: the last state that was too different from the one before. */
type Frames = Map<string, { key: number; body: string }>

/**
 * Packs the blocks that no page shows any more, each against an earlier state of the same block, while the site goes on. Every step is a
 * transaction of its own after which all is readable, so it can be ended at any point; done again, it finds nothing left to do.
 * Returns how many blocks it packed.
 */
export async function packBlocks(ctx: Context, progress: (part: number) => void): Promise<number> {
  const shown = new Set((await listCurrentLists(ctx.db.read)).flatMap(readKeys))
  const { highest } = await countBlocks(ctx.db.read)
  const frames: Frames = new Map()
  let count = 0
  for (let after = 0; ; ) {
    const step = await ctx.db.write((tx) => packStep(tx, after, shown, frames))
    count += step.packed
    if (step.last === null || step.last > highest) break
    after = step.last
    progress(after / highest)
  }
  progress(1)
  return count
}

async function packStep(tx: Transaction, after: number, shown: ReadonlySet<number>, frames: Frames): Promise<{ packed: number; last: number | null }> {
  const blocks = await listStored(tx, after, STEP)
  let count = 0
  for (const { key, body } of blocks) {
    const id = frameOf(body) === null ? idOf(body) : null
    if (id === null) continue
    const frame = frames.get(id)
    const small = frame && packed(body, frame)
    // The same block becomes a frame each time this runs, whether it is shown now or not: others may be packed against it.
    if (!small) frames.set(id, { key, body })
    else if (!shown.has(key)) {
      await putBody(tx, key, small)
      count++
    }
  }
  return { packed: count, last: blocks.at(-1)?.key ?? null }
}

/** The lasting id of a block; null for what is none. */
function idOf(body: string): string | null {
  if (!body.startsWith("{")) return null
  const { attrs } = JSON.parse(body) as { attrs?: { id?: string } }
  return attrs?.id ?? null
}
