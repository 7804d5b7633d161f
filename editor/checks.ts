import type { Node } from "prosemirror-model"
import type { ValueReading } from "./document/reading.ts"
import type { FactType } from "./document/schema.ts"
import type * as Checks from "./document-check.ts"

let checks: typeof Checks | null = null
let loading: Promise<void> | null = null

/** Whether the checks are there. Until they are, and where they cannot be fetched, everything passes: the server checks too. */
export function canCheck(): boolean {
  return checks !== null
}

/** Fetches the checks. Never rejects. */
export function loadChecks(): Promise<void> {
  loading ??= import("./document-check.ts").then(
    (loaded) => {
      checks = loaded
    },
    () => {
      // The network may be back the next time.
      loading = null
    },
  )
  return loading
}

/** Reads a typed value as `document/values.ts` does. */
export function readTyped(type: FactType, raw: string): ValueReading {
  return checks ? checks.readValue(type, raw) : { ok: true, value: raw }
}

/** Why a document cannot be kept, and in which of its blocks; null when it can. */
export function refusal(doc: Node): { reason: string; block: Node | null } | null {
  try {
    checks?.parsePage(doc.toJSON())
    return null
  } catch (error) {
    if (!checks || !(error instanceof checks.InvalidDocument)) throw error
    const [, index] = /^content\[(\d+)\]/.exec(error.path) ?? []
    return { reason: error.reason, block: index === undefined ? null : doc.child(Number(index)) }
  }
}
