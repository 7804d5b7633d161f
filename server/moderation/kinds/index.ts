import { commentKind } from "./comments.tsx"
import { editKind } from "./edits.tsx"
import type { ItemKind } from "./kind.ts"
import { linkbackKind } from "./linkbacks.tsx"
import { proposalKind } from "./proposals.tsx"
import { reportKind } from "./reports.tsx"
import { uploadKind } from "./uploads.tsx"

/** Everything that waits for a moderator, a kind a line. Of what happened in the same moment, kinds named earlier are shown first. */
export const kinds: readonly ItemKind[] = [
  proposalKind,
  reportKind,
  commentKind,
  linkbackKind,
  editKind,
  uploadKind,
]
