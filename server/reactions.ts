import type { Reactions } from "./context.ts"
import { recordFacts } from "./facts/actions.ts"
import { reviewRestored } from "./moderation/actions.ts"
import { forgetInSearch, markForSearch } from "./search/actions.ts"

/** Read this to know what each act leads to. Every handler runs inside the transaction of the act. */
export const reactions: Reactions = {
  "page.created": [recordFacts, markForSearch],
  "page.saved": [recordFacts, markForSearch],
  "page.restored": [recordFacts, markForSearch, reviewRestored],
  "page.renamed": [],
  "page.deleted": [recordFacts, forgetInSearch],
  "page.undeleted": [recordFacts, markForSearch],
  "revision.reviewed": [],
  "comment.posted": [],
  "comment.held": [],
  "comment.published": [],
  "comment.refused": [],
  "linkback.received": [],
  "linkback.published": [],
  "linkback.refused": [],
  "user.registered": [],
  "user.role-changed": [],
}
