import type { Reactions } from "./context.ts"
import { recordFacts } from "./facts/actions.ts"
import { recordUses } from "./media/actions.ts"
import { blameSender } from "./moderation/blocks/abuse.ts"
import { reviewRestored } from "./moderation/actions.ts"
import { forgetInSearch, markForSearch } from "./search/actions.ts"

/** Read this to know what each act leads to. Every handler runs inside the transaction of the act. */
export const reactions: Reactions = {
  "page.created": [recordFacts, recordUses, markForSearch],
  "page.saved": [recordFacts, recordUses, markForSearch],
  "page.restored": [recordFacts, recordUses, markForSearch, reviewRestored],
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
  "media.uploaded": [],
  "media.described": [],
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
