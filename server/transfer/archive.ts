import { createHash, type Hash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, open, rename, rm, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { type Readable, Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGunzip, createGzip } from "node:zlib"
import tar from "tar-stream"
import { AppError } from "../errors.ts"

/**
 * A backup is a gzipped tar, so that it can be looked into anywhere: the database, the media, and last a manifest that
 * names each file with its size and hash. Without the manifest at its end a backup is not whole.
 */
const MANIFEST = "manifest.json"
const FORMAT = "habeas-backup"
const VERSION = 1
/** What may be in a backup: nothing that leads out of the folder. */
const ENTRY = /^(?:habeas\.sqlite|media(?:\/[\w-][\w.-]*)+)$/
/** A list of a million media; more is no manifest. */
const LONGEST_MANIFEST = 200_000_000

export interface Manifest {
  format: typeof FORMAT
  version: number
  createdAt: string
  /** The version of the database's schema. */
  schema: number
  files: PackedFile[]
}

export interface PackedFile {
  name: string
  size: number
  sha256: string
}

/** Packs `names` from `folder` into `file`, which appears there only when it is whole and on disk; progress in bytes read. */
export async function pack(
  file: string,
  contents: { folder: string; names: string[] }[],
  about: { createdAt: string; schema: number },
  onBytes: (count: number) => void,
): Promise<void> {
  const draft = `${file}.part`
  try {
    const packing = tar.pack()
    const written = pipeline(packing, createGzip(), createWriteStream(draft, { mode: 0o600 }))
    // Whichever of the two fails first says why; the other only follows.
    await Promise.all([written, fill(packing, contents, about, onBytes).catch((error: Error) => Promise.reject(packing.destroy(error) && error))])
    await settle(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Unpacks `file` into `folder` and checks each content against the manifest. Throws `invalid` for what is no whole backup. */
export async function unpack(file: string, folder: string, onBytes: (count: number) => void): Promise<Manifest> {
  const found: PackedFile[] = []
  let manifest: Manifest | null = null
  const extracting = tar.extract()
  extracting.on("entry", (header, stream, next) => {
    const read = header.name === MANIFEST ? readManifest(stream).then((read) => void (manifest = read)) : take(header, stream, folder, found)
    read.then(() => next(), next)
  })
  try {
    await pipeline(createReadStream(file), counting(onBytes), createGunzip(), extracting)
  } catch (error) {
    throw isDamage(error) ? new AppError("invalid", `${file} is not a whole backup: it is damaged or cut off.`) : error
  }
  if (manifest === null) throw new AppError("invalid", `${file} is not a whole backup: the list of its contents is missing.`)
  compare(file, manifest, found)
  return manifest
}

/** Whether there is a backup in `file`, by its first bytes. */
export async function isBackup(file: string): Promise<boolean> {
  const unzipping = createGunzip()
  createReadStream(file, { end: 65_535 }).on("error", (error) => unzipping.destroy(error)).pipe(unzipping)
  try {
    for await (const part of unzipping as AsyncIterable<Buffer>) return part.subarray(0, 13).toString("latin1") === "habeas.sqlite"
    return false
  } catch (error) {
    if (isDamage(error)) return false
    throw error
  }
}

async function fill(
  packing: tar.Pack,
  contents: { folder: string; names: string[] }[],
  about: { createdAt: string; schema: number },
  onBytes: (count: number) => void,
): Promise<void> {
  const files: PackedFile[] = []
  for (const { folder, names } of contents) {
    for (const name of names) {
      const path = join(folder, name)
      const { size, mtime } = await stat(path)
      const hash = createHash("sha256")
      const entry = packing.entry({ name, size, mtime, mode: 0o600 }, () => {})
      await pipeline(createReadStream(path, { end: Math.max(0, size - 1) }), hashing(hash), counting(onBytes), entry)
      files.push({ name, size, sha256: hash.digest("hex") })
    }
  }
  const manifest: Manifest = { format: FORMAT, version: VERSION, ...about, files }
  packing.entry({ name: MANIFEST, mtime: new Date(about.createdAt), mode: 0o600 }, `${JSON.stringify(manifest, null, 2)}\n`, () => {})
  packing.finalize()
}

async function take(header: tar.Header, stream: Readable, folder: string, found: PackedFile[]): Promise<void> {
  const { name, type, size = 0 } = header
  if (type === "directory") return void stream.resume()
  if (type !== "file" || !ENTRY.test(name) || found.some((one) => one.name === name)) {
    throw new AppError("invalid", `This backup holds “${name}”, which no backup of Habeas does.`)
  }
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const hash = createHash("sha256")
  await pipeline(stream, hashing(hash), createWriteStream(path, { mode: 0o600, flags: "wx" }))
  await sync(path)
  found.push({ name, size, sha256: hash.digest("hex") })
}

async function readManifest(stream: Readable): Promise<Manifest> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of stream as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length > LONGEST_MANIFEST) throw new AppError("invalid", "The list of contents of this backup is too long.")
  }
  const manifest = parseManifest(Buffer.concat(parts).toString("utf8"))
  if (manifest?.format !== FORMAT || !Array.isArray(manifest.files)) {
    throw new AppError("invalid", "The list of contents of this backup cannot be read.")
  }
  if (manifest.version !== VERSION) throw new AppError("invalid", "This backup was made by a newer Habeas. Update Habeas first.")
  return manifest
}

function parseManifest(text: string): Manifest | null {
  try {
    return JSON.parse(text) as Manifest | null
  } catch {
    return null
  }
}

function compare(file: string, manifest: Manifest, found: PackedFile[]): void {
  const packed = new Map(found.map((one) => [one.name, one]))
  for (const { name, size, sha256 } of manifest.files) {
    const one = packed.get(name)
    if (one?.size !== size || one.sha256 !== sha256) throw new AppError("invalid", `${file} is damaged: ${name} in it is not what was packed.`)
    packed.delete(name)
  }
  const [extra] = packed.keys()
  if (extra !== undefined) throw new AppError("invalid", `${file} holds ${extra}, which its list of contents does not name.`)
}

/** Gives a finished draft its name, once it is on disk. */
async function settle(draft: string, file: string): Promise<void> {
  await sync(draft)
  await rename(draft, file)
  await sync(dirname(file))
}

/** Waits until a file, or the list of names in a folder, is on disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, "r")
  await handle.sync().finally(() => handle.close())
}

function hashing(hash: Hash): Transform {
  return passing((part) => hash.update(part))
}

function counting(onBytes: (count: number) => void): Transform {
  return passing((part) => onBytes(part.length))
}

function passing(look: (part: Buffer) => void): Transform {
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      look(part)
      done(null, part)
    },
  })
}

// What zlib and tar-stream say of bytes that are not theirs.
function isDamage(error: unknown): boolean {
  const { code, message = "" } = error as { code?: string; message?: string }
  return /^Z_|^ERR_ZLIB/.test(code ?? "") || /tar header|unexpected end|premature close/i.test(message)
}
