import { basename } from "node:path"
import type { Context } from "../context.ts"
import type { Transaction } from "../storage/database.ts"
import { fingerprint, placesOf } from "./files.ts"
import type { StoredFile } from "./model.ts"
import { listFiles } from "./store.ts"

const CHUNK = 200

/** How many uploaded files there are, and what is wrong with them, a sentence each: every one is there and as it was stored. */
export async function mediaFaults(ctx: Context, tx: Transaction): Promise<{ files: number; faults: string[] }> {
  const faults: string[] = []
  let files = 0
  for (let after = "", more = true; more; ) {
    const found = await listFiles(tx, after, CHUNK)
    for (const file of found) faults.push(...(await faultsOf(ctx.config.dataDir, file)))
    files += found.length
    more = found.length === CHUNK
    after = found.at(-1)?.hash ?? after
  }
  return { files, faults }
}

async function faultsOf(dataDir: string, file: StoredFile): Promise<string[]> {
  const expected = [file.hash, ...file.sizes.map(({ sha256 }) => sha256)]
  const faults = await Promise.all(
    placesOf(dataDir, file).map(async (place, index) => {
      const found = await fingerprint(place).catch((error: NodeJS.ErrnoException) => error)
      if (found instanceof Error) return `media/${basename(place)} ${found.code === "ENOENT" ? "is missing" : "cannot be read"}.`
      return found.sha256.startsWith(expected[index]!) ? [] : `media/${basename(place)} was altered: its content does not match its hash.`
    }),
  )
  return faults.flat()
}
