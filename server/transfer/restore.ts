import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { copyFile, constants, link, mkdir, readdir, rename, rm, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import type { Config } from "../config.ts"
import { AppError } from "../errors.ts"
import { claimFolder } from "../storage/folder-lock.ts"
import { DATABASE, prepareFolder } from "../storage/folder.ts"
import { SCHEMA_VERSION, tooNew } from "../storage/migrate.ts"
import { foldFile, inspectFile } from "../storage/sqlite-file.ts"
import { type Manifest, sync, unpack } from "./archive.ts"
import { MEDIA } from "./backup.ts"

const ELSEWHERE = "A site on PostgreSQL is restored with its own tools (pg_restore); unset DATABASE_URL to restore into DATA_DIR."
/** What a restore that was killed leaves behind; the next one sweeps it away. */
const DRAFT = "restore-"

export interface Restored {
  manifest: Manifest
  /** The folder that holds what was there before; null when there was nothing. */
  aside: string | null
}

/**
 * Puts the backup in `file` in place of the site in DATA_DIR, which nobody may be using. It is unpacked and checked in full
 * beside the old one, then takes its name in one step. With `replace` the old site is moved aside, never removed; without, it is
 * refused (`conflict`). Throws `unavailable` while the site is served, `invalid` for a backup that is not whole.
 */
export async function restore(
  config: Config,
  file: string,
  { replace, now }: { replace: boolean; now: Date },
  progress: (part: number) => void,
): Promise<Restored> {
  if (config.databaseUrl) throw new AppError("invalid", ELSEWHERE)
  const { size } = await stat(file)
  prepareFolder(config.dataDir)
  const release = claimFolder(config.dataDir)
  const draft = join(config.dataDir, DRAFT + randomBytes(6).toString("hex"))
  try {
    refuseSite(config.dataDir, replace)
    await sweep(config.dataDir)
    await mkdir(draft, { mode: 0o700 })
    let read = 0
    const manifest = await unpack(file, draft, (count) => progress((read += count) / size))
    check(file, draft, manifest)
    return { manifest, aside: await swap(config.dataDir, draft, now) }
  } finally {
    await rm(draft, { recursive: true, force: true })
    release()
  }
}

function refuseSite(dataDir: string, replace: boolean): void {
  const present = [DATABASE, `${DATABASE}-wal`, MEDIA].filter((name) => existsSync(join(dataDir, name)))
  if (present.length === 0 || replace) return
  const offer = "With --replace it is moved aside and the backup takes its place."
  throw new AppError("conflict", `There is a site in ${dataDir} already; nothing was changed. ${offer}`)
}

function check(file: string, draft: string, manifest: Manifest): void {
  const database = join(draft, DATABASE)
  if (!existsSync(database)) throw new AppError("invalid", `${file} holds no database.`)
  const { version, faults } = inspectFile(database)
  if (faults.length > 0) throw new AppError("invalid", `The database in ${file} is damaged: ${faults[0]}`)
  if (version > SCHEMA_VERSION) throw tooNew(version)
  if (version === 0 || version !== manifest.schema) throw new AppError("invalid", `The database in ${file} is not the one that was packed.`)
}

// The old database keeps a name at every moment: a second one first, and its own goes to the new file in one step.
async function swap(dataDir: string, draft: string, now: Date): Promise<string | null> {
  const aside = join(dataDir, `replaced-${now.toISOString().replace(/\D/g, "").slice(0, 14)}-${basename(draft).slice(DRAFT.length)}`)
  const database = join(dataDir, DATABASE)
  const old = existsSync(database) ? foldFile(database) : []
  const media = join(dataDir, MEDIA)
  const hasOld = old.length > 0 || existsSync(media)
  if (hasOld) await mkdir(aside, { mode: 0o700 })
  for (const part of old) await (part === database ? keepName : rename)(part, join(aside, basename(part)))
  if (existsSync(media)) await rename(media, join(aside, MEDIA))
  if (existsSync(join(draft, MEDIA))) await rename(join(draft, MEDIA), media)
  if (hasOld) await sync(aside)
  await rename(join(draft, DATABASE), database)
  await sync(dataDir)
  return hasOld ? aside : null
}

async function keepName(file: string, second: string): Promise<void> {
  // Some file systems give a file one name only.
  await link(file, second).catch(() => copyFile(file, second, constants.COPYFILE_EXCL))
}

async function sweep(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(DRAFT)) await rm(join(dataDir, name), { recursive: true, force: true })
  }
}
