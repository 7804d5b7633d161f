import type { Context } from "../context.ts"
import { assetUrl } from "../web/assets.ts"
import { sealForm } from "../web/form-proof.ts"
import type { PagePanel } from "../web/panels.ts"
import { readThreads } from "./actions.ts"
import { Comments } from "./views.tsx"

/** The comments that stand under every page. */
export function commentsPanel(ctx: Context): PagePanel {
  return {
    name: "comments",
    load: async (page) => Comments({ page, seal: sealForm(ctx.keyed, ctx.clock()), ...(await readThreads(ctx, page)) }),
    head: () => <script type="module" src={assetUrl("comment-proof.js")} />,
  }
}
