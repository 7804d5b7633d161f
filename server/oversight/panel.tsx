import type { Context } from "../context.ts"
import type { PagePanel } from "../web/panels.ts"
import { readOversightOf } from "./actions.ts"
import { RecordEntry } from "./record-views.tsx"

/** Records that concern a facility, or stand on this page, as a bar, a chain of dates and a table. */
export function oversightPanel(ctx: Context): PagePanel {
  return {
    name: "oversight",
    async load(page) {
      const records = await readOversightOf(ctx, page.id)
      if (records.length === 0) return null
      return (
        <section class="panel oversight" aria-labelledby="oversight-records">
          <h2 id="oversight-records">Recommendations and answers</h2>
          {records.map((record) => (
            <RecordEntry record={record} level="h3" />
          ))}
          <p>
            <a href="/oversight">All records of oversight</a>
          </p>
        </section>
      )
    },
  }
}
