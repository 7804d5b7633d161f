import { open } from "node:fs/promises"
import { AppError } from "../errors.ts"
import type { Format } from "./model.ts"

const REFUSED =
  "Only pictures (PNG, JPEG, WebP, GIF) and PDF files can be uploaded. The content of this file is none of these, whatever its name says."

const SIGNATURES: [format: Format, bytes: RegExp][] = [
  ["png", /^\x89PNG\r\n\x1a\n/],
  ["jpg", /^\xff\xd8\xff/],
  ["gif", /^GIF8[79]a/],
  ["webp", /^RIFF[^]{4}WEBP/],
  ["pdf", /^%PDF-\d/],
]

/** What a file is, by its first bytes alone. Throws `unsupported` for all that is not accepted, SVG and HTML among it. */
export async function formatOf(path: string): Promise<Format> {
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0)
    const start = buffer.toString("latin1", 0, bytesRead)
    const found = SIGNATURES.find(([, bytes]) => bytes.test(start))
    if (!found) throw new AppError("unsupported", REFUSED, { problems: [{ field: "file", message: REFUSED }] })
    return found[0]
  } finally {
    await file.close()
  }
}
