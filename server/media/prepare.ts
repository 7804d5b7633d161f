import { join } from "node:path"
import type { Context } from "../context.ts"
import { AppError } from "../errors.ts"
import { fingerprint, isKept, keep, placesOf } from "./files.ts"
import { type Format, LARGEST, type Size, type StoredFile } from "./model.ts"
import { cleanPdf } from "./pdf.ts"
import { makePicture } from "./pictures.ts"

/** A cleaned upload with its narrower copies, still in the folder of the upload. */
export interface Prepared {
  file: StoredFile
  /** In the order of `placesOf`. */
  drafts: string[]
}

/** Uploads that may wait for the one that is being worked on; pictures are large in memory, so there is one at a time. */
const MOST_WAITING = 20
let waiting = 0
let last: Promise<unknown> = Promise.resolve()

/** Makes of an upload what may be kept. Throws `invalid`, `too-large`, and `unavailable` when too many wait. */
export async function prepare(upload: { folder: string; path: string }, format: Format): Promise<Prepared> {
  if (waiting >= MOST_WAITING) throw new AppError("unavailable", "Many pictures are being worked on just now. Try again in a minute.", { retryAfter: 60 })
  waiting++
  const work = last.then(() => (format === "pdf" ? preparePdf(upload) : preparePicture(upload, format)))
  last = work.catch(() => {})
  return work.finally(() => waiting--)
}

/** Gives the prepared files their places, unless the same content is there already. */
export async function settle(ctx: Context, { file, drafts }: Prepared): Promise<void> {
  const places = placesOf(ctx.config.dataDir, file)
  if (await isKept(places)) return
  await keep(drafts.map((draft, index) => ({ draft, place: places[index]! })))
}

async function preparePdf({ folder, path }: { folder: string; path: string }): Promise<Prepared> {
  const draft = join(folder, "clean.pdf")
  await cleanPdf(path, draft)
  return { file: await fileOf(draft, { format: "pdf", width: null, height: null, sizes: [] }), drafts: [draft] }
}

async function preparePicture({ folder, path }: { folder: string; path: string }, format: Exclude<Format, "pdf">): Promise<Prepared> {
  const { file: whole, width, height, narrower } = await makePicture(path, format, folder)
  const sizes: Size[] = []
  for (const copy of narrower) sizes.push({ width: copy.width, ...(await fingerprint(copy.file)) })
  return { file: await fileOf(whole, { format, width, height, sizes }), drafts: [whole, ...narrower.map(({ file }) => file)] }
}

async function fileOf(draft: string, about: Omit<StoredFile, "hash" | "bytes">): Promise<StoredFile> {
  const { bytes, sha256 } = await fingerprint(draft)
  if (bytes > 4 * LARGEST) throw new AppError("too-large", "Cleaned, this file would be larger than what is accepted. Make it smaller and try again.")
  return { hash: sha256.slice(0, 40), bytes, ...about }
}
