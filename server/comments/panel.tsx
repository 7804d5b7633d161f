import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import { readThreads } from "./actions.ts"
import { Comments } from "./views.tsx"

/** The comments that stand under every page. */
export function commentsPanel(ctx: Context): PagePanel {
  return {
    name: "comments",
    load: async (page) => Comments({ page, ...(await readThreads(ctx, page)) }),
  }
}
