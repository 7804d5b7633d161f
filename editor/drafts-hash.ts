import { type DraftText, hashedText } from "./document/draft-text.ts"

const { subtle } = crypto as { subtle?: SubtleCrypto }
const load = () => import("./document/draft-hash.ts")
// Fetched with the editor: without the network it would be too late.
if (!subtle) void load().catch(() => {})

/**
 * `draftHash` by the browser itself, beside the page: of a long page it takes a phone longer than a letter may. Browsers do that on secure
 * pages alone; on others the means to it are fetched. Rejects where that cannot be done.
 */
export async function hashOfDraft(draft: DraftText): Promise<string> {
  if (!subtle) return (await load()).draftHash(draft)
  const bytes = new Uint8Array(await subtle.digest("SHA-256", new TextEncoder().encode(hashedText(draft))))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
