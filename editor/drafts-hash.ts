import { bytesToHex } from "@noble/hashes/utils.js"
import { type DraftText, draftHash, hashedText } from "./document/draft-hash.ts"

/**
 * `draftHash` by the browser itself, beside the page: of a long page it takes a phone longer than a letter may. Browsers do that on secure
 * pages alone. A page that is being left waits for nothing.
 */
export async function hashOfDraft(draft: DraftText): Promise<string> {
  const { subtle } = crypto as { subtle?: SubtleCrypto }
  if (!subtle || document.visibilityState !== "visible") return draftHash(draft)
  const bytes = new TextEncoder().encode(hashedText(draft))
  return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", bytes)))
}
