import type { Kysely } from "kysely"
import * as foundation from "./0001-foundation.ts"
import * as drafts from "./0002-drafts.ts"
import * as media from "./0003-media.ts"
import * as jobs from "./0004-jobs.ts"
import * as reading from "./0005-reading.ts"
import * as lists from "./0006-lists.ts"

/** One step forward. `up` runs in a transaction and uses only what both engines understand. */
export interface Migration {
  name: string
  up(db: Kysely<unknown>): Promise<void>
}

/** The one stream, in order. A number, once released, never changes. */
export const migrations: Migration[] = [
  { name: "0001-foundation", ...foundation },
  { name: "0002-drafts", ...drafts },
  { name: "0003-media", ...media },
  { name: "0004-jobs", ...jobs },
  { name: "0005-reading", ...reading },
  { name: "0006-lists", ...lists },
]
