import type { Context } from "../context.ts"
import { findLivePage } from "../pages/actions.ts"
import type { PagePanel } from "../web/panels.ts"
import { readCitedBy, readKeptFiles } from "./actions.ts"
import { CitedBy, KeptFiles } from "./views.tsx"

/** Under the page of a source: its files with their hashes, and the pages and facts that rest on it. */
export function citedByPanel(ctx: Context): PagePanel {
  return {
    name: "cited-by",
    load: async (page) => {
      const found = await findLivePage(ctx.db.read, page.id)
      if (found?.kind !== "source") return null
      const kept = await readKeptFiles(ctx, page.id)
      return (
        <>
          {kept.files.length > 0 && <KeptFiles {...kept} />}
          <CitedBy uses={await readCitedBy(ctx.db.read, page)} />
        </>
      )
    },
  }
}
