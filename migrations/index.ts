import type { Kysely } from "kysely"
import * as foundation from "./0001-foundation.ts"
import * as drafts from "./0002-drafts.ts"
import * as media from "./0003-media.ts"
import * as jobs from "./0004-jobs.ts"
import * as reading from "./0005-reading.ts"
import * as lists from "./0006-lists.ts"
import * as seals from "./0007-seals.ts"
import * as authorship from "./0008-authorship.ts"
import * as authors from "./0009-authors.ts"
import * as checks from "./0010-checks.ts"
import * as citations from "./0011-citations.ts"
import * as review from "./0012-review.ts"
import * as redactions from "./0020-redactions.ts"
import * as eventHashes from "./0021-event-hashes.ts"
import * as userBlocks from "./0022-user-blocks.ts"
import * as spamFilter from "./0023-spam-filter.ts"
import * as reports from "./0024-reports.ts"
import * as rules from "./0025-rules.ts"
import * as linkbacks from "./0030-linkbacks.ts"
import * as sourceProposals from "./0031-source-proposals.ts"
import * as erasedFiles from "./0032-erased-files.ts"
import * as commentCorrections from "./0033-comment-corrections.ts"
import * as commentSettings from "./0034-comment-settings.ts"
import * as commentQuotes from "./0035-comment-quotes.ts"
import * as commentResolutions from "./0036-comment-resolutions.ts"
import * as watches from "./0037-watches.ts"
import * as transfers from "./0038-transfers.ts"
import * as proposedUndoing from "./0039-proposed-undoing.ts"
import * as purgedUploads from "./0040-purged-uploads.ts"
import * as toldDecisions from "./0041-told-decisions.ts"
import * as draftsOfAttempts from "./0042-drafts-of-attempts.ts"

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
  { name: "0007-seals", ...seals },
  { name: "0008-authorship", ...authorship },
  { name: "0009-authors", ...authors },
  { name: "0010-checks", ...checks },
  { name: "0011-citations", ...citations },
  { name: "0012-review", ...review },
  { name: "0020-redactions", ...redactions },
  { name: "0021-event-hashes", ...eventHashes },
  { name: "0022-user-blocks", ...userBlocks },
  { name: "0023-spam-filter", ...spamFilter },
  { name: "0024-reports", ...reports },
  { name: "0025-rules", ...rules },
  { name: "0030-linkbacks", ...linkbacks },
  { name: "0031-source-proposals", ...sourceProposals },
  { name: "0032-erased-files", ...erasedFiles },
  { name: "0033-comment-corrections", ...commentCorrections },
  { name: "0034-comment-settings", ...commentSettings },
  { name: "0035-comment-quotes", ...commentQuotes },
  { name: "0036-comment-resolutions", ...commentResolutions },
  { name: "0037-watches", ...watches },
  { name: "0038-transfers", ...transfers },
  { name: "0039-proposed-undoing", ...proposedUndoing },
  { name: "0040-purged-uploads", ...purgedUploads },
  { name: "0041-told-decisions", ...toldDecisions },
  { name: "0042-drafts-of-attempts", ...draftsOfAttempts },
]
