import type { ValueReading } from "./document/reading.ts"
import type { FactType } from "./document/schema.ts"

// The grammar of values brings the tables of the world's telephone numbers, which are as large as a quarter of the rest:
// it is fetched when the first fact is shown, and the page can be written meanwhile.

type ReadValue = (type: FactType, raw: string) => ValueReading

let reader: ReadValue | null = null
let loading: Promise<void> | null = null

/** Reads what was typed as `document/values.ts` does. Until that has come, and where it cannot come, everything passes. */
export function readTyped(type: FactType, raw: string): ValueReading {
  return reader ? reader(type, raw) : { ok: true, value: raw }
}

/** Whether `readTyped` can tell. */
export function canRead(): boolean {
  return reader !== null
}

/** Fetches the grammar. Never rejects: without it the server still checks what it is sent. */
export function loadReader(): Promise<void> {
  loading ??= import("./document/values.ts").then(
    ({ readValue }) => {
      reader = readValue
    },
    () => {
      // The network may be back the next time.
      loading = null
    },
  )
  return loading
}
