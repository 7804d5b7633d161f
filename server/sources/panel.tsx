import type { Context } from "../context.ts"
import { findLivePage } from "../pages/actions.ts"
import type { PagePanel } from "../web/panels.ts"
import { readCitedBy } from "./actions.ts"
import { CitedBy } from "./views.tsx"

/** Under the page of a source: the pages and facts that rest on it. */
export function citedByPanel(ctx: Context): PagePanel {
  return {
    name: "cited-by",
    load: async (page) => {
      const found = await findLivePage(ctx.db.read, page.id)
      return found?.kind === "source" ? CitedBy({ uses: await readCitedBy(ctx.db.read, page) }) : null
    },
  }
}
