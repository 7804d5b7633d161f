import { everyDay } from "./jobs/daily.ts"
import type { Work } from "./jobs/runner.ts"
import { announceJob } from "./linkbacks/sending/announce.ts"
import { sendJob } from "./linkbacks/sending/send-job.ts"
import { verifyJob } from "./linkbacks/verify-job.ts"
import { ERASE, eraseFile } from "./media/actions.ts"
import { EXPIRY } from "./moderation/protection/actions.ts"
import { endProtections } from "./moderation/protection/expiry.ts"
import { cleanFiles } from "./moderation/redaction/clean-files.ts"
import { pruneTexts } from "./pages/prune.ts"
import { DIGESTS, sendDigests } from "./notifications/mail/digests.ts"
import { SEND } from "./notifications/mail/queue.ts"
import { sendMailJob } from "./notifications/mail/send-job.ts"
import { TELL, tellJob } from "./notifications/telling.ts"
import { CHECK_LINK, CHECK_LINKS, PROPOSE } from "./sources/actions.ts"
import { checkLinkJob, checkLinks } from "./sources/check-links-job.ts"
import { proposeJob } from "./sources/propose-job.ts"

/** Read this to know what is done after a response: every kind of job, and how. */
export const work: Work = {
  [EXPIRY]: endProtections,
  "linkback.verify": verifyJob,
  "linkback.announce": announceJob,
  "linkback.send": sendJob,
  "clean-files": cleanFiles,
  [ERASE]: eraseFile,
  [PROPOSE]: proposeJob,
  [CHECK_LINK]: checkLinkJob,
  [CHECK_LINKS]: everyDay(CHECK_LINKS, checkLinks),
  [TELL]: tellJob,
  [SEND]: sendMailJob,
  [DIGESTS]: everyDay(DIGESTS, sendDigests),
  "prune-texts": everyDay("prune-texts", pruneTexts),
}

/** What is done every day, from the start on: all cleaning away of what only time makes useless. */
export const daily = ["prune-texts", DIGESTS, CHECK_LINKS]
