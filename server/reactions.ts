import type { Reactions } from "./context.ts"
import { recordFacts } from "./facts/actions.ts"
import { recordUses } from "./media/actions.ts"
import { blameSender } from "./moderation/blocks/abuse.ts"
import { awaitReview, passUpload, reviewRestored } from "./moderation/reviewing.ts"
import { forgetInSearch, markForSearch } from "./search/actions.ts"

/** Read this to know what each act leads to. Every handler runs inside the transaction of the act. */
export const reactions: Reactions = {
  "page.created": [recordFacts, recordUses, markForSearch, awaitReview],
  "page.saved": [recordFacts, recordUses, markForSearch, awaitReview],
  "page.restored": [recordFacts, recordUses, markForSearch, awaitReview, reviewRestored],
  "page.renamed": [],
  "page.deleted": [recordFacts, recordUses, forgetInSearch],
  "page.undeleted": [recordFacts, recordUses, markForSearch],
  "page.protected": [],
  "site.protected": [],
  "revision.reviewed": [],
  "proposal.made": [],
  "proposal.changed": [],
  "proposal.withdrawn": [],
  "proposal.accepted": [],
  "proposal.refused": [],
  "media.reviewed": [],
  "media.refused": [],
  "decision.undone": [],
  "user.trust-changed": [],
  "media.uploaded": [passUpload],
  "media.described": [passUpload],
  "fact.checked": [],
  "comment.posted": [],
  "comment.held": [],
  "comment.published": [blameSender],
  "comment.refused": [blameSender],
  "linkback.received": [],
  "linkback.published": [],
  "linkback.refused": [],
  "population.counted": [],
  "user.registered": [],
  "user.role-changed": [],
  "page.redacted": [recordFacts, recordUses, markForSearch],
  "redaction.lifted": [recordFacts, recordUses, markForSearch],
  "redaction.purge-asked": [],
  "redaction.purged": [recordFacts, recordUses, markForSearch],
  "user.blocked": [],
  "user.unblocked": [],
  "block.appealed": [],
}
