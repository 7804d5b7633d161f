import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readdir, rm, stat } from "node:fs/promises"
import { dirname, join, relative, resolve, sep } from "node:path"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"
import type { Database } from "../storage/database.ts"
import { DATABASE } from "../storage/folder.ts"
import { schemaVersion } from "../storage/migrate.ts"
import { isBackup, pack } from "./archive.ts"

/** The folder of uploaded files within DATA_DIR. */
export const MEDIA = "media"
/** The copy of the database while it is packed. One that a killed backup left behind is swept away after a day. */
const DRAFT = "backup-"
const DAY = 86_400_000
/** Copying the database reads it once, packing reads everything once more. */
const COPYING = 0.4

/**
 * Copies the whole site to `file` while it is served: the database at one moment, without sessions, and the media. The secret
 * stays out. An earlier backup of that name is replaced at the very end; any other file is refused (`conflict`).
 */
export async function backUp(config: Config, db: Database, file: string, progress: (part: number) => void): Promise<void> {
  await refuseOther(file)
  await mkdir(dirname(resolve(file)), { recursive: true })
  const schema = await schemaVersion(db.read)
  await sweep(config.dataDir)
  const draft = join(config.dataDir, DRAFT + randomBytes(6).toString("hex"))
  await mkdir(draft, { mode: 0o700 })
  try {
    const createdAt = new Date().toISOString()
    await db.backup(join(draft, DATABASE), (part) => progress(part * COPYING))
    const contents = [
      { folder: draft, names: [DATABASE] },
      { folder: config.dataDir, names: await mediaOf(config.dataDir) },
    ]
    const total = await sizeOf(contents)
    let done = 0
    await pack(resolve(file), contents, { createdAt, schema }, (count) => progress(COPYING + (1 - COPYING) * ((done += count) / total)))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function refuseOther(file: string): Promise<void> {
  if (!existsSync(file) || (await isBackup(file))) return
  throw new AppError("conflict", `${file} is there already and is not a backup; it was left as it is. Choose another name.`)
}

async function sweep(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const path = join(dataDir, name)
    if (name.startsWith(DRAFT) && (await stat(path)).mtimeMs < Date.now() - DAY) await rm(path, { recursive: true, force: true })
  }
}

async function mediaOf(dataDir: string): Promise<string[]> {
  const folder = join(dataDir, MEDIA)
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort()
}

async function sizeOf(contents: { folder: string; names: string[] }[]): Promise<number> {
  let total = 0
  for (const { folder, names } of contents) for (const name of names) total += (await stat(join(folder, name))).size
  return Math.max(1, total)
}
