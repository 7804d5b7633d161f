import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { mediaUrl, type StoredFile } from "./model.ts"

/** Uploads on their way, beside the media, so that giving them their name is one step. */
const DRAFTS = "uploads"
const MEDIA = "media"
const HOUR = 3_600_000

/** A folder for one upload; remove it with `dropDraft` whatever comes of it. */
export async function makeDraft(dataDir: string, id: string): Promise<string> {
  const folder = join(dataDir, DRAFTS, id)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

export async function dropDraft(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** Removes what uploads left behind whose process was killed. */
export async function sweepDrafts(dataDir: string): Promise<void> {
  const folder = join(dataDir, DRAFTS)
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null)
    if (found && found.mtimeMs < Date.now() - HOUR) await dropDraft(join(folder, name))
  }
}

/** Where the file of this name (`<hash>.jpg`, `<hash>-480.webp`) is kept: in two levels of folders, so that none holds too many. */
export function placeOf(dataDir: string, name: string): string {
  return join(dataDir, MEDIA, name.slice(0, 2), name.slice(2, 4), name)
}

/** The places of a file and its narrower copies. */
export function placesOf(dataDir: string, file: StoredFile): string[] {
  const urls = [mediaUrl(file), ...file.sizes.map(({ width }) => mediaUrl(file, width))]
  return urls.map((url) => placeOf(dataDir, basename(url)))
}

/** Gives finished drafts their names for good: each is on disk before it has its name, and its name before this resolves. */
export async function keep(drafts: { draft: string; place: string }[]): Promise<void> {
  const folders = new Set<string>()
  for (const { draft, place } of drafts) {
    const folder = dirname(place)
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) folders.add(dirname(folder)).add(dirname(dirname(folder)))
    await sync(draft)
    await rename(draft, place)
    folders.add(folder)
  }
  for (const folder of folders) await sync(folder)
}

export async function isKept(places: string[]): Promise<boolean> {
  const found = await Promise.all(places.map((place) => stat(place).then((one) => one.isFile(), () => false)))
  return found.every(Boolean)
}

/** The length and SHA-256, in hexadecimal, of a file. */
export async function fingerprint(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256")
  let bytes = 0
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(part)
    bytes += part.length
  }
  return { bytes, sha256: hash.digest("hex") }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r")
  await handle.sync().finally(() => handle.close())
}
