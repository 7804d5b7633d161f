import type { Context } from "../../context.ts"
import type { Web } from "../../web/web.ts"
import { listedDrafts } from "./open.tsx"
import { DraftList } from "./views.tsx"

/** What a person was writing and has not saved, on `/account`. */
export function draftsPanel(ctx: Context): Web["accountPanels"][number] {
  return async (user) => {
    const drafts = await listedDrafts(ctx, user)
    return (
      <section id="drafts">
        <h2>Drafts</h2>
        {drafts.length === 0 ? <p>Nothing waits to be saved. What you write is kept here until you save it.</p> : <DraftList drafts={drafts} />}
      </section>
    )
  }
}
