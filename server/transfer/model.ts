import { createHash } from "node:crypto"
import { AppError } from "../errors.ts"

/** What a page can be read from. */
export const readable = ["html", "markdown", "text"] as const
export type Readable = (typeof readable)[number]

/** What pages can be written as. `json` holds every revision, the others the current text. */
export const writable = ["markdown", "html", "json"] as const
export type Writable = (typeof writable)[number]

const ENDINGS: Record<Writable, string> = { markdown: ".md", html: ".html", json: ".jsonl" }
/** File systems take 255 bytes for a name; what is longer is cut and told apart by its hash. */
const LONGEST = 200
/** Names that Windows keeps for devices, whatever their ending, and the one a web server shows for a folder. */
const KEPT = /^(?:con|prn|aux|nul|com\d|lpt\d|index)$/

/** The name of a page's file: its slug where that is safe on every system. Two slugs never share a name. */
export function fileName(slug: string, format: Writable): string {
  const safe = /^[\p{L}\p{M}\p{N}-]+$/u.test(slug) && !KEPT.test(slug) && Buffer.byteLength(slug) <= LONGEST
  return (safe ? slug : `${cut(slug)}_${shortHash(slug)}`) + ENDINGS[format]
}

/** The title that a file's name suggests: "krome_visiting-hours.html" is "krome visiting hours". */
export function titleFromFileName(name: string): string {
  return name.replace(/\.[^.]*$/, "").replace(/[-_\s]+/g, " ").trim()
}

/** The text in a file: UTF-8, or what its first bytes say; else Windows-1252, which is told. Throws `malformed`. */
export function decodeText(bytes: Buffer): { text: string; warnings: string[] } {
  const marked = markedEncoding(bytes)
  const text = decoded(bytes, marked ?? "utf-8")
  if (text !== null) return checked(text, [])
  if (marked) throw new AppError("malformed", `The file says it is ${marked.toUpperCase()} text and is not.`)
  return checked(decoded(bytes, "windows-1252")!, ["The file is not UTF-8; it was read as Windows-1252. Look at accents and quotation marks."])
}

function checked(text: string, warnings: string[]): { text: string; warnings: string[] } {
  if (text.includes("\0")) throw new AppError("malformed", "The file holds NUL characters, so it is no text.")
  return { text, warnings }
}

function markedEncoding(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le"
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be"
  return null
}

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true })
    // Node 20 reads Windows-1252 as Latin-1 on its quick way, which streams do not take; the empty end says nothing is cut off.
    return decoder.decode(bytes, { stream: true }) + decoder.decode()
  } catch {
    return null
  }
}

function cut(slug: string): string {
  let name = ""
  for (const letter of slug) {
    if (!/[\p{L}\p{M}\p{N}-]/u.test(letter)) continue
    if (Buffer.byteLength(name + letter) > LONGEST) break
    name += letter
  }
  return name
}

function shortHash(slug: string): string {
  return createHash("sha256").update(slug).digest("hex").slice(0, 12)
}
