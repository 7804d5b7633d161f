import type { Readable, Transform } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"
import { AppError } from "../errors.ts"

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** A body as it was before it was compressed. Stops at `most` bytes with `too-large`; throws `unsupported` for a compression it does not know. */
export async function readBody(from: Readable, { encoding, most, signal }: { encoding: string; most: number; signal: AbortSignal }): Promise<Buffer> {
  const name = encoding.trim().toLowerCase()
  const isPlain = name === "" || name === "identity"
  const decoder = isPlain ? null : DECODERS[name]?.()
  // Several, one inside the other, are how a bomb is built.
  if (decoder === undefined) throw new AppError("unsupported", "The answer is compressed in a way that is not read.")
  const chunks: Buffer[] = []
  let length = 0
  const end = () => void (decoder ?? from).destroy(new Error("too late"))
  signal.addEventListener("abort", end, { once: true })
  try {
    if (decoder) from.on("error", (error) => decoder.destroy(error)).pipe(decoder)
    for await (const chunk of decoder ?? from) {
      length += (chunk as Buffer).length
      if (length > most) throw new AppError("too-large", `The answer is larger than ${most} bytes.`)
      chunks.push(chunk as Buffer)
    }
    return Buffer.concat(chunks)
  } finally {
    signal.removeEventListener("abort", end)
    from.destroy()
    decoder?.destroy()
  }
}
