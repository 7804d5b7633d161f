import { join } from "node:path"
import type { Sharp, SharpConstructor } from "sharp"
import { PICTURE_WIDTHS } from "../../editor/document/index.ts"
import { AppError, invalid } from "../errors.ts"
import { type Format, LONGEST_SIDE, MOST_PIXELS } from "./model.ts"

export type PictureFormat = Exclude<Format, "pdf">

/** A picture made anew, in files of a folder. */
export interface MadePicture {
  /** The whole picture. */
  file: string
  width: number
  height: number
  narrower: { file: string; width: number }[]
}

/** Seconds one output may take. */
const PATIENCE = 60

/**
 * Makes a picture anew from its pixels, so that nothing else of the upload is kept (no place, camera, author, nothing hidden behind the
 * picture), turned the way it was held, and narrower copies of it, never larger ones. Throws `invalid`, `too-large`.
 */
export async function makePicture(upload: string, format: PictureFormat, folder: string): Promise<MadePicture> {
  const open = await opener(upload)
  try {
    const { width, height } = await write(encode(open(), format), join(folder, `whole.${format}`))
    const narrower = []
    for (const size of PICTURE_WIDTHS.filter((size) => size < width)) {
      const file = join(folder, `${size}.webp`)
      await write(encode(open().resize({ width: size }), "webp", 78), file)
      narrower.push({ file, width: size })
    }
    return { file: join(folder, `whole.${format}`), width, height, narrower }
  } catch (error) {
    throw asRefusal(error)
  }
}

async function opener(upload: string): Promise<() => Sharp> {
  const sharp = await loadSharp()
  const { pages = 1, ...found } = await sharp(upload, { limitInputPixels: false, pages: -1 }).metadata().catch((error) => Promise.reject(asRefusal(error)))
  const [width, height] = [found.width, found.pageHeight ?? found.height]
  if (width * height * pages > MOST_PIXELS) {
    const much = `${count(width)} × ${count(height)} pixels${pages > 1 ? ` in ${count(pages)} pictures` : ""}`
    throw tooLarge(`This picture is ${much}; ${MOST_PIXELS / 1_000_000} million pixels are the most that is accepted. Make it smaller and try again.`)
  }
  if (Math.max(width, height) > LONGEST_SIDE) {
    throw tooLarge(`A side of this picture is longer than ${count(LONGEST_SIDE)} pixels. Cut it or make it smaller and try again.`)
  }
  const animated = pages > 1
  return () => {
    // Phone cameras leave harmless faults that libvips warns of; broken and cut off pictures are refused.
    const picture = sharp(upload, { animated, limitInputPixels: MOST_PIXELS, failOn: "error" }).timeout({ seconds: PATIENCE })
    return animated ? picture : picture.autoOrient()
  }
}

function encode(picture: Sharp, format: PictureFormat, quality = 88): Sharp {
  switch (format) {
    case "jpg":
      // Neither progressive nor with tables of its own: either holds a picture from a phone in memory once more, 270 MB.
      return picture.jpeg({ quality, optimiseCoding: false })
    case "png":
      return picture.png()
    case "webp":
      return picture.webp({ quality, effort: 3 })
    case "gif":
      return picture.gif()
  }
}

async function write(picture: Sharp, file: string): Promise<{ width: number; height: number }> {
  const { width, height, pageHeight } = await picture.toFile(file)
  return { width, height: pageHeight ?? height }
}

let loading: Promise<SharpConstructor> | undefined

// Loaded at the first upload: a site that is only read starts without it.
function loadSharp() {
  loading ??= import("sharp").then(({ default: sharp }) => {
    // Whatever an upload pretends to be, only these readers ever see it.
    sharp.block({ operation: ["VipsForeignLoad"] })
    sharp.unblock({ operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"] })
    sharp.cache(false)
    return sharp
  })
  return loading
}

function asRefusal(error: unknown): unknown {
  if (error instanceof AppError || (error as NodeJS.ErrnoException).code === "ENOSPC") return error
  return invalid("file", "This picture is damaged and cannot be read. Open it on your device, save it anew and try again.")
}

function tooLarge(message: string): AppError {
  return new AppError("too-large", message, { problems: [{ field: "file", message }] })
}

function count(number: number): string {
  return number.toLocaleString("en-US")
}
