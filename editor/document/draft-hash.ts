import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import { type DraftText, hashedText } from "./draft-text.ts"

/** What the server and the editor compare to know that they mean the same text: SHA-256 of all of it, in hex. */
export function draftHash(draft: DraftText): string {
  return bytesToHex(sha256(utf8ToBytes(hashedText(draft))))
}
