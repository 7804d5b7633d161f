import type { JSX } from "preact"
import { langOf } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { findLivePage } from "../pages/actions.ts"
import { readDeadAmong } from "../sources/actions.ts"
import { wiki } from "../pages/model.ts"
import { LinkedData, renderFragment } from "../web/html.tsx"
import type { FactNote, FactNotes, PagePanel } from "../web/panels.ts"
import type { TimelineTeller } from "../web/timeline.ts"
import { findChecks, rolesOf } from "./checks/store.ts"
import { CheckTold, Contest, DeadSource, Doubt, QuickCheck } from "./checks/views.tsx"
import { contested } from "./contested.ts"
import { linkedData } from "./linked-data.ts"
import type { FactRow } from "./model.ts"
import { findFacts } from "./store.ts"
import { zoneOf } from "./time-zone.ts"

/** What stands beside the facts of a page: when they were checked, what contradicts them, and the form that says so. */
export function factNotes(ctx: Context): FactNotes {
  return async (page, language) => {
    const rows = await findFacts(ctx.db.read, page.id)
    const contests = contested(rows)
    const zone = rows.some(opens) ? zoneOf(rows, (await findLivePage(ctx.db.read, page.id))?.region ?? null) : null
    const dead = await readDeadAmong(ctx.db.read, rows.flatMap(({ sources }) => sources.map(({ source }) => source)))
    const notes = rows.map((row): [string, FactNote] => {
      const rivals = contests.get(row.id) ?? []
      // The first of them shows them all.
      const isFirst = rivals.length > 0 && rivals.every(({ position }) => position > row.position)
      const warning = html(row.doubtedOn !== "" && <Doubt row={row} language={language} />)
      const clock = html(zone !== null && opens(row) && <p class="open-now" {...langOf(language)} data-hours={row.value} data-zone={zone} hidden />)
      const lost = html(row.sources.some(({ source }) => dead.has(source)) && <DeadSource language={language} />)
      const below = clock + lost + html(isFirst && <Contest page={page} row={row} rivals={rivals} language={language} />) + html(<QuickCheck page={page} row={row} language={language} />)
      return [row.id, { checkedOn: row.checkedOn, warning, below }]
    })
    return new Map(notes)
  }
}

function html(element: JSX.Element | false): string {
  return element ? renderFragment(element) : ""
}

/** Under a page: its facts for programs. */
export function factsPanel(ctx: Context): PagePanel {
  return {
    name: "facts",
    load: async (page) => {
      const found = await findLivePage(ctx.db.read, page.id)
      const rows = await findFacts(ctx.db.read, page.id)
      const data = found && linkedData(found, ctx.config.baseUrl + wiki(page), rows)
      return data ? <LinkedData data={data} /> : null
    },
  }
}

function opens({ type, state, rank }: FactRow): boolean {
  return type === "hours" && state === "known" && rank !== "deprecated"
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
