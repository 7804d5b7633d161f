import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"

/** One version of a draft, as the editor holds and sends it. */
export interface DraftText {
  title: string
  /** The kind of a page that is being started; empty for a page that is there. */
  kind: string
  summary: string
  format: "document" | "markdown"
  /** The document's JSON, or Markdown. */
  body: string
}

/** What the server and the editor compare to know that they mean the same text: SHA-256 of all of it, in hex. */
export function draftHash(draft: DraftText): string {
  return bytesToHex(sha256(utf8ToBytes(hashedText(draft))))
}

/** The text of which `draftHash` is the hash in UTF-8, for those who have a faster way to it. */
export function hashedText({ title, kind, summary, format, body }: DraftText): string {
  return JSON.stringify([title, kind, summary, format, body])
}
