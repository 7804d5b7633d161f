import { deflateRawSync, inflateRawSync } from "node:zlib"

/** Begins what is no JSON: the key of the block it is packed against, in base 36, then its bytes in base 64. */
const MARK = "~"
const AFTER_KEY = ":"
/** Packed to more than this part of its length, a block has become another one: it is kept as it is, for later ones to be packed against. */
const WORTHWHILE = 0.4

/**
 * A block's body as what distinguishes it from another one, which must be kept unpacked; null when that saves too little. An earlier
 * state of the same block makes it a few dozen bytes.
 */
export function packed(body: string, frame: { key: number; body: string }): string | null {
  const bytes = deflateRawSync(body, { dictionary: Buffer.from(frame.body), level: 9 })
  const text = MARK + frame.key.toString(36) + AFTER_KEY + bytes.toString("base64url")
  return text.length <= Buffer.byteLength(body) * WORTHWHILE ? text : null
}

/** The key of the block that a stored body is packed against; null for one that is not packed. */
export function frameOf(stored: string): number | null {
  return stored.startsWith(MARK) ? Number.parseInt(stored.slice(MARK.length, stored.indexOf(AFTER_KEY)), 36) : null
}

/** The body again, given that of the block it is packed against. */
export function unpacked(stored: string, frame: string): string {
  const bytes = Buffer.from(stored.slice(stored.indexOf(AFTER_KEY) + 1), "base64url")
  return inflateRawSync(bytes, { dictionary: Buffer.from(frame) }).toString()
}

/** What the stored bodies of all blocks packed against this one begin with. */
export function packedAgainst(key: number): string {
  return MARK + key.toString(36) + AFTER_KEY
}
