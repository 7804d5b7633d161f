import { commentKind } from "./comments.tsx"
import { editKind } from "./edits.tsx"
import type { ItemKind } from "./kind.ts"
import { linkbackKind } from "./linkbacks.tsx"
import { proposalKind } from "./proposals.tsx"
import { uploadKind } from "./uploads.tsx"

/** Everything that waits for a moderator, a kind a line. Of what happened in the same moment, kinds named earlier are shown first. */
export const kinds: readonly ItemKind[] = [
  proposalKind,
  commentKind,
  linkbackKind,
  editKind,
  uploadKind,
]
