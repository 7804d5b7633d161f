import type { Reactions } from "./context.ts"

/** Read this to know what each act leads to. Every handler runs inside the transaction of the act. */
export const reactions: Reactions = {
  "page.created": [],
  "page.saved": [],
  "page.restored": [],
  "page.renamed": [],
  "page.deleted": [],
  "page.undeleted": [],
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
