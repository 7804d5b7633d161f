import type { JSX } from "preact"
import type { Context } from "../context.ts"
import { renderFragment } from "../web/html.tsx"
import type { FactNote, FactNotes } from "../web/panels.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import { findChecks, rolesOf } from "./checks/store.ts"
import { CheckTold, Contest, Doubt, QuickCheck } from "./checks/views.tsx"
import { contested } from "./contested.ts"
import { findFacts } from "./store.ts"

/** What stands beside the facts of a page: when they were checked, what contradicts them, and the form that says so. */
export function factNotes(ctx: Context): FactNotes {
  return async (page) => {
    const rows = await findFacts(ctx.db.read, page.id)
    const contests = contested(rows)
    const notes = rows.map((row): [string, FactNote] => {
      const rivals = contests.get(row.id) ?? []
      // The first of them shows them all.
      const isFirst = rivals.length > 0 && rivals.every(({ position }) => position > row.position)
      const warning = html(row.doubtedOn !== "" && <Doubt row={row} />)
      const below = html(isFirst && <Contest page={page} row={row} rivals={rivals} />) + html(<QuickCheck page={page} row={row} />)
      return [row.id, { checkedOn: row.checkedOn, warning, below }]
    })
    return new Map(notes)
  }
}

function html(element: JSX.Element | false): string {
  return element ? renderFragment(element) : ""
}

/** On a page's timeline: who looked at which fact, by role and never by name. */
export function checksTeller(ctx: Context): TimelineTeller {
  return {
    types: ["fact.checked"],
    tell: async (events) => {
      const checks = await findChecks(ctx.db.read, events.map(({ detail }) => String(detail?.check ?? "")))
      const roles = await rolesOf(ctx.db.read, checks.flatMap(({ checkerId }) => checkerId ?? []))
      const byId = new Map(checks.map((check) => [check.id, check]))
      return new Map(
        events.flatMap(({ seq, detail }) => {
          const check = byId.get(String(detail?.check ?? ""))
          return check ? [[seq, <CheckTold check={check} role={roles.get(check.checkerId ?? "") ?? "reader"} />] as const] : []
        }),
      )
    },
  }
}
