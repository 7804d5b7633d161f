import type { Reactions } from "./context.ts"
import { dropPurgedQuotes } from "./comments/quotes/actions.ts"
import { tellNeighbours } from "./directory/place-actions.ts"
import { recordFacts } from "./facts/actions.ts"
import { announceLater } from "./linkbacks/sending/announce.ts"
import { recordUses } from "./media/actions.ts"
import { tellFacilities } from "./oversight/actions.ts"
import { blameSender } from "./moderation/blocks/abuse.ts"
import { awaitReview, passUpload, reviewRestored } from "./moderation/reviewing.ts"
import { cleanFilesLater } from "./moderation/redaction/clean-files.ts"
import { reportWrongFact } from "./moderation/reports/actions.ts"
import { creditAsShown, settleComment } from "./moderation/resolutions/actions.ts"
import { tagByRules } from "./moderation/rules/actions.ts"
import { forgetLesson, learn } from "./moderation/spam/actions.ts"
import { askGuestToConfirm, askToConfirm, forgetWish } from "./notifications/mail/actions.ts"
import { tellAuthor, tellBlocked, tellOfComment, tellOfRevision } from "./notifications/telling.ts"
import { recordAuthorship } from "./pages/authorship/actions.ts"
import { forgetInSearch, forgetPastInSearch, markForSearch } from "./search/actions.ts"
import { recordCitations } from "./sources/actions.ts"

/** Read this to know what each act leads to. Every handler runs inside the transaction of the act. */
export const reactions: Reactions = {
  "page.created": [tagByRules, recordAuthorship, tellFacilities, recordCitations, recordFacts, recordUses, markForSearch, awaitReview, announceLater, tellOfRevision],
  "page.saved": [tagByRules, recordAuthorship, tellFacilities, recordCitations, recordFacts, recordUses, markForSearch, awaitReview, announceLater, tellOfRevision],
  "page.restored": [tagByRules, recordAuthorship, tellFacilities, recordCitations, recordFacts, recordUses, markForSearch, awaitReview, reviewRestored, announceLater, tellOfRevision],
  "page.renamed": [tellNeighbours, announceLater],
  "page.deleted": [tellFacilities, tellNeighbours, recordCitations, recordFacts, recordUses, forgetInSearch, announceLater],
  "page.undeleted": [tellFacilities, recordCitations, recordFacts, tellNeighbours, recordUses, markForSearch, announceLater],
  "page.protected": [],
  "site.protected": [],
  "revision.reviewed": [],
  "proposal.made": [],
  "proposal.changed": [],
  "proposal.withdrawn": [],
  "proposal.accepted": [settleComment, tellAuthor],
  "proposal.refused": [blameSender, tellAuthor],
  "media.reviewed": [],
  "media.refused": [],
  "media.removed": [],
  "media.purged": [cleanFilesLater],
  "decision.undone": [settleComment, tellAuthor],
  "user.trust-changed": [],
  "media.uploaded": [passUpload],
  "media.described": [passUpload],
  "source.cited": [],
  "fact.checked": [reportWrongFact],
  "comment.posted": [markForSearch, askGuestToConfirm, tellOfComment],
  "comment.held": [],
  "comment.published": [markForSearch, askGuestToConfirm, tellOfComment, blameSender, learn],
  "comment.refused": [markForSearch, forgetWish, blameSender, learn],
  "comment.corrected": [markForSearch, forgetLesson],
  "comment.withdrawn": [markForSearch, forgetLesson, forgetWish, creditAsShown],
  "comment.resolved": [],
  "comment.author-approved": [],
  "comments.switched": [],
  "linkback.received": [],
  "linkback.published": [],
  "linkback.refused": [],
  "linkback.changed": [],
  "linkback.hidden": [],
  "linkback.trust-changed": [],
  "linkback.switched": [],
  "population.counted": [],
  "neighbour.changed": [],
  "oversight.recorded": [],
  "edits.reverted": [],
  "user.registered": [askToConfirm],
  "user.role-changed": [],
  "page.redacted": [tellFacilities, recordCitations, recordFacts, recordUses, forgetPastInSearch, markForSearch, creditAsShown],
  "redaction.lifted": [tellFacilities, recordCitations, recordFacts, recordUses, forgetPastInSearch, markForSearch, creditAsShown],
  "redaction.purge-asked": [],
  "redaction.purged": [dropPurgedQuotes, tellFacilities, recordCitations, recordFacts, recordUses, forgetPastInSearch, markForSearch, creditAsShown],
  "item.looked-at": [],
  "rule.switched": [],
  "report.made": [],
  "report.decided": [blameSender],
  "user.blocked": [tellBlocked],
  "user.unblocked": [tellBlocked],
  "block.appealed": [],
  "block.answered": [tellBlocked],
}
