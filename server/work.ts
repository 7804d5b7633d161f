import type { Work } from "./jobs/runner.ts"
import { EXPIRY } from "./moderation/protection/actions.ts"
import { endProtections } from "./moderation/protection/expiry.ts"
import { cleanFiles } from "./moderation/redaction/clean-files.ts"

/** Read this to know what is done after a response: every kind of job, and how. */
export const work: Work = {
  [EXPIRY]: endProtections,
  "clean-files": cleanFiles,
}
