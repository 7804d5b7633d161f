import { deflateRawSync, inflateRawSync } from "node:zlib"

// What is no JSON is packed: a mark, the key of the block it is packed against in base 36, and how it differs from that one.
/** How many characters it begins and ends with in common, in base 36, and what stands between them. */
const CUT = "="
/** Its bytes compressed with the other's as their dictionary, in base 64. */
const DEFLATED = "~"
const AFTER_KEY = ":"
/** Packed to more than this part of its length, a block has become another one: it is kept as it is, for later ones to be packed against. */
const WORTHWHILE = 0.4

/** A block that others are packed against; itself it must not be packed. */
export interface Frame {
  key: number
  body: string
}

/** A body as what distinguishes it from the frame's: an edit in one place takes a few dozen bytes. Null when that saves too little. */
export function cut(body: string, { key, body: frame }: Frame): string | null {
  const most = Math.min(body.length, frame.length)
  let start = 0
  while (start < most && body[start] === frame[start]) start++
  let end = 0
  while (end < most - start && body.at(-1 - end) === frame.at(-1 - end)) end++
  // Half a character would not survive being stored.
  if (isHigh(body.charCodeAt(start - 1))) start--
  if (isLow(body.charCodeAt(body.length - end))) end--
  const sizes = `${start.toString(36)}.${end.toString(36)}`
  return worthwhile(CUT + key.toString(36) + AFTER_KEY + sizes + AFTER_KEY + body.slice(start, body.length - end), body)
}

/** The same for edits in several places, which takes longer to read. */
export function deflated(body: string, { key, body: frame }: Frame): string | null {
  const bytes = deflateRawSync(body, { dictionary: Buffer.from(frame), level: 9 })
  return worthwhile(DEFLATED + key.toString(36) + AFTER_KEY + bytes.toString("base64url"), body)
}

/** The key of the block that a stored body is packed against; null for one that is not packed. */
export function frameOf(stored: string): number | null {
  const isPacked = stored.startsWith(CUT) || stored.startsWith(DEFLATED)
  return isPacked ? Number.parseInt(stored.slice(1, stored.indexOf(AFTER_KEY)), 36) : null
}

/** The body again, given that of the block it is packed against. Throws when it is damaged. */
export function unpacked(stored: string, frame: string): string {
  const rest = stored.slice(stored.indexOf(AFTER_KEY) + 1)
  if (stored.startsWith(DEFLATED)) return inflateRawSync(Buffer.from(rest, "base64url"), { dictionary: Buffer.from(frame) }).toString()
  const at = rest.indexOf(AFTER_KEY)
  const [start = 0, end = 0] = rest.slice(0, at).split(".").map((size) => Number.parseInt(size, 36))
  return frame.slice(0, start) + rest.slice(at + 1) + frame.slice(frame.length - end)
}

/** What the stored bodies of all blocks packed against this one begin with. */
export function packedAgainst(key: number): string[] {
  return [CUT, DEFLATED].map((mark) => mark + key.toString(36) + AFTER_KEY)
}

function worthwhile(packed: string, body: string): string | null {
  return packed.length <= body.length * WORTHWHILE ? packed : null
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000
}
