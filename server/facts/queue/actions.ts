import { factKind, factKinds, freshness, type Freshness } from "../../../editor/document/index.ts"
import type { Context } from "../../context.ts"
import { regions } from "../../pages/model.ts"
import { cutoffs, isDue } from "../actions.ts"
import { countChecksSince } from "../checks/store.ts"
import { contested } from "../contested.ts"
import { canBeChecked, type FactRow } from "../model.ts"
import { countByCheck, findFacts, listCallablePages, listDisputedPages, listOverdue } from "../store.ts"
import { orderOf, type QueuedFact } from "./model.ts"

const DAY = 86_400_000
/** The oldest of those that are due; weighed among each other. */
const LOOKED_THROUGH = 2_000
/** Rows of the queue, and facts of one page among them. */
const SHOWN = 50
const OF_ONE_PAGE = 3
/** Pages with disputed facts that are looked at. */
const DISPUTED = 100
/** Questions in one call: nobody stays on the telephone for more. */
const QUESTIONS = 8
/** Pages that a volunteer can pass over. */
const MOST_SKIPPED = 200

/** The numbers at which somebody answers who knows the place. */
const NUMBERS = ["phone", "leave_message"]

/** How often a page was read lately. */
type Readings = (pageId: string) => number

export interface Queue {
  facts: QueuedFact[]
  contested: { slug: string; title: string; row: FactRow; rivals: FactRow[] }[]
  figures: Figures
}

export interface Figures {
  states: Record<Freshness["state"], number>
  /** By state, the part that is recent, those with the smallest first. */
  regions: { code: string; name: string; recent: number; all: number }[]
  checksThisMonth: number
}

/** What needs checking, what people need most and reads most first. `region` is two letters, or "" for places whose state is not known. */
export async function readQueue(ctx: Context, readings: Readings, region?: string): Promise<Queue> {
  const facts = await weighed(ctx, readings, region)
  const seen = new Map<string, number>()
  const few = facts.filter(({ pageId }) => {
    seen.set(pageId, (seen.get(pageId) ?? 0) + 1)
    return seen.get(pageId)! <= OF_ONE_PAGE
  })
  return { facts: few.slice(0, SHOWN), contested: region === undefined ? await readContested(ctx) : [], figures: await readFigures(ctx, region) }
}

/** The next call a volunteer can make: a page, its telephone number, and what to ask. */
export interface Call {
  page: { id: string; slug: string; title: string }
  phone: FactRow
  questions: FactRow[]
}

/** The page that needs a call most and has a number, after `skip` others; null when there is none left. */
export async function readNextCall(ctx: Context, readings: Readings, options: { region?: string; skip: number }): Promise<Call | null> {
  const facts = await weighed(ctx, readings, options.region)
  const callable = await listCallablePages(ctx.db.read, NUMBERS)
  const pages = [...new Map(facts.map(({ pageId, slug, title }) => [pageId, { id: pageId, slug, title }])).values()].filter(({ id }) => callable.has(id))
  const page = pages[Math.min(options.skip, MOST_SKIPPED)]
  const rows = page ? await findFacts(ctx.db.read, page.id) : []
  const phone = rows.find(isCallable)
  if (!page || !phone) return null
  const due = rows.filter((row) => canBeChecked(row) && row.state === "known" && factKind(row.key)?.need && isDue(row, ctx.clock()))
  const others = due.filter(({ id }) => id !== phone.id).sort(orderOf(ctx.clock(), () => 0))
  // Whether it is the right number is known as soon as somebody answers.
  const questions = [...due.filter(({ id }) => id === phone.id), ...others].slice(0, QUESTIONS)
  return { page, phone, questions }
}

async function weighed(ctx: Context, readings: Readings, region?: string): Promise<QueuedFact[]> {
  const now = ctx.clock()
  const rows = await listOverdue(ctx.db.read, { cutoffs: cutoffs(now), region, limit: LOOKED_THROUGH })
  const counts = new Map([...new Set(rows.map(({ pageId }) => pageId))].map((id) => [id, readings(id)]))
  return rows.filter((row) => isDue(row, now)).sort(orderOf(now, ({ pageId }) => counts.get(pageId)!))
}

async function readContested(ctx: Context): Promise<Queue["contested"]> {
  const pages = await listDisputedPages(ctx.db.read, DISPUTED)
  const found: Queue["contested"] = []
  for (const { id, slug, title } of pages) {
    const rows = await findFacts(ctx.db.read, id)
    for (const [factId, rivals] of contested(rows)) {
      const row = rows.find((one) => one.id === factId)!
      if (rivals.every(({ position }) => position > row.position)) found.push({ slug, title, row, rivals })
    }
  }
  return found
}

async function readFigures(ctx: Context, region?: string): Promise<Figures> {
  const now = ctx.clock()
  const today = now.toISOString().slice(0, 10)
  const states: Figures["states"] = { recent: 0, due: 0, old: 0, never: 0 }
  const byRegion = new Map<string, { recent: number; all: number }>()
  for (const { key, checkedOn, count, region: code } of await countByCheck(ctx.db.read, checkedKinds())) {
    const { state } = freshness({ key, checked: checkedOn }, today)
    const place = byRegion.get(code ?? "") ?? { recent: 0, all: 0 }
    byRegion.set(code ?? "", { recent: place.recent + (state === "recent" ? count : 0), all: place.all + count })
    if (region === undefined || region === (code ?? "")) states[state] += count
  }
  const places = [...byRegion].map(([code, counts]) => ({ code, name: regions[code] ?? "State not known", ...counts }))
  const checksThisMonth = await countChecksSince(ctx.db.read, new Date(now.getTime() - 30 * DAY).toISOString())
  return { states, regions: places.sort((one, other) => one.recent / one.all - other.recent / other.all || other.all - one.all), checksThisMonth }
}

function checkedKinds(): string[] {
  return factKinds.filter(({ need, days }) => need !== null && days > 0).map(({ key }) => key)
}

// Short codes work from inside only.
function isCallable({ type, key, state, rank, value }: FactRow): boolean {
  return type === "phone" && NUMBERS.includes(key) && state === "known" && rank !== "deprecated" && value.startsWith("+")
}
